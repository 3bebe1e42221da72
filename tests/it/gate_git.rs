//! `debt check` against real repositories: every place where the portfolio may lie, and everything that a revision
//! may lack.

use crate::gate_kit::{ORG, Place, with};
use crate::run;

fn rising(text: &str) -> String {
    with(text, "meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n")
}

fn held(text: &str) -> String {
    with(text, "due: 2026-09-01}", "due: 2026-09-01, held: 2026-11-19}")
}

#[test]
fn an_untouched_change_holds_in_one_line() {
    let Some(place) = Place::committed(ORG) else { return };
    let ran = place.debt(&["check", "--against", "main"]).exits(0);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.starts_with(" Holds: "), "{}", ran.out);
}

#[test]
fn every_spelling_of_a_revision() {
    let Some(place) = Place::committed(ORG) else { return };
    place.git(&["tag", "-a", "v1", "-m", "one"]);
    place.commit("the second commit");
    place.write("portfolio.yaml", &rising(ORG));
    let hash = place.git(&["rev-parse", "HEAD"]);
    for revision in
        ["main", "HEAD", "HEAD~1", "@", "v1", "refs/heads/main", &hash, &hash[..8], ":/the second", "main^0"]
    {
        place.debt(&["check", "--against", revision]).exits(1);
    }
    // A hash is named, whatever the revision was called.
    let change = place.change(&["--against", "main"]);
    assert_eq!(change["against"]["commit"], hash.as_str());
    assert_eq!(change["factors"][0]["id"], "D104:meeting:cy-too");
}

#[test]
fn what_looks_like_an_option_is_no_revision() {
    let Some(place) = Place::committed(ORG) else { return };
    for revision in ["--output=stolen", "-h", "--", "", "--help"] {
        place.debt(&["check", &format!("--against={revision}")]).exits(2).says("is no revision");
        place.debt(&["check", &format!("--against-merge-base={revision}")]).exits(2).says("is no revision");
    }
    place.debt(&["diff", "--", "--output=stolen:portfolio.yaml", "portfolio.yaml"]).exits(2);
    for revision in
        ["main..main", "main:portfolio.yaml", "^main", "--all", "$(touch stolen)", "main; touch stolen"]
    {
        place.debt(&["check", &format!("--against={revision}")]).exits(2);
    }
    assert!(!place.path().join("stolen").exists());
}

#[test]
fn a_branch_is_compared_with_where_it_parted() {
    let Some(place) = Place::committed(&rising(ORG)) else { return };
    place.git(&["switch", "--quiet", "-c", "work"]);
    place.write("portfolio.yaml", &held(&rising(ORG)));
    place.commit("held");
    // Meanwhile somebody repairs something on main: the branch does not have that, and is not to blame.
    place.git(&["switch", "--quiet", "main"]);
    place.write("portfolio.yaml", ORG);
    place.commit("repaired on main");
    place.git(&["switch", "--quiet", "work"]);
    place.write("portfolio.yaml", &rising(ORG));
    place.debt(&["check", "--against", "main"]).exits(1);
    place.debt(&["check", "--against-merge-base", "main"]).exits(0);
    place.git(&["stash", "--quiet"]);
    place.git(&["merge", "--quiet", "-X", "ours", "-m", "merged", "main"]);
    place.debt(&["check", "--against", "HEAD^1"]).exits(0);
    place.debt(&["check", "--against-merge-base", "main"]).exits(0);
    place.git(&["switch", "--quiet", "--orphan", "island"]);
    place.write("portfolio.yaml", ORG);
    place.commit("alone");
    place.debt(&["check", "--against-merge-base", "main"]).exits(2).says("no commit in common");
}

#[test]
fn a_shallow_clone_names_the_command_that_mends_it() {
    let Some(place) = Place::committed(ORG) else { return };
    place.commit("second");
    place.git(&["branch", "release"]);
    let url = format!("file://{}", place.path().display());
    place.git(&["clone", "--quiet", "--depth=1", "--branch=main", &url, "clone"]);
    let clone = |arguments: &[&str]| place.debt_in("clone", arguments, &[]);
    clone(&["check", "--against", "HEAD~1"]).exits(2).says("git fetch --unshallow").says("shallow");
    let ran = clone(&["check", "--against", "origin/release"]).exits(2);
    let command = "git fetch --depth=1 origin +refs/heads/release:refs/remotes/origin/release";
    assert!(ran.err.contains(command), "{}", ran.err);
    // What it says is what helps.
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    place.git_in("clone", &words);
    clone(&["check", "--against", "origin/release"]).exits(0);
    place.git_in("clone", &["fetch", "--quiet", "--unshallow"]);
    clone(&["check", "--against", "HEAD~1"]).exits(0);
    let json = clone(&["check", "--against", "nowhere", "--format", "json"]).exits(2);
    assert!(json.out.is_empty());
    let errors: serde_json::Value = serde_json::from_str(&json.err).expect("JSON");
    assert_eq!(errors["errors"][0]["code"], "no-revision");
}

