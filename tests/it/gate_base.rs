//! Which base: histories that cross, merges under way, renames, states that do not read, sparse and partial clones,
//! filters, and what is staged.

use crate::gate_kit::{ORG, Place, with};

fn rising(text: &str) -> String {
    with(text, "meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n")
}

/// Two branches of which each was merged into the other: git has two merge bases for them.
#[test]
fn with_several_merge_bases_the_smallest_rise_counts() {
    let Some(place) = Place::committed(ORG) else { return };
    place.git(&["switch", "--quiet", "-c", "work"]);
    place.write("portfolio.yaml", &rising(ORG));
    place.commit("rises");
    place.git(&["branch", "risen"]);
    place.git(&["switch", "--quiet", "main"]);
    place.write("README", "main");
    place.commit("main goes on");
    place.git(&["branch", "plain"]);
    place.git(&["merge", "--quiet", "-m", "one way", "risen"]);
    place.git(&["switch", "--quiet", "work"]);
    place.git(&["merge", "--quiet", "-m", "the other way", "plain"]);
    place.write("portfolio.yaml", &with(&rising(ORG), "people:", "# said\npeople:"));
    place.commit("said");
    assert_eq!(place.git(&["merge-base", "--all", "HEAD", "main"]).lines().count(), 2);
    place.debt(&["check", "--against", "main"]).exits(0).says("gives the smallest rise");
    place.write(
        "portfolio.yaml",
        &with(&rising(ORG), "with: eve, purpose: craft", "with: eve, purpose: both"),
    );
    place.debt(&["check", "--against", "main"]).exits(1);
}

#[test]
fn a_merge_under_way_is_compared_with_both_parents() {
    let Some(place) = Place::committed(ORG) else { return };
    place.git(&["switch", "--quiet", "-c", "work"]);
    place.write("README", "work");
    place.commit("work");
    place.git(&["switch", "--quiet", "main"]);
    place.write("portfolio.yaml", &rising(ORG));
    place.commit("somebody else");
    place.git(&["switch", "--quiet", "work"]);
    place.git(&["merge", "--quiet", "--no-commit", "--no-ff", "main"]);
    let ran = place.debt(&["check", "--against", "HEAD"]).exits(0).says("2 commits to compare with");
    assert!(ran.out.contains("MERGE_HEAD@"), "{}", ran.out);
    place.debt(&["check", "--staged", "--against", "HEAD"]).exits(0);
    place.debt(&["check", "--against", "main"]).exits(0);
    // What the merge itself adds is new.
    place.write(
        "portfolio.yaml",
        &with(&rising(ORG), "with: eve, purpose: craft", "with: eve, purpose: both"),
    );
    place.debt(&["check", "--against", "HEAD"]).exits(1);
}

#[test]
fn a_shallow_clone_does_not_guess_where_branches_parted() {
    let Some(place) = Place::committed(ORG) else { return };
    place.git(&["branch", "work"]);
    for commit in ["two", "three", "four"] {
        place.commit(commit);
    }
    place.git(&["switch", "--quiet", "work"]);
    place.commit("work");
    let url = format!("file://{}", place.path().display());
    place.git(&["clone", "--quiet", "--depth=2", "--no-single-branch", "--branch=work", &url, "clone"]);
    let check = || place.debt_in("clone", &["check", "--against", "origin/main"], &[]);
    check().exits(2).says("shallow").says("git fetch --unshallow");
    // What is part of this history is known all the same.
    place.debt_in("clone", &["check", "--against", "HEAD~1"], &[]).exits(0);
    place.git_in("clone", &["fetch", "--quiet", "--unshallow"]);
    check().exits(0);
}

