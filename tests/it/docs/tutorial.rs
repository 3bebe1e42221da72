//! The tutorial is run from its first line to its last: files are saved, commands typed, and what they print compared.
//! `DEBT_WRITE=1 cargo test --test it tutorial` writes what they print anew.

use std::path::Path;
use std::str::Lines;

use crate::generated::is_current;
use crate::needs;
use crate::run::{self, path_with, program};
use crate::support::file;

/// A page with what its commands print: a block of YAML is saved under the name that the line before it ends with, and a
/// block of a console is typed.
fn typed(page: &str, folder: &Path) -> String {
    let (mut made, mut before) = (String::new(), "");
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        made.push_str(line);
        made.push('\n');
        match line {
            "```yaml" => {
                let mut block = block(&mut lines);
                block.push("");
                let text = block.join("\n");
                let saved = before.strip_prefix("Save this as `").and_then(|rest| rest.strip_suffix("`:"));
                if let Some(name) = saved {
                    std::fs::write(folder.join(name), &text).expect("it is saved");
                }
                made.push_str(&format!("{text}```\n"));
            }
            "```console" => {
                for command in block(&mut lines).iter().filter_map(|line| line.strip_prefix("$ ")) {
                    made.push_str(&format!("$ {command}\n{}", printed(command, folder)));
                }
                made.push_str("```\n");
            }
            _ => {}
        }
        if !line.is_empty() {
            before = line;
        }
    }
    made
}

/// The lines up to the end of a block.
fn block<'p>(lines: &mut Lines<'p>) -> Vec<&'p str> {
    lines.take_while(|line| *line != "```").collect()
}

/// What a person sees: both streams, in the order in which they were written.
fn printed(command: &str, folder: &Path) -> String {
    let script = format!("exec 2>&1; {command}");
    let run = run::bare("bash").args(["--noprofile", "--norc", "-c", &script]).within(folder);
    let run = run.env("PATH", path_with(&[program()])).env("HOME", folder).env("DEBT_TODAY", run::TODAY);
    let mut text = run.envs(run::GIT_AS_NOBODY).end().out;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

#[test]
fn the_tutorial_shows_what_is_printed() {
    if needs::BASH.there().is_none() || needs::GIT.there().is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let page = file("docs/tutorial.md");
    let typed = typed(&page, folder.path());
    assert!(typed.contains("exit status 1") && typed.contains("exit status 0"), "the gate fails, and holds");
    is_current("docs/tutorial.md", &typed);
}
