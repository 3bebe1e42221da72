//! Long output goes through a pager, where git's would: on a terminal, and when it is longer than the screen.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use anyhow::Context;

use super::env::{Environment, Pager};
use super::links::linked_places;
use super::output::{ReadFiles, text_to_stdout, to_stdout};

/// Quits where one screen is enough, shows colours, leaves the text on the screen, and ends with Ctrl-C: else it would stay
/// when `debt` is gone.
const LESS: &str = "FRXK";

/// Writes to standard output, through the pager where that is wanted. `files` are those whose places become links; none
/// where the text is for programs.
pub(super) fn page(
    environment: &Environment,
    files: Option<&ReadFiles>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let files = files.filter(|_| environment.out_links);
    if environment.pager.is_none() && files.is_none() {
        return to_stdout(write);
    }
    let mut bytes = Vec::new();
    write(&mut bytes).context("cannot write to standard output")?;
    let Ok(text) = String::from_utf8(bytes) else {
        anyhow::bail!("the output is not UTF-8");
    };
    let text = match files {
        Some(files) => linked_places(&text, files),
        None => text,
    };
    let is_long = environment.height.is_some_and(|height| text.lines().count() >= height);
    match &environment.pager {
        Some(pager) if is_long => pager.show(&text),
        Some(_) | None => text_to_stdout(&text),
    }
}

/// The same for a text that is there already.
pub(super) fn page_text(environment: &Environment, text: &str) -> anyhow::Result<()> {
    page(environment, None, |out| out.write_all(text.as_bytes()))
}

impl Pager {
    fn show(&self, text: &str) -> anyhow::Result<()> {
        let mut command = self.command();
        if !self.has_less {
            command.env("LESS", LESS);
        }
        if !self.has_lv {
            command.env("LV", "-c");
        }
        // Whoever cannot start it still wants to read the text.
        let Ok(mut child) = command.stdin(Stdio::piped()).spawn() else { return text_to_stdout(text) };
        if let Some(mut pipe) = child.stdin.take() {
            // Who has seen enough closes it before all is written.
            drop(pipe.write_all(text.as_bytes()));
        }
        let status = child.wait().context("the pager did not end")?;
        // What a shell says where there is no such program: nothing has been shown.
        if status.code() == Some(127) { text_to_stdout(text) } else { Ok(()) }
    }

    /// As git starts it: by the shell where there is something for it in the command.
    fn command(&self) -> Command {
        let plain = |c: char| c.is_ascii_alphanumeric() || " \t-_./:=,+@".contains(c);
        let mut words = self.command.split_whitespace();
        match words.next() {
            Some(program) if self.command.chars().all(plain) && !program.contains('=') => {
                let mut command = Command::new(program);
                command.args(words);
                command
            }
            Some(_) | None => {
                let mut command = Command::new("sh");
                command.args(["-c", &self.command]);
                command
            }
        }
    }
}