#[test]
fn a_portfolio_that_moved_is_the_same_one() {
    let Some(place) = Place::committed(ORG) else { return };
    std::fs::create_dir(place.path().join("org")).expect("made");
    place.git(&["mv", "portfolio.yaml", "org/people.yaml"]);
    let check = |more: &[&str]| place.debt(&[&["check", "org/people.yaml"], more].concat());
    let ran = check(&["--against", "main"]).exits(0).says("org/people.yaml was portfolio.yaml");
    assert!(ran.out.contains("no rise"), "{}", ran.out);
    check(&["--staged", "--against", "main"]).exits(0);
    place.debt(&["check", "org", "--against", "main"]).exits(0);
    check(&["--against", "main:portfolio.yaml"]).exits(0);
    place.write("org/people.yaml", &rising(ORG));
    place.git(&["add", "--all"]);
    check(&["--against", "main"]).exits(1);
    check(&["--against", "main:portfolio.yaml"]).exits(1);
    place.debt_in("org", &["check", "people.yaml", "--against", "main:../portfolio.yaml"], &[]).exits(1);
    check(&["--against", "main:nowhere.yaml"]).exits(2).says("git ls-tree -r --name-only main");
    // The name that it had is not said where files are withheld.
    let ran = check(&["--against", "main", "--no-locations"]).exits(1);
    assert!(!ran.err.contains("portfolio.yaml"), "{}", ran.err);
}

#[test]
fn no_path_is_looked_for_on_each_side() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio/all.yaml", ORG);
    place.commit("a folder");
    place.git(&["rm", "-r", "--quiet", "portfolio"]);
    place.write("portfolio.yaml", &rising(ORG));
    place.debt(&["check", "--against", "main"]).exits(1);
    // One that is neither on one side nor on the other is one error.
    place.git(&["rm", "-r", "--quiet", "--cached", "--ignore-unmatch", "."]);
    place.git(&["commit", "--quiet", "-m", "nothing"]);
    std::fs::remove_file(place.path().join("portfolio.yaml")).expect("removed");
    place.write("hr/portfolio.yaml", ORG);
    let ran = place.debt(&["check", "--against", "main"]).exits(2);
    assert_eq!(ran.err.matches("error").count(), 1, "{}", ran.err);
}

#[test]
fn a_base_that_does_not_read_is_passed_over() {
    let Some(place) = Place::committed(ORG) else { return };
    let good = place.git(&["rev-parse", "--short=10", "HEAD"]);
    for wrong in ["meetngs: []\n", "meetngz: []\n"] {
        place.write("portfolio.yaml", &format!("{ORG}{wrong}"));
        place.commit("does not read");
    }
    place.commit("goes on");
    place.write("portfolio.yaml", ORG);
    let ran = place.debt(&["check", "--against", "main"]).exits(0).says("cannot be read").says(&good);
    assert!(ran.out.contains(&format!("main@{good}")), "{}", ran.out);
    place.write("portfolio.yaml", &rising(ORG));
    place.debt(&["check", "--against", "main"]).exits(1);
}

#[test]
fn a_sparse_checkout_is_whole_through_the_index() {
    let Some(place) = Place::repository() else { return };
    let (people, rest) = ORG.split_once("meetings:").expect("both");
    place.write("portfolio/a/people.yaml", people);
    place.write("portfolio/b/rest.yaml", &format!("meetings:{rest}"));
    place.commit("first");
    place.git(&["sparse-checkout", "set", "--cone", "portfolio/a"]);
    for arguments in [&["check", "--against", "HEAD"][..], &["check", "portfolio", "--against", "HEAD"]] {
        let ran = place.debt(arguments).exits(0).says("portfolio/b/rest.yaml");
        assert!(ran.out.contains("no rise"), "{}", ran.out);
    }
    let change = place.change(&["--against", "HEAD"]);
    assert_eq!(change["from_mp"], change["to_mp"]);
    place.debt(&["check", "portfolio/b", "portfolio/a", "--against", "HEAD"]).exits(0);
    place.debt(&["check", "--staged", "--against", "HEAD"]).exits(0);
}

