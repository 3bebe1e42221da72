//! Edits as a unified diff, in the form that `git apply` reads.

use diffy::{DiffOptions, PatchFormatter};

/// The differences between two texts of a file, three lines around each; empty if they are the same.
pub fn unified(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let mut name = name.trim_start_matches('/');
    while let Some(rest) = name.strip_prefix("./") {
        name = rest.trim_start_matches('/');
    }
    let (a, b) = (quoted(&format!("a/{name}")), quoted(&format!("b/{name}")));
    // Three lines around each difference; lines end at line feeds alone, as git's do.
    let patch = DiffOptions::new().create_patch(old, new);
    // Git writes the blank of an empty line that is the same, too.
    let text = PatchFormatter::new().suppress_blank_empty(false).fmt_patch(&patch).to_string();
    // In place of the two lines with names that come first.
    let hunks = text.splitn(3, '\n').nth(2).unwrap_or_default();
    format!("--- {a}\n+++ {b}\n{hunks}")
}

/// A name as git writes it: in quotes where something in it would end it or be taken for something else.
fn quoted(name: &str) -> String {
    let is_odd = |character: char| character.is_control() || character == '"' || character == '\\';
    if !name.contains(is_odd) {
        // A tab says where a name with blanks in it ends.
        return if name.contains(' ') { format!("{name}\t") } else { name.to_owned() };
    }
    let mut out = String::from("\"");
    for character in name.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            shown if !shown.is_control() => out.push(shown),
            hidden => {
                let mut bytes = [0; 4];
                for byte in hidden.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("\\{byte:03o}"));
                }
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn as_git_writes_it() {
        assert_eq!(unified("p.yaml", "a\n", "a\n"), "");
        let diff = "--- a/p.yaml\n+++ b/p.yaml\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n";
        assert_eq!(unified("p.yaml", "a\nb", "a\nc"), diff);
        assert!(unified("a\"\n.yaml", "a\n", "b\n").starts_with("--- \"a/a\\\"\\012.yaml\"\n"));
    }
}
