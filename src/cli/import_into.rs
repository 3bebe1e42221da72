//! `debt import … --into PORTFOLIO`: the portfolio is read, added to, read again, and only then written.

use std::path::Path;

use super::env::Environment;
use super::import_args::Destination;
use super::load::{Errors, say, warn};
use super::output::{text_to_stdout, to_stderr};
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::message::counted;
use crate::edit::diff::unified;
use crate::edit::files::{Replacement, write_all};
use crate::import::Draft;
use crate::import::merge::{Counts, Into, merge};
use crate::model::{self, Clock, Lines, OwnPolicy, ReadOptions};
use crate::render::escape::terminal;
use crate::report::Privacy;
use crate::rules;
use crate::source::{Diagnostics, FileIx, Origin, Sources, is_dash};

/// A portfolio in one file, to which drafts are added one after the other.
pub(super) struct Growing<'g> {
    path: &'g Path,
    before: String,
    /// Its text as it is now.
    text: String,
    environment: &'g Environment,
}

impl<'g> Growing<'g> {
    /// Reads it.
    pub(super) fn read(path: &'g Path, environment: &'g Environment) -> Result<Growing<'g>, Trouble> {
        let shown = terminal(&path.display().to_string());
        if path.is_dir() || is_dash(path) {
            return Err(anyhow::anyhow!("--into needs one file, and {shown} is not a file").into());
        }
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        sources.read(&[Origin::Path(path.to_owned())], &mut diagnostics);
        if diagnostics.errors() > 0 {
            say(&diagnostics, &sources, &Privacy::names(), environment, Errors::ForPeople);
            return Err(Trouble::Reported);
        }
        let text = sources.text(FileIx(0)).to_owned();
        Ok(Growing { path, before: text.clone(), text, environment })
    }

    /// Adds a draft. Conflicts and who is gone are said; an error leaves the text as it was.
    pub(super) fn add(
        &mut self,
        draft: &Draft,
        update: &[String],
        close_gone: Option<Day>,
    ) -> Result<Counts, Trouble> {
        let name = self.path.display().to_string();
        let (sources, own) = self.understood(name)?;
        let lines = Lines::new(&own.portfolio, &own.policy, own.day);
        let mut diagnostics = Diagnostics::default();
        let into = Into {
            text: sources.text(FileIx(0)),
            file: FileIx(0),
            portfolio: &own.portfolio,
            lines: &lines,
            update,
            close_gone,
        };
        let merged = merge(draft, into, &mut diagnostics);
        warn(&diagnostics, &sources, self.environment);
        let Some(merged) = merged else {
            say(&diagnostics, &sources, &Privacy::names(), self.environment, Errors::ForPeople);
            return Err(Trouble::Reported);
        };
        if merged.text == self.text {
            return Ok(merged.counts);
        }
        let before = std::mem::replace(&mut self.text, merged.text);
        let as_it_would_be = format!("{} as it would be", self.path.display());
        if let Err(trouble) = self.understood(as_it_would_be) {
            self.text = before;
            if let Trouble::Reported = trouble {
                let error = anyhow::anyhow!("nothing was written: the merged portfolio would not be valid");
                return Err(error.into());
            }
            return Err(trouble);
        }
        Ok(merged.counts)
    }

    /// The text as a portfolio; what is wrong with it is said.
    fn understood(&self, name: String) -> Result<(Sources, OwnPolicy), Trouble> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        sources.add(name, Ok(self.text.as_bytes().to_vec()), &mut diagnostics);
        let catalog = rules::catalog();
        let clock = Clock { as_of: None, today: Environment::today()? };
        let options = ReadOptions { clock, policy_file: None, catalog: &catalog };
        let Some(own) = model::read(&sources, options, &mut diagnostics) else {
            say(&diagnostics, &sources, &Privacy::names(), self.environment, Errors::ForPeople);
            return Err(Trouble::Reported);
        };
        Ok((sources, own))
    }

    /// Whether anything came of it.
    pub(super) fn is_changed(&self) -> bool {
        self.text != self.before
    }

    /// What came of it, as `git apply` reads it.
    pub(super) fn diff(&self) -> String {
        unified(&self.path.display().to_string(), &self.before, &self.text)
    }

    /// Puts the new text in place, unless somebody changed the file meanwhile.
    pub(super) fn write(&self) -> Result<(), Trouble> {
        Ok(write_all(&[Replacement { path: self.path, before: &self.before, after: &self.text }])?)
    }
}

pub(super) fn run(
    draft: &Draft,
    path: &Path,
    to: &Destination,
    environment: &Environment,
) -> Result<(), Trouble> {
    let shown = terminal(&path.display().to_string());
    let mut portfolio = Growing::read(path, environment)?;
    let counts = portfolio.add(draft, &to.update, to.close_gone)?;
    let what = match (portfolio.is_changed(), to.dry_run) {
        (false, _) => "nothing to add to",
        (true, true) => "would change",
        (true, false) => "changed",
    };
    if portfolio.is_changed() && to.dry_run {
        text_to_stdout(&portfolio.diff())?;
    } else if portfolio.is_changed() {
        portfolio.write()?;
    }
    to_stderr(&format!("{what} {shown}: {}\n", done(counts)));
    Ok(())
}

/// What a merge did, in words.
pub(super) fn done(counts: Counts) -> String {
    let mut done = format!(
        "{} and {} added, {} updated",
        counted(counts.added_items, "item", "items"),
        counted(counts.added_keys, "key", "keys"),
        counted(counts.updated, "value", "values"),
    );
    if counts.closed > 0 {
        done.push_str(&format!(", {} closed", counts.closed));
    }
    match counts.conflicts {
        0 => {}
        1 => done.push_str(", 1 conflict left as it is"),
        many => done.push_str(&format!(", {many} conflicts left as they are")),
    }
    if counts.of_others > 0 {
        let left = counted(counts.of_others, "value", "values");
        done.push_str(&format!(", {left} left as another import wrote them"));
    }
    if counts.gone > 0 {
        done.push_str(&format!(", {} gone", counts.gone));
    }
    done
}
