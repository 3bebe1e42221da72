//! Every deed in every layout: what `debt fix` shows is what `--write` writes and `git apply` makes of it, and it comes
//! to the same in each. Folders of `tests/fixes` hold the diffs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::edit_layouts::Layout;
use crate::needs;
use crate::run;
use crate::support::{file, root};

/// One portfolio in one layout: its files, whether the diff is kept, and whether it is written and applied.
struct Laid {
    name: &'static str,
    files: BTreeMap<String, String>,
    kept: bool,
    written: bool,
}

/// Block style, 2 columns in.
const PLAIN: Layout = Layout {
    style: 0,
    indent: 2,
    comments: false,
    lists_as_lines: true,
    apart: false,
    crlf: false,
    final_newline: true,
};

fn one(name: &'static str, kept: bool, text: String) -> Laid {
    let written = ["as it is written", "flow, CR LF, no final newline"].contains(&name);
    Laid { name, files: BTreeMap::from([("portfolio.yaml".to_owned(), text)]), kept, written }
}

/// The example with an anchor in the first key of every item, or an alias where an item before has the same there.
fn bound() -> String {
    let data: Value = serde_yaml::from_str(&file("examples/portfolio.yaml")).expect("YAML");
    let (mut text, mut seen) = (String::new(), Vec::<String>::new());
    for line in PLAIN.write(&data).lines() {
        let Some((key, value)) = line.strip_prefix("  - ").and_then(|entry| entry.split_once(':')) else {
            text.push_str(&format!("{line}\n"));
            continue;
        };
        let known = seen.iter().position(|one| one == value && !value.is_empty());
        if let Some(at) = known {
            text.push_str(&format!("  - {key}: *a{at}\n"));
        } else {
            text.push_str(&format!("  - {key}: &a{}{value}\n", seen.len()));
            seen.push(value.to_owned());
        }
    }
    assert!(text.contains(": *a"));
    text
}

fn layouts() -> Vec<Laid> {
    let text = file("examples/portfolio.yaml");
    let data: Value = serde_yaml::from_str(&text).expect("YAML");
    let plain = PLAIN;
    let section = |(key, value): (&String, &Value)| {
        let alone = Value::Object([(key.clone(), value.clone())].into_iter().collect());
        (format!("portfolio/{key}.yaml"), plain.write(&alone))
    };
    let files = data.as_object().expect("a mapping").iter().map(section).collect();
    vec![
        one("as it is written", true, text.clone()),
        one("CR LF", false, text.replace('\n', "\r\n")),
        one("without an end of the last line", false, text.trim_end().to_owned()),
        one("block, 2 columns in", true, plain.write(&data)),
        one(
            "block, 4 columns in, comments everywhere",
            true,
            Layout { indent: 4, comments: true, lists_as_lines: false, apart: true, ..plain }.write(&data),
        ),
        one("flow", true, Layout { style: 1, comments: true, ..plain }.write(&data)),
        one(
            "flow, CR LF, no final newline",
            true,
            Layout { style: 1, crlf: true, final_newline: false, ..plain }.write(&data),
        ),
        one("JSON", true, Layout { style: 2, ..plain }.write(&data)),
        one("JSON without blanks", false, Layout { style: 3, ..plain }.write(&data)),
        Laid { name: "several files", files, kept: true, written: true },
    ]
}

