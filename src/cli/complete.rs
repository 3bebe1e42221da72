//! `debt completions` and `debt man`: both made from the definition of the command line.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Command};

use super::complete_ids::registration;
use super::env::Environment;
use super::output::{Pending, text_to_stdout, to_stderr, to_stdout};
use super::trouble::Trouble;
use crate::base::nearest::nearest;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt completions bash > ~/.local/share/bash-completion/completions/debt\n  source <(debt completions bash --dynamic)      in ~/.bashrc: ids, codes and revisions too\n  source <(debt completions zsh --dynamic)       in ~/.zshrc, behind compinit\n  debt completions fish --dynamic | source       in ~/.config/fish/config.fish"
)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
    /// The shell asks debt itself, which completes ids, codes, acts and revisions, too; to be made anew with each version
    #[arg(long)]
    pub(super) dynamic: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt man | man -l -\n  debt man score > debt-score.1\n  debt man --dir ~/.local/share/man/man1     then: man debt-score"
)]
pub(super) struct ManArgs {
    /// The verb; by default the whole program
    #[arg(value_name = "VERB", conflicts_with = "dir")]
    pub(super) verb: Option<String>,
    /// Write the page of the program and one for each verb into this folder
    #[arg(long, value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
}

pub(super) fn completions(args: &CompletionsArgs, mut command: Command) -> Result<(), Trouble> {
    if args.dynamic {
        let shell = args.shell.to_string();
        let text = registration(&shell);
        let text = text.ok_or_else(|| anyhow::anyhow!("there are no dynamic completions for {shell}"))?;
        return Ok(text_to_stdout(&text)?);
    }
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut command, "debt", &mut bytes);
    Ok(to_stdout(|out| out.write_all(&bytes))?)
}

pub(super) fn man(args: &ManArgs, mut whole: Command, environment: &Environment) -> Result<(), Trouble> {
    whole.build();
    if let Some(dir) = &args.dir {
        return Ok(pages(&whole, dir, environment)?);
    }
    let page = match &args.verb {
        None => whole,
        Some(verb) => {
            let found = whole.find_subcommand(verb).cloned();
            let near = nearest(verb, whole.get_subcommands().map(Command::get_name));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            found.ok_or_else(|| anyhow::anyhow!("unknown verb `{verb}`{help}"))?
        }
    };
    let bytes = page_of(page)?;
    Ok(to_stdout(|out| out.write_all(&bytes))?)
}

fn page_of(command: Command) -> anyhow::Result<Vec<u8>> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command).render(&mut bytes)?;
    Ok(tidied(&String::from_utf8_lossy(&bytes), &name).into_bytes())
}

/// The same page with a title line that has no day, since the same version gives the same bytes, and with a blank line where
/// two breaks around one would be, of which `mandoc -Tlint` complains.
fn tidied(page: &str, name: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let title = format!(".TH \"{name}\" 1 \"\" \"debt {version}\" \"Decision Debt\"");
    let page = page.replace(".br\n\n.br\n", ".sp\n");
    let lines = page.lines().map(|line| if line.starts_with(".TH ") { &title } else { line });
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A page for the program, and one for each verb under the name that its references have: `debt-score.1`.
fn pages(whole: &Command, dir: &Path, environment: &Environment) -> anyhow::Result<()> {
    let shown = dir.display();
    fs::create_dir_all(dir).map_err(|error| anyhow::anyhow!("cannot make {shown}: {}", error.kind()))?;
    let verbs = whole.get_subcommands().filter(|verb| verb.get_name() != "help" && !verb.is_hide_set());
    let mut count = 0_usize;
    for command in std::iter::once(whole).chain(verbs) {
        let name = command.get_display_name().unwrap_or(command.get_name());
        let bytes = page_of(command.clone())?;
        Pending::begin(&dir.join(format!("{name}.1")))?.finish(|to| to.write_all(&bytes))?;
        count = count.saturating_add(1);
    }
    if environment.notes {
        to_stderr(&format!("wrote {count} pages to {shown}\n"));
    }
    Ok(())
}
