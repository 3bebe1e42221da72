//! What a terminal gets besides text: colour as the environment asks for it, links to files, a pager, and a run that goes on
//! with `--watch`; and what shells get from their completions.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::gate_kit::ORG;
use crate::needs;
use crate::run;

/// Runs `debt` in a folder on a terminal of 80 columns and so many rows, with nothing else in its environment.
#[cfg(target_os = "linux")]
pub(crate) fn on_a_terminal(folder: &Path, rows: u32, surroundings: &str, arguments: &str) -> Option<String> {
    let script = needs::SCRIPT.there()?;
    let command = format!(
        "stty rows {rows} cols 80; exec env -i PATH=\"$PATH\" DEBT_TODAY={} LANG=C.UTF-8 {surroundings} {} {arguments}",
        run::TODAY,
        run::program().display()
    );
    let run = run::bare(script).within(folder).args(["-q", "-c", &command, "/dev/null"]);
    Some(run.limit(Duration::from_secs(120)).end().out)
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("portfolio.yaml"), ORG).expect("written");
    folder
}

#[test]
fn colour_is_forced_and_forbidden() {
    let colour = |environment: &[(&str, &str)], more: &[&str]| {
        let run = run::debt().args(["score", "examples/minimal.yaml"]).args(more);
        run.envs(environment.iter().copied()).end().ok().contains('\u{1b}')
    };
    for (environment, is_coloured) in [
        (&[][..], false),
        (&[("FORCE_COLOR", "1")], true),
        (&[("FORCE_COLOR", "true")], true),
        (&[("FORCE_COLOR", "")], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("FORCE_COLOR", "0"), ("CLICOLOR_FORCE", "1")], false),
        (&[("FORCE_COLOR", "false"), ("CLICOLOR_FORCE", "1")], false),
        (&[("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
        (&[("NO_COLOR", ""), ("FORCE_COLOR", "1")], true),
    ] {
        assert_eq!(colour(environment, &[]), is_coloured, "{environment:?}");
        assert!(colour(environment, &["--color", "always"]), "{environment:?}");
        assert!(!colour(environment, &["--color", "never"]), "{environment:?}");
    }
}

const LINK: &str = "\u{1b}]8;;file:///";

#[test]
#[cfg(target_os = "linux")]
fn links_only_where_a_terminal_is_known_to_have_them() {
    let folder = folder();
    let explain = "explain D101:meeting:bo-ana portfolio.yaml";
    let on = |surroundings: &str, arguments: &str| on_a_terminal(folder.path(), 200, surroundings, arguments);
    let Some(kitty) = on("TERM=xterm-kitty", explain) else { return };
    let real = folder.path().canonicalize().expect("it is there");
    let real = real.display().to_string();
    assert!(
        kitty.contains(&format!("{LINK}{}/portfolio.yaml#15\u{1b}\\portfolio.yaml, line 15", &real[1..])),
        "{kitty:?}"
    );
    for without in [
        "TERM=xterm-256color",
        "TERM=xterm-kitty SSH_CONNECTION=here",
        "TERM=xterm-kitty TMUX=1",
        "TERM=dumb VTE_VERSION=7000",
        "TERM=xterm-kitty CI=true",
    ] {
        let text = on(without, explain).expect("it was there");
        assert!(!text.contains("\u{1b}]8"), "{without}: {text:?}");
    }
    for with in ["TERM=xterm VTE_VERSION=7000", "TERM=xterm TERM_PROGRAM=vscode", "TERM=xterm WT_SESSION=1"] {
        assert!(on(with, explain).expect("it was there").contains(LINK), "{with}");
    }
    let never = on("TERM=xterm-kitty", &format!("--hyperlinks never {explain}")).expect("it was there");
    assert!(!never.contains(LINK), "{never:?}");
    let key = "TERM=xterm-kitty DEBT_PSEUDONYM_KEY=0123456789abcdef";
    for hidden in
        ["--privacy roles", "--privacy aggregate --min-group 2", "--privacy pseudonyms --no-locations"]
    {
        let text = on(key, &format!("score {hidden}")).expect("it was there");
        assert!(text.contains("Decision Debt") && !text.contains(LINK), "{hidden}: {text:?}");
    }
    fs::write(folder.path().join("wrong.yaml"), "people: [{id: a, x: 1}]\n").expect("written");
    let error = on("TERM=xterm-kitty", "score wrong.yaml").expect("it was there");
    assert!(error.contains("/wrong.yaml#1\u{1b}\\wrong.yaml:1:18\u{1b}]8;;"), "{error:?}");
}

#[test]
fn links_elsewhere_only_when_asked_for() {
    let folder = folder();
    let run = |arguments: &[&str]| run::debt().within(folder.path()).args(arguments).end().ok();
    let explain = ["explain", "D101:meeting:bo-ana", "portfolio.yaml"];
    assert!(!run(&explain).contains('\u{1b}'));
    assert!(run(&[&explain[..], &["--hyperlinks", "always"]].concat()).contains(LINK));
    let json = run(&["score", "--format", "json", "--hyperlinks", "always"]);
    assert!(!json.contains('\u{1b}'), "what programs read has no links");
}

#[test]
#[cfg(target_os = "linux")]
fn a_pager_where_output_is_longer_than_the_screen() {
    let folder = folder();
    let paged = |rows: u32, surroundings: &str, more: &str| {
        on_a_terminal(folder.path(), rows, &format!("TERM=xterm {surroundings}"), &format!("score {more}"))
            .map(|text| text.contains("PAGED"))
    };
    let Some(long) = paged(10, "PAGER='sed s/^/PAGED/'", "") else { return };
    assert!(long);
    for (rows, surroundings, more, is_paged) in [
        (200, "PAGER='sed s/^/PAGED/'", "", false),
        (10, "PAGER='sed s/^/PAGED/'", "--no-pager", false),
        (10, "PAGER='sed s/^/PAGED/' DEBT_PAGER=cat", "", false),
        (10, "PAGER=cat DEBT_PAGER='sed s/^/PAGED/'", "", true),
        (10, "DEBT_PAGER='sed s/^/PAGED/ | cat'", "", true),
        (10, "DEBT_PAGER=", "", false),
        (10, "TERM=dumb DEBT_PAGER='sed s/^/PAGED/'", "", false),
    ] {
        assert_eq!(paged(rows, surroundings, more), Some(is_paged), "{rows} {surroundings} {more}");
    }
    // Without the program the text is shown all the same, and who has seen enough may leave.
    let surroundings = ["DEBT_PAGER=/nowhere/pager", "DEBT_PAGER='nowhere | cat'", "DEBT_PAGER=true"];
    let shown = surroundings.map(|one| {
        on_a_terminal(folder.path(), 10, &format!("TERM=xterm {one}"), "score").expect("it was there")
    });
    assert!(shown[0].contains("What makes it up") || shown[0].contains("Decision Debt"), "{shown:?}");
    assert!(!shown[2].contains("error"), "{shown:?}");
    // Into a pipe nothing is paged.
    let piped = run::debt().within(folder.path()).arg("score").env("PAGER", "sed s/^/PAGED/").end().ok();
    assert!(!piped.contains("PAGED"));
}

/// Changes files beside a run of `debt --watch`, and gives what it printed.
fn watched(folder: &Path, arguments: &str, steps: &str) -> Option<(String, String)> {
    let bash = needs::BASH.there()?;
    let program = run::program().display();
    let script = format!(
        "{program} {arguments} > out.txt 2> err.txt & pid=$!\n\
         wait_for() {{ for i in $(seq 300); do [ \"$(grep -c \"$1\" \"$3\")\" -ge \"$2\" ] && return; sleep 0.1; done; \
         echo \"never: $*\"; }}\n{steps}\nkill $pid; wait $pid\necho ended $?"
    );
    let run = run::bare(bash).within(folder).args(["-c", &script]).env("DEBT_TODAY", run::TODAY);
    let out = run.limit(Duration::from_secs(240)).end().out;
    assert!(out.contains("ended 143") && !out.contains("never:"), "{out}\n{}", read(folder, "err.txt"));
    Some((read(folder, "out.txt"), read(folder, "err.txt")))
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_default()
}

#[test]
fn watched_files_are_scored_again() {
    let folder = folder();
    fs::create_dir(folder.path().join("org")).expect("made");
    fs::rename(folder.path().join("portfolio.yaml"), folder.path().join("org/one.yaml")).expect("moved");
    fs::write(folder.path().join("debt.yaml"), "paths: [org]\n").expect("written");
    let steps = "\
        wait_for 'Decision Debt' 1 out.txt\n\
        printf 'decisions:\\n  - {id: x, owner: dee, raised: 2026-06-01}\\n' > org/two.yaml\n\
        wait_for 'Decision Debt' 2 out.txt\n\
        rm org/two.yaml\n\
        wait_for 'Decision Debt' 3 out.txt\n\
        sed 's/purpose: both/purpose: [/' org/one.yaml > org/one.tmp; cp org/one.yaml keep; mv org/one.tmp org/one.yaml\n\
        wait_for 'error' 1 err.txt\n\
        cp keep org/new.tmp; mv org/new.tmp org/one.yaml\n\
        wait_for 'Decision Debt' 4 out.txt\n\
        echo 'policy: essay' >> debt.yaml\n\
        wait_for 'Decision Debt' 5 out.txt";
    let Some((out, err)) = watched(folder.path(), "score --watch", steps) else { return };
    assert!(!out.contains('\u{1b}'), "a file is no screen to be cleared");
    assert!(err.contains("org/one.yaml"), "{err}");
    let scores: Vec<&str> = out.lines().filter(|line| line.contains("Decision Debt")).collect();
    assert_eq!(scores[0], scores[2]);
    assert_eq!(scores[0], scores[3]);
    assert_ne!(scores[0], scores[1]);
}

#[test]
fn watch_is_refused_where_it_means_nothing() {
    run::debt().args(["score", "-", "--watch"]).stdin("people: []").end().exits(2).says("cannot be watched");
    for arguments in [
        &["check", "--watch", "--staged", "--against", "HEAD"][..],
        &["check", "--watch", "--baseline", "b.yaml", "--update-baseline"],
    ] {
        run::debt().args(arguments).end().exits(2).says("cannot be used with");
    }
}

#[test]
fn a_man_page_for_every_verb() {
    let folder = tempfile::tempdir().expect("a folder");
    let debt = |arguments: &[&str]| run::debt().within(folder.path()).args(arguments).end();
    debt(&["man", "--dir", "share/man1"]).exits(0).says("pages to share/man1");
    let verbs = debt::cli::command();
    for verb in verbs.get_subcommands().filter(|verb| verb.get_name() != "help") {
        let name = verb.get_name();
        let page = read(folder.path(), &format!("share/man1/debt-{name}.1"));
        assert!(page.contains(&format!(".TH \"debt-{name}\" 1 \"\" \"debt ")), "{name}: {page:.200}");
        assert_eq!(debt(&["man", name]).ok(), page, "the same as alone");
    }
    assert_eq!(debt(&["man"]).ok(), read(folder.path(), "share/man1/debt.1"));
    debt(&["man", "score", "--dir", "share"]).exits(2);
    let Some(mandoc) = needs::MANDOC.there() else { return };
    let pages = fs::read_dir(folder.path().join("share/man1")).expect("readable");
    let pages: Vec<_> = pages.map(|page| page.expect("readable").path()).collect();
    let lint = run::bare(mandoc).args(["-Tlint", "-Wwarning"]).args(&pages).end();
    let complaints: Vec<&str> = lint.out.lines().filter(|line| !line.contains("missing date")).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// What `debt` answers a shell that completes these words.
fn completed(folder: &Path, words: &[&str]) -> Vec<String> {
    let run = run::debt().within(folder).env("COMPLETE", "bash").env("_CLAP_IFS", "\n");
    let run = run.env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string()).arg("--").args(words);
    run.end().ok().lines().map(str::to_owned).collect()
}

#[test]
fn ids_codes_and_revisions_are_completed() {
    let folder = folder();
    let place = folder.path();
    assert_eq!(completed(place, &["debt", "score", "--squad", ""]), ["ledger"]);
    assert_eq!(completed(place, &["debt", "lines", "--guild", "b"]), ["backend"]);
    assert_eq!(completed(place, &["debt", "plan", "--owner", "a"]), ["ana"]);
    assert_eq!(completed(place, &["debt", "explain", "D101:"]), ["D101:meeting:bo-ana"]);
    assert!(completed(place, &["debt", "explain", "D1"]).contains(&"D105".to_owned()));
    assert!(completed(place, &["debt", "explain", "unknown-i"]).contains(&"unknown-id".to_owned()));
    assert_eq!(completed(place, &["debt", "fix", "split"]), ["split:meeting:bo-ana"]);
    assert!(completed(place, &["debt", "fix", "port"]).contains(&"portfolio.yaml".to_owned()));
    assert_eq!(completed(place, &["debt", "what-if", "--do", "split"]), ["split:meeting:bo-ana"]);
    // The portfolio that the words name, and none where there is none or it does not read.
    fs::write(place.join("other.yaml"), "people: [{id: a, squad: other}]\nsquads: [{id: other}]\n")
        .expect("written");
    assert_eq!(completed(place, &["debt", "score", "other.yaml", "--squad", ""]), ["other"]);
    fs::write(place.join("other.yaml"), "squads: [\n").expect("written");
    assert!(completed(place, &["debt", "score", "other.yaml", "--squad", ""]).is_empty());
    let Some(place) = crate::gate_kit::Place::committed(ORG) else { return };
    place.git(&["tag", "v1"]);
    let revisions = completed(place.path(), &["debt", "check", "--against", ""]);
    assert_eq!(revisions, ["HEAD", "HEAD~1", "main", "v1"]);
}

#[test]
fn shells_complete_ids() {
    let folder = folder();
    let bin = folder.path().join("bin");
    fs::create_dir(&bin).expect("made");
    #[cfg(unix)]
    std::os::unix::fs::symlink(run::program(), bin.join("debt")).expect("linked");
    let path = run::path_with(&[&bin.join("debt")]);
    let shell = |need: &'static needs::Need, script: &str| {
        let run =
            run::bare(need.there()?).within(folder.path()).env("PATH", &path).env("HOME", folder.path());
        Some(run.env("DEBT_TODAY", run::TODAY).args(["-c", script]).end().out)
    };
    let bash = "source <(debt completions bash --dynamic)\n\
        comp() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($#-1)); COMP_TYPE=9; COMPREPLY=(); \
        _clap_complete_debt debt \"${COMP_WORDS[COMP_CWORD]}\" x; echo \"${COMPREPLY[@]}\"; }\n\
        comp debt score --squad ''; comp debt explain D101:; echo \"[$COMP_WORDBREAKS]\"";
    if let Some(out) = shell(&needs::BASH, bash) {
        assert!(out.starts_with("ledger\nD101:meeting:bo-ana\n"), "{out}");
        assert!(!out.lines().last().unwrap_or_default().contains(':'), "{out}");
    }
    let fish = "debt completions fish --dynamic | source; complete -C 'debt score --squad '; complete -C 'debt fix split'";
    if let Some(out) = shell(&needs::FISH, fish) {
        assert!(out.contains("ledger") && out.contains("split:meeting:bo-ana"), "{out}");
    }
    // Zsh completes only where somebody types; that its function is defined can be seen.
    let zsh = "autoload -Uz compinit && compinit -u -d zc; source <(debt completions zsh --dynamic); whence -w _clap_dynamic_completer_debt; print $_comps[debt]";
    if let Some(out) = shell(&needs::ZSH, zsh) {
        assert!(out.contains("_clap_dynamic_completer_debt: function"), "{out}");
    }
    for name in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            !run::debt().args(["completions", name]).end().ok().contains("COMPLETE="),
            "{name} stays static"
        );
        run::debt().args(["completions", name, "--dynamic"]).end().exits(0);
    }
}
