//! What every kind of import has in common while it runs: the files, and the readers that several kinds share.

use super::audit::CalendarArgs;
use super::env::Environment;
use super::import_args::Files;
use super::load::{Errors, say, warn};
use super::trouble::Trouble;
use crate::base::message::message;
use crate::import::dates::Order;
use crate::import::merge::record;
use crate::import::{Draft, csv, events, ics, ids, xlsx};
use crate::report::Privacy;
use crate::source::foreign::{self, Foreign, HowToRead};
use crate::source::{Code, Diagnostic, Diagnostics, Origin, Sources};

/// What an import is made of while it runs.
pub(super) struct Run<'r> {
    pub(super) environment: &'r Environment,
    pub(super) sources: Sources,
    pub(super) diagnostics: Diagnostics,
}

impl<'r> Run<'r> {
    pub(super) fn new(environment: &'r Environment) -> Run<'r> {
        Run { environment, sources: Sources::default(), diagnostics: Diagnostics::default() }
    }

    pub(super) fn read(
        &mut self,
        files: &Files,
        endings: &[&str],
        encoding: Option<&'static encoding_rs::Encoding>,
    ) -> Vec<Foreign> {
        let origins = Origin::all(&files.paths);
        foreign::read(&mut self.sources, &origins, HowToRead { endings, encoding }, &mut self.diagnostics)
    }

    /// Says what is wrong with the files; an error ends the run.
    pub(super) fn say(&self) -> Result<(), Trouble> {
        if self.diagnostics.errors() > 0 {
            // Warnings about what was not imported would only hide them.
            say(&self.diagnostics, &self.sources, &Privacy::names(), self.environment, Errors::ForPeople);
            return Err(Trouble::Reported);
        }
        warn(&self.diagnostics, &self.sources, self.environment);
        Ok(())
    }

    pub(super) fn name(&self, foreign: &Foreign) -> String {
        self.sources.name(foreign.file).map_or_else(String::new, |name| name.raw().to_owned())
    }
}

/// The 1:1s of calendars and the people in them.
pub(super) fn calendars(
    args: &CalendarArgs,
    order: Option<Order>,
    read: &[Foreign],
    run: &mut Run<'_>,
) -> Result<Draft, Trouble> {
    events::converted(read, &mut run.sources, (order, args.day()?), &mut run.diagnostics);
    let calendars = args.read(read, &mut run.sources, &mut run.diagnostics)?;
    if run.diagnostics.errors() == 0
        && !calendars.found.iter().any(|one| one.missing.is_empty() && one.people.len() == 2)
    {
        let message =
            message!("no 1:1 between two known people in these calendars, so there is nothing to import");
        run.diagnostics.push(
            Diagnostic::nowhere(Code::Nobody, message).help(message!("debt audit shows what was read")),
        );
    }
    if run.diagnostics.iter().next().is_none() {
        // Nothing is to be said about lines of them: a large calendar need not be held twice. Files of other kinds are
        // still to be read.
        for one in read {
            run.sources.forget_text(one.file);
        }
    }
    let source = match &calendars.me {
        Some(me) => format!("{}:{}", record::CALENDAR, ids::near(me, |_| false)),
        None => record::CALENDAR.to_owned(),
    };
    Ok(ics::draft(calendars).by(source))
}

/// The people of tables and workbooks, and how each file was understood.
pub(super) fn people_of(
    files: Vec<Foreign>,
    sheet: Option<&str>,
    options: &csv::Options,
    run: &mut Run<'_>,
) -> (Draft, Vec<String>) {
    let mut whole = Draft::default();
    let mut previews = Vec::new();
    for mut one in files {
        let mut notes = Vec::new();
        if one.is_workbook {
            match xlsx::unpack(&mut one, sheet, &mut run.sources, &mut run.diagnostics) {
                Some(told) => notes = told,
                None => continue,
            }
        }
        let import = csv::read(&one, &mut run.sources, options, &mut run.diagnostics);
        previews.push(format!("file       {}", run.name(&one)));
        previews.extend(import.preview);
        whole.notes.extend(notes);
        whole.join(import.draft);
    }
    (whole, previews)
}