#[test]
fn a_branch_that_only_the_remote_has_is_guessed() {
    let Some(place) = Place::committed(ORG) else { return };
    place.git(&["branch", "release"]);
    let url = format!("file://{}", place.path().display());
    place.git(&["clone", "--quiet", &url, "clone"]);
    place
        .debt_in("clone", &["check", "--against", "release"], &[])
        .exits(2)
        .says("did you mean origin/release?");
}

#[test]
fn a_base_that_is_not_there() {
    let Some(place) = Place::repository() else { return };
    place.write("README", "none yet");
    place.commit("empty");
    place.write("portfolio.yaml", ORG);
    place
        .debt(&["check", "--against", "main"])
        .exits(2)
        .says("portfolio.yaml is not there at main")
        .says("--allow-missing-base");
    let ran = place.debt(&["check", "--against", "main", "--allow-missing-base"]).exits(1);
    assert!(ran.out.contains("against nothing"), "{}", ran.out);
    let change = place.change(&["--against", "main", "--allow-missing-base"]);
    assert_eq!(change["from_mp"], 0);
    assert_eq!(change["withdrawn_mp"], 0);
    place.debt(&["check", "--against", "main", "--allow-missing-base", "--tolerance", "1000"]).exits(0);
}

#[test]
fn no_commit_yet() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", ORG);
    place.debt(&["check", "--against", "HEAD"]).exits(2).says("no commit yet");
}

#[test]
fn a_base_that_does_not_parse_is_named_with_its_revision() {
    let Some(place) = Place::committed(&with(ORG, "purpose: both", "purpose: bothh")) else { return };
    place.write("portfolio.yaml", ORG);
    let ran = place.debt(&["check", "--against", "main"]).exits(2).says("main:portfolio.yaml:15:");
    assert!(ran.out.is_empty());
    let merge_base = place.debt(&["check", "--against-merge-base", "main"]).exits(2);
    assert!(merge_base.err.contains("main@"), "{}", merge_base.err);
}

