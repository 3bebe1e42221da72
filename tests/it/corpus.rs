//! The kept inputs of the fuzz targets, run as ordinary tests.

#[path = "../../fuzz/targets.rs"]
pub(crate) mod targets;

use crate::support::root;

/// Runs every kept input of one target through it.
fn run(target: &str, with: fn(&[u8])) {
    let folder = root().join("fuzz/corpus").join(target);
    let files = std::fs::read_dir(&folder).expect("a folder");
    let mut count = 0;
    for file in files {
        let path = file.expect("readable").path();
        // Where one fails, its name is the last line that is shown.
        println!("{}", path.display());
        with(&std::fs::read(&path).expect("readable"));
        count += 1;
    }
    assert!(count > 0, "{} is empty", folder.display());
}

#[test]
fn read_score() {
    run("read_score", targets::read_score);
}

#[test]
fn policy() {
    run("policy", targets::policy);
}

#[test]
fn baseline() {
    run("baseline", targets::baseline);
}

#[test]
fn in_pieces() {
    run("in_pieces", targets::in_pieces);
}

#[test]
fn calendar() {
    run("calendar", targets::calendar);
}

#[test]
fn export() {
    run("export", targets::export);
}

#[test]
fn workbook() {
    run("workbook", targets::workbook);
}

#[test]
fn calendar_events() {
    run("calendar_events", targets::calendar_events);
}

#[test]
fn directory() {
    run("directory", targets::directory);
}

/// Portfolios that are read are edited too.
#[test]
fn edit() {
    run("read_score", targets::edit);
}

/// And what can be done about them is done to their texts.
#[test]
fn fix() {
    run("read_score", targets::fix);
}
