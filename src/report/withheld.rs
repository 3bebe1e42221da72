//! Errors and warnings about an input, without the input's text: the same places and our own words, as far as the
//! privacy that was asked for lets them.

use std::sync::Arc;

use super::privacy::Privacy;
use crate::base::message::{Message, Part, Quote};
use crate::base::names::Untrusted;
use crate::source::{At, Diagnostic, Diagnostics, Place, Source, Sources};

/// Stands for text that is not shown.
pub(super) const WITHHELD: &str = "(withheld)";

impl Privacy {
    /// The diagnostics and the sources that a renderer may see; `None` if it may see all. The sources have no
    /// text then, so that no line of a file can be shown.
    pub fn withhold(&self, found: &Diagnostics, sources: &Sources) -> Option<(Diagnostics, Sources)> {
        if !self.withholds_text() && self.shows_places_of_errors() {
            return None;
        }
        let seen = found.each(|one| self.diagnostic(one));
        let source = |(index, source): (usize, &Source)| Source {
            // A folder of files is named after its people often enough.
            name: if self.shows_locations() {
                source.name.clone()
            } else {
                Untrusted::new(format!("file {}", index + 1))
            },
            text: String::new(),
            path: None,
            at: Some(if self.shows_locations() { source.at() } else { Arc::new(At::Nowhere) }),
        };
        Some((seen, Sources(sources.0.iter().enumerate().map(source).collect())))
    }

    fn diagnostic(&self, one: &Diagnostic) -> Diagnostic {
        let place = |place: &Place| self.shows_places_of_errors().then(|| place.clone());
        Diagnostic {
            instead_of_id: None,
            message: self.said(&one.message),
            expected: one.expected.as_ref().map(|said| self.said(said)),
            // A suggestion is nothing without the word that it suggests.
            help: one.help.as_ref().filter(|said| self.is_told(said)).map(|said| self.said(said)),
            place: one.place.as_ref().and_then(place),
            also: one.also.as_ref().and_then(|(also, how)| Some((place(also)?, *how))),
            ..*one
        }
    }

    fn is_told(&self, message: &Message<Quote>) -> bool {
        let is_text = |part: &Part<Quote>| matches!(part, Part::Fact(Quote::Text(_)));
        !(self.withholds_text() && message.0.iter().any(is_text))
    }

    fn said(&self, message: &Message<Quote>) -> Message<Quote> {
        let part = |part: &Part<Quote>| match part {
            Part::Fact(Quote::File(_)) if !self.shows_locations() => Part::from("(a file)"),
            Part::Fact(Quote::Text(_)) if self.withholds_text() => Part::from(WITHHELD),
            Part::Words(_) | Part::Day(_) | Part::Fact(Quote::File(_) | Quote::Text(_)) => part.clone(),
        };
        Message(message.0.iter().map(part).collect())
    }
}