#[test]
fn a_folder_whose_files_come_go_and_move() {
    let Some(place) = Place::repository() else { return };
    let (head, meetings) = ORG.split_once("meetings:").expect("both");
    place.write("org/people.yaml", head);
    place.write("org/rest.yml", &format!("meetings:{meetings}"));
    place.write("org/.hidden.yaml", "not: [yaml");
    place.write("org/notes.txt", "no portfolio");
    place.commit("first");
    place.debt(&["check", "org", "--against", "main"]).exits(0);
    // One file renamed, one added, one removed; Gus moves between files; comments and another order.
    place.git(&["mv", "org/rest.yml", "org/meetings.yaml"]);
    place.write("org/people.yaml", &with(head, "  - {id: gus, squad: ledger}\n", ""));
    place.write("org/deep/gus.yaml", "# moved\npeople:\n  # here now\n  - {squad: ledger, id: gus}\n");
    let ran = place.debt(&["check", "org", "--against", "main"]).exits(0);
    assert!(ran.out.contains("no rise"), "{}", ran.out);
    assert_eq!(place.change(&["org", "--against", "main"])["factors"], serde_json::json!([]));
    place.write("org/more.yaml", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n");
    place.debt(&["check", "org", "--against", "main"]).exits(1);
}

#[test]
fn several_files_of_which_one_is_new() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("more.yaml", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n");
    let ran = place.debt(&["check", "portfolio.yaml", "more.yaml", "--against", "main"]).exits(1);
    assert!(ran.err.contains("more.yaml is not there at main"), "{}", ran.err);
}

#[test]
fn a_portfolio_that_becomes_a_folder() {
    let Some(place) = Place::committed(ORG) else { return };
    place.git(&["rm", "--quiet", "portfolio.yaml"]);
    place.write("portfolio/all.yaml", ORG);
    place.debt(&["check", "--against", "main"]).exits(0);
}

#[test]
fn from_any_folder_and_with_odd_names() {
    let Some(place) = Place::repository() else { return };
    let name = "teams \u{e9}\u{4e2d} & co/pay roll.yaml";
    place.write(name, ORG);
    place.write("elsewhere/README", "");
    place.commit("first");
    let up = format!("../{name}");
    place.debt_in("elsewhere", &["check", &up, "--against", "main"], &[]).exits(0);
    place
        .debt_in("teams \u{e9}\u{4e2d} & co", &["check", "pay roll.yaml", "--against", "main"], &[])
        .exits(0);
    place.debt(&["check", "teams \u{e9}\u{4e2d} & co", "--against", "main"]).exits(0);
    let absolute = place.path().join(name);
    place
        .debt_in("elsewhere", &["check", absolute.to_str().expect("UTF-8"), "--against", "main"], &[])
        .exits(0);
    place.write(name, &rising(ORG));
    place.debt_in("elsewhere", &["check", &up, "--against", "main"], &[]).exits(1);
    let outside = Place::plain();
    outside.debt(&["check", absolute.to_str().expect("UTF-8"), "--against", "main"]).exits(1);
}

#[test]
fn a_path_behind_a_revision() {
    let Some(place) = Place::repository() else { return };
    place.write("teams/pay.yaml", ORG);
    place.commit("first");
    place.write("teams/pay.yaml", &rising(ORG));
    for (folder, old, new) in [
        (".", "main:teams/pay.yaml", "teams/pay.yaml"),
        (".", "main:teams", "teams"),
        ("teams", "main:teams/pay.yaml", "pay.yaml"),
        ("teams", "main:./pay.yaml", "pay.yaml"),
        ("teams", "main:../teams/pay.yaml", "pay.yaml"),
    ] {
        let ran = place.debt_in(folder, &["diff", old, new], &[]).exits(0);
        assert!(ran.out.contains("D104"), "{}", ran.out);
    }
    place
        .debt_in("teams", &["diff", "main:pay.yaml", "pay.yaml"], &[])
        .exits(2)
        .says("did you mean main:./pay.yaml?");
    place.debt(&["diff", "main:nowhere.yaml", "teams"]).exits(2).says("no portfolio at main:nowhere.yaml");
}

#[test]
fn worktrees_and_bare_repositories() {
    let Some(place) = Place::committed(ORG) else { return };
    place.git(&["worktree", "add", "--quiet", "-b", "other", "wt"]);
    place.debt_in("wt", &["check", "--against", "main"], &[]).exits(0);
    place.write("wt/portfolio.yaml", &rising(ORG));
    place.debt_in("wt", &["check", "--against", "main"], &[]).exits(1);
    place.git(&["clone", "--quiet", "--bare", ".", "bare.git"]);
    place.write("bare.git/portfolio.yaml", ORG);
    place.debt_in("bare.git", &["check", "--against", "main"], &[]).exits(2).says("without a work tree");
    place.debt_in("bare.git", &["diff", "main:portfolio.yaml", "other:portfolio.yaml"], &[]).exits(0);
}

#[test]
fn submodules() {
    let Some(place) = Place::repository() else { return };
    let inner = Place::committed("meetings:\n  - {id: bo-more, owner: bo, with: eve, purpose: delivery}\n")
        .expect("git");
    place.write("org/all.yaml", ORG);
    let url = format!("file://{}", inner.path().display());
    place.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "org/more"]);
    place.commit("with a submodule");
    place.debt(&["check", "org", "--against", "main"]).exits(0);
    place.write(
        "org/more/portfolio.yaml",
        "meetings:\n  - {id: bo-more, owner: bo, with: eve, purpose: both}\n",
    );
    let change = place.change(&["org", "--against", "main"]);
    assert_eq!(change["factors"][0]["id"], "D101:meeting:bo-more");
    // A submodule that is not checked out has no files, then and now.
    place.git(&["submodule", "--quiet", "deinit", "--force", "org/more"]);
    place.debt(&["check", "org", "--against", "main"]).exits(0);
    // A portfolio inside a submodule is compared with the submodule's own history.
    inner.write("portfolio.yaml", ORG);
    inner.commit("whole");
    place.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "whole"]);
    place.commit("another");
    place.debt(&["check", "whole/portfolio.yaml", "--against", "HEAD"]).exits(0);
}

#[cfg(unix)]
#[test]
fn symbolic_links() {
    let Some(place) = Place::repository() else { return };
    place.write("real/all.yaml", ORG);
    std::os::unix::fs::symlink("real/all.yaml", place.path().join("portfolio.yaml")).expect("linked");
    std::os::unix::fs::symlink("../real", place.path().join("real/again")).expect("linked");
    std::fs::remove_file(place.path().join("real/again")).expect("removed");
    std::fs::create_dir(place.path().join("links")).expect("made");
    std::os::unix::fs::symlink("../real", place.path().join("links/folder")).expect("linked");
    std::os::unix::fs::symlink("../real/all.yaml", place.path().join("links/file.yaml")).expect("linked");
    place.commit("first");
    place.debt(&["check", "--against", "main"]).exits(0);
    place.debt(&["check", "links", "--against", "main"]).exits(0);
    place.write("real/all.yaml", &rising(ORG));
    place.debt(&["check", "--against", "main"]).exits(1);
    place.debt(&["check", "links", "--against", "main"]).exits(1);
}