#[test]
fn what_is_staged_is_checked_where_that_is_asked_for() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rising(ORG));
    place.git(&["add", "portfolio.yaml"]);
    place.write("portfolio.yaml", ORG);
    place.debt(&["check", "--against", "HEAD"]).exits(0);
    let ran = place.debt(&["check", "--staged", "--against", "HEAD"]).exits(1);
    assert!(ran.out.contains("(portfolio.yaml:15)"), "{}", ran.out);
    place.debt(&["check", "--staged", "portfolio.yaml", "--against", "HEAD"]).exits(1);
    place.debt(&["check", "--staged", "--max-score", "1"]).exits(1);
    // Files are named as they are seen from here, and what is staged is as good as read.
    place.write("hr/portfolio.yaml", &rising(ORG));
    place.git(&["add", "hr"]);
    for (folder, path, shown) in [
        (".", "hr/portfolio.yaml", "(hr/portfolio.yaml:15)"),
        ("hr", "portfolio.yaml", "(portfolio.yaml:15)"),
        ("hr", "../portfolio.yaml", "(../portfolio.yaml:15)"),
    ] {
        let arguments = ["check", "--staged", path, "--against", "HEAD:portfolio.yaml"];
        let ran = place.debt_in(folder, &arguments, &[]).exits(1);
        assert!(ran.out.contains(shown), "{}", ran.out);
    }
    let over = ["check", "--staged", "--max-score", "1", "--output", "json:portfolio.yaml"];
    place.debt(&over).exits(2).says("this run has read");
    assert!(!place.path().join(".git/index.lock").exists());
    place.write("new.yaml", ORG);
    place.debt(&["check", "--staged", "new.yaml", "--against", "HEAD"]).exits(2).says("is not staged");
    place.git(&["rm", "--quiet", "--force", "--cached", "portfolio.yaml"]);
    place.debt(&["check", "--staged", "--against", "HEAD"]).exits(2).says("staged here");
}

/// As git-crypt does it: what is stored is not the text.
#[cfg(unix)]
#[test]
fn content_goes_through_the_filters_of_git() {
    let Some(place) = Place::repository() else { return };
    place.git(&["config", "filter.turn.clean", "tr a-z n-za-m"]);
    place.git(&["config", "filter.turn.smudge", "tr a-z n-za-m"]);
    place.write(".gitattributes", "*.yaml filter=turn\nwide.yml working-tree-encoding=UTF-16LE\n");
    place.write("portfolio.yaml", ORG);
    place.write("org/all.yaml", ORG);
    place.commit("turned");
    assert!(!place.git(&["cat-file", "blob", "HEAD:portfolio.yaml"]).contains("people:"));
    place.debt(&["check", "--against", "HEAD"]).exits(0);
    place.debt(&["check", "org", "--against", "HEAD"]).exits(0);
    place.debt(&["check", "--staged", "--against", "HEAD"]).exits(0);
    place.write("portfolio.yaml", &rising(ORG));
    place.debt(&["check", "--against", "HEAD"]).exits(1);
    place.git(&["config", "filter.turn.smudge", "false"]);
    place.git(&["config", "filter.turn.required", "true"]);
    place.debt(&["check", "--against", "HEAD"]).exits(2).says("filter");
}

#[test]
fn what_stands_for_a_file_is_named() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n";
    for (text, name, help) in
        [(pointer, "Git LFS", "git lfs pull"), ("\0GITCRYPT\0\u{1}\u{2}", "git-crypt", "git-crypt unlock")]
    {
        let Some(place) = Place::committed(text) else { return };
        place.debt(&["score"]).exits(2).says(name).says(help);
        place.write("portfolio.yaml", ORG);
        let ran = place.debt(&["check", "--against", "HEAD"]).exits(2).says(name).says(help);
        assert!(!ran.err.contains("UTF-8"), "{}", ran.err);
    }
}

#[test]
fn a_partial_clone_without_its_remote() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rising(ORG));
    place.commit("rises");
    place.git(&["config", "uploadpack.allowFilter", "true"]);
    let outer = Place::plain();
    let url = format!("file://{}", place.path().display());
    outer.git(&["clone", "--quiet", "--filter=blob:none", &url, "clone"]);
    drop(place);
    outer
        .debt_in("clone", &["check", "--against", "HEAD~1"], &[])
        .exits(2)
        .says("partial clone")
        .says("promisor")
        .says("git fetch --refetch");
}

