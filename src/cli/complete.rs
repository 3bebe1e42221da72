//! `debt completions` and `debt man`: both made from the definition of the command line.

use clap::Args;

use super::output::to_stdout;
use super::trouble::Trouble;
use crate::base::nearest::nearest;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  debt completions bash > ~/.local/share/bash-completion/completions/debt")]
pub(super) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  debt man > debt.1\n  debt man score > debt-score.1")]
pub(super) struct ManArgs {
    /// The verb; by default the program
    #[arg(value_name = "VERB")]
    pub(super) verb: Option<String>,
}
pub(super) fn completions(args: &CompletionsArgs, mut command: clap::Command) -> Result<(), Trouble> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut command, "debt", &mut bytes);
    Ok(to_stdout(|out| out.write_all(&bytes))?)
}

pub(super) fn man(args: &ManArgs, mut whole: clap::Command) -> Result<(), Trouble> {
    whole.build();
    let page = match &args.verb {
        None => whole,
        Some(verb) => {
            let found = whole.find_subcommand(verb).cloned();
            let near = nearest(verb, whole.get_subcommands().map(clap::Command::get_name));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            found.ok_or_else(|| anyhow::anyhow!("there is no verb `{verb}`{help}"))?
        }
    };
    let mut bytes = Vec::new();
    clap_mangen::Man::new(page).render(&mut bytes)?;
    Ok(to_stdout(|out| out.write_all(&bytes))?)
}