#[test]
fn no_git_and_no_repository() {
    let Some(place) = Place::committed(ORG) else { return };
    place.debt_in(".", &["check", "--against", "main"], &[("PATH", "/nowhere")]).exits(2).says("no `git`");
    place.debt_in(".", &["check", "--max-score", "1000"], &[("PATH", "/nowhere")]).exits(0);
    let plain = Place::plain();
    plain.write("portfolio.yaml", ORG);
    plain.debt(&["check", "--against", "main"]).exits(2).says("no git repository").says("debt diff OLD NEW");
    let piped = place.debt(&["check", "-", "--against", "main"]);
    assert_eq!(piped.status, 2);
}

#[test]
fn a_dirty_index_changes_nothing() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rising(ORG));
    place.git(&["add", "portfolio.yaml"]);
    place.debt(&["check", "--against", "HEAD"]).exits(1);
    // The work tree counts, not what is staged.
    place.write("portfolio.yaml", ORG);
    place.debt(&["check", "--against", "HEAD"]).exits(0);
    place.git(&["rm", "--quiet", "--force", "--cached", "portfolio.yaml"]);
    place.debt(&["check", "--against", "HEAD"]).exits(0);
    assert!(!place.path().join(".git/index.lock").exists());
}

#[test]
fn what_hooks_put_into_the_environment() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("teams/pay.yaml", ORG);
    place.commit("second");
    let other = Place::committed("version: 1\npeople: [{id: x}]\n").expect("git");
    let elsewhere = other.path().join(".git");
    let elsewhere = elsewhere.to_str().expect("UTF-8");
    for environment in [
        // As git sets it for a hook, relative to the root of the work tree.
        vec![("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "teams/")],
        // Left over from another repository.
        vec![("GIT_DIR", elsewhere), ("GIT_WORK_TREE", "/"), ("GIT_INDEX_FILE", "/nowhere")],
        vec![("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "core.bare"), ("GIT_CONFIG_VALUE_0", "true")],
        vec![("GIT_EXTERNAL_DIFF", "false"), ("GIT_PAGER", "false"), ("GIT_LITERAL_PATHSPECS", "1")],
    ] {
        for folder in [".", "teams"] {
            let path = if folder == "." { "portfolio.yaml" } else { "pay.yaml" };
            place.debt_in(folder, &["check", path, "--against", "main"], &environment).exits(0);
        }
    }
    // A repository that only the environment names, as for files of one's home.
    let home = Place::plain();
    home.write("portfolio.yaml", ORG);
    let run = |arguments: &[&str]| {
        let git = run::git().within(home.path()).args(["--git-dir=store", "--work-tree=."]);
        git.args(arguments).end().ok();
    };
    run(&["init", "--quiet", "--initial-branch=main"]);
    run(&["add", "portfolio.yaml"]);
    run(&["commit", "--quiet", "-m", "one"]);
    home.debt_in(".", &["check", "--against", "main"], &[("GIT_DIR", "store"), ("GIT_WORK_TREE", ".")])
        .exits(0);
}

#[test]
fn a_policy_file_is_read_at_the_revision_too() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", ORG);
    place.write("policy.yaml", "principal: {D104: 2}\n");
    place.commit("first");
    // The rule is switched off together with what it would find: under the policy before, it counts.
    place.write("portfolio.yaml", &rising(ORG));
    place.write("policy.yaml", "disable: [D104]\n");
    let arguments = ["check", "--against", "main", "--policy", "policy.yaml"];
    let ran = place.debt(&arguments).exits(1);
    assert!(ran.out.contains("under the policy it had before"), "{}", ran.out);
    assert!(ran.out.contains("New or larger under the policy it had before"), "{}", ran.out);
    assert!(ran.out.contains("cy’s 1:1 with eve"), "{}", ran.out);
    assert!(ran.out.contains("D104 (wrong-owner-1on1) is switched off"), "{}", ran.out);
    let change = place.change(&["--against", "main", "--policy", "policy.yaml"]);
    assert_eq!((change["rise_mp"].as_i64(), change["rise_base_policy_mp"].as_i64()), (Some(0), Some(2000)));
    // A policy that no revision has is the same for both.
    let outside = Place::plain();
    outside.write("policy.yaml", "principal: {D104: 7}\n");
    let policy = outside.path().join("policy.yaml");
    let change = place.change(&["--against", "main", "--policy", policy.to_str().expect("UTF-8")]);
    assert_eq!(change["introduced_mp"], 7000);
    assert_eq!(change["recalibrated_mp"], 0);
}
