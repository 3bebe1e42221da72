//! `debt completions` and `debt man`: both made from the definition of the command line.

use super::Trouble;
use super::args::{CompletionsArgs, ManArgs};
use super::command;
use super::output::to_stdout;
use crate::base::nearest::nearest;

pub(super) fn completions(args: &CompletionsArgs) -> Result<(), Trouble> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "debt", &mut bytes);
    Ok(to_stdout(|out| out.write_all(&bytes))?)
}

pub(super) fn man(args: &ManArgs) -> Result<(), Trouble> {
    let mut whole = command();
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