/// Words as a shell would make them of a line, with double quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.trim().split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// What a layout comes to: the diff where it is kept, and what the JSON says.
fn outcome(laid: &Laid, command: &[String]) -> (String, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    let write = |below: &Path| {
        for (name, text) in &laid.files {
            fs::create_dir_all(below.join(name).parent().expect("a folder")).expect("made");
            fs::write(below.join(name), text).expect("written");
        }
    };
    write(place);
    let fix = |arguments: &[&str]| {
        let all = ["fix"].into_iter().map(str::to_owned).chain(command.iter().cloned());
        run::debt().within(place).args(all).args(arguments).end()
    };
    let ran = fix(&["--format", "json"]);
    assert_eq!(ran.status, 0, "{}: {command:?}\n{}", laid.name, ran.err);
    let edits: Value = serde_json::from_str(&ran.out).expect("JSON");
    let read = || -> BTreeMap<String, String> {
        let text = |name: &String| fs::read_to_string(place.join(name)).expect("readable");
        laid.files.keys().map(|name| (name.clone(), text(name))).collect()
    };
    let diff = if laid.kept { fix(&[]).ok() } else { String::new() };
    assert_eq!(read(), laid.files, "nothing is written unasked");
    if laid.written {
        let wrote = fix(&["--write"]);
        assert_eq!((wrote.status, wrote.out.as_str()), (0, ""), "{}", wrote.err);
        let written = read();
        assert_eq!(spliced(&laid.files, &edits), written, "{}: {command:?}", laid.name);
        if needs::GIT.there().is_some() {
            write(place);
            run::git().within(place).args(["apply", "-"]).stdin(diff.clone()).end().exits(0);
            assert_eq!(read(), written, "{}: git apply", laid.name);
        }
    }
    (diff, edits)
}

/// What becomes of a portfolio with anchors and aliases: the diff, or where it is refused, and what to do by hand.
fn of_bound(text: &str, command: &[String]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("portfolio.yaml");
    fs::write(&path, text).expect("written");
    let fix = |last: &[&str]| run::debt().within(folder.path()).arg("fix").args(command).args(last).end();
    let ran = fix(&[]);
    if ran.status == 0 {
        return ran.out;
    }
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(ran.err.contains("error[cannot-fix]") && ran.err.contains("= help: by hand: "), "{}", ran.err);
    assert_eq!(fix(&["--write"]).err, ran.err);
    assert_eq!(fs::read_to_string(&path).expect("readable"), text, "it was refused and written");
    ran.err
}

/// The files with the edits that the JSON tells, as an editor would make them.
fn spliced(files: &BTreeMap<String, String>, edits: &Value) -> BTreeMap<String, String> {
    let mut files = files.clone();
    for file in edits["files"].as_array().expect("a list") {
        let text = files.get_mut(file["path"].as_str().expect("a path")).expect("a file of ours");
        for edit in file["edits"].as_array().expect("a list").iter().rev() {
            let at = |key: &str| usize::try_from(edit[key].as_u64().expect("a number")).expect("small");
            text.replace_range(at("from")..at("to"), edit["text"].as_str().expect("a text"));
        }
    }
    files
}

#[test]
fn every_deed_in_every_layout() {
    let (layouts, bound) = (layouts(), bound());
    let mut folders: Vec<_> = fs::read_dir(root().join("tests/fixes"))
        .expect("a folder")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in &folders {
        let command = words(&fs::read_to_string(folder.join("cmd")).expect("a command"));
        let (mut found, mut same) = (String::new(), None);
        for laid in &layouts {
            let (diff, edits) = outcome(laid, &command);
            if laid.kept {
                found.push_str(&format!("== {} ==\n{}", laid.name, diff.replace('\r', "\\r")));
                if !found.ends_with('\n') {
                    found.push('\n');
                }
            }
            let says = (edits["acts"].clone(), edits["to_mp"].clone());
            assert_eq!(same.get_or_insert_with(|| says.clone()), &says, "{}: {command:?}", laid.name);
        }
        found.push_str(&format!("== anchors and aliases ==\n{}", of_bound(&bound, &command)));
        let expected = folder.join("expected.txt");
        if std::env::var_os("DEBT_WRITE").is_some() {
            fs::write(&expected, &found).expect("writable");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", folder.display()));
        }
    }
    assert!(wrong.is_empty() && folders.len() > 20, "{}", wrong.join("\n"));
}

/// A merge key is no part of a portfolio: whoever reads it says so, and nothing is fixed around it.
#[test]
fn merge_keys_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("portfolio.yaml");
    let text = file("examples/portfolio.yaml")
        .replace("  - id: nia-pia\n", "  - <<: {every: weekly}\n    id: nia-pia\n");
    assert!(text.contains("<<"));
    fs::write(&path, &text).expect("written");
    let fix = ["fix", "split:meeting:nia-pia", "--write"];
    let ran = run::debt().within(folder.path()).args(fix).end().exits(2).says("error[merge-key]");
    assert!(ran.err.contains("write the keys out"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&path).expect("readable"), text);
}