/// Whether git itself takes a checkout for somebody else's, which it can be told to.
#[test]
fn a_repository_that_the_environment_makes_safe() {
    let Some(place) = Place::committed(ORG) else { return };
    let other = ("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    place.debt_in(".", &["check", "--against", "HEAD"], &[other]).exits(2).says("safe.directory");
    let count = [
        other,
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", "*"),
    ];
    place.debt_in(".", &["check", "--against", "HEAD"], &count).exits(0);
    let parameters = [other, ("GIT_CONFIG_PARAMETERS", "'safe.directory'='*'")];
    place.debt_in(".", &["check", "--against", "HEAD"], &parameters).exits(0);
    // What it traces is no complaint.
    let traced = [other, ("GIT_TRACE", "1"), ("GIT_TRACE_SETUP", "1")];
    place.debt_in(".", &["check", "--against", "HEAD"], &traced).exits(2).says("safe.directory");
}

#[cfg(unix)]
#[test]
fn names_from_a_tree_are_withheld() {
    let Some(place) = Place::repository() else { return };
    std::fs::create_dir(place.path().join("org")).expect("made");
    std::os::unix::fs::symlink("/etc/hostname", place.path().join("org/ana-kowalski.yaml")).expect("linked");
    place.commit("a link");
    std::fs::remove_file(place.path().join("org/ana-kowalski.yaml")).expect("removed");
    place.write("org/all.yaml", ORG);
    place.debt(&["check", "org", "--against", "HEAD"]).exits(2).says("ana-kowalski");
    let ran = place.debt(&["check", "org", "--against", "HEAD", "--privacy", "aggregate"]).exits(2);
    assert!(!ran.err.contains("kowalski"), "{}", ran.err);
}

#[test]
fn a_thousand_files_at_a_revision_are_read_in_one_go() {
    let Some(place) = Place::repository() else { return };
    place.write("org/all.yaml", ORG);
    for index in 0..1_000 {
        let text = format!("people:\n  - {{id: p{index}, squad: ledger, guild: backend}}\n");
        place.write(&format!("org/teams/t{}/p{index}.yaml", index % 40), &text);
    }
    place.commit("many");
    let once = || {
        let begun = std::time::Instant::now();
        place.debt(&["diff", "HEAD:org", "HEAD:org", "--format", "json"]).exits(0);
        begun.elapsed()
    };
    let fastest = (0..3).map(|_| once()).min().expect("three");
    // Both sides in one run, in a build that is not optimised, on a machine that does other things.
    assert!(fastest < std::time::Duration::from_secs(6), "{fastest:?}");
}

/// The cases that lie beside the checkout, where they do: each prints what came out, and is judged here.
#[test]
fn the_reports_beside_the_checkout() {
    let reports = crate::support::root().join("../shared/reports");
    if !reports.is_dir() || crate::needs::BASH.there().is_none() {
        return;
    }
    let expected: &[(&str, &[&str])] = &[
        ("09-sparse-checkout-passes", &["portfolio/b/two.yaml"]),
        ("10-fix-of-a-broken-main-cannot-pass", &["exit 2", "with --allow-missing-base: exit 0"]),
        ("15-renamed-file", &["exit 0\n"]),
        ("17-unheld-under-a-baseline", &["exit 1"]),
        (
            "18-deletion-not-shown",
            &["bo owes ana the promotion talk", "title=D301 staffing%3A 4.0 points less"],
        ),
        ("19-hook-stops-a-merge", &["exit 0"]),
        ("23-safe-directory-by-environment", &["exit 0\n", "through git -c: exit 0"]),
        ("24-git-crypt-and-other-filters", &["exit 0"]),
        ("25-partial-clone-without-its-remote", &["promisor", "exit 2"]),
    ];
    for (name, parts) in expected {
        let run =
            crate::run::tool("bash").arg(reports.join(name).join("cmd")).env("DEBT", crate::run::program());
        let run = run.env("DEBT_TODAY", crate::run::TODAY).env("REPO", crate::support::root());
        let (_, out, err) = run.end().parts();
        let all = format!("{out}{err}");
        for part in *parts {
            assert!(all.contains(part), "{name}: no \u{201C}{part}\u{201D} in\n{all}");
        }
    }
}
