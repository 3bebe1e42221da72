//! Names that are written where an id belongs: where exactly one item has that name, its id can be told.

use super::Portfolio;
use crate::base::message::{Message, Quote, message};
use crate::base::names::{FastMap, Name};
use crate::source::Diagnostics;

/// Ids by display name and kind; none where two items have the name.
#[derive(Default)]
struct DisplayNames(FastMap<(&'static str, Name), Option<Name>>);

/// What has a display name.
const KINDS: [&str; 3] = ["person", "squad", "guild"];

impl DisplayNames {
    /// Those of a portfolio.
    fn of(portfolio: &Portfolio) -> DisplayNames {
        let mut all = DisplayNames::default();
        portfolio.people.iter().for_each(|one| all.add("person", one.name, one.id));
        portfolio.squads.iter().for_each(|one| all.add("squad", one.name, one.id));
        portfolio.guilds.iter().for_each(|one| all.add("guild", one.name, one.id));
        all
    }

    fn add(&mut self, kind: &'static str, name: Option<Name>, id: Name) {
        if let Some(name) = name {
            self.0.entry((kind, name)).and_modify(|first| *first = None).or_insert(Some(id));
        }
    }

    /// The id of the one item of a kind that has this name.
    fn id(&self, kind: &'static str, name: Name) -> Option<Name> {
        self.0.get(&(kind, name)).copied().flatten()
    }

    /// The id of the one item of any kind that has this name.
    fn id_of_any(&self, name: Name) -> Option<(&'static str, Name)> {
        let mut all = KINDS.into_iter().filter_map(|kind| Some((kind, self.id(kind, name)?)));
        all.next().filter(|_| all.next().is_none())
    }
}

/// What to type instead of a name.
fn write_the_id(name: &str, kind: &'static str, id: &str) -> Message<Quote> {
    message!("`", name.to_owned(), "` is the name of the ", kind, " `", id.to_owned(), "`: write the id")
}

/// Says which id is meant where a name, which is no id, is written instead.
pub(super) fn explain(portfolio: &Portfolio, diagnostics: &mut Diagnostics) {
    if !diagnostics.iter().any(|one| one.instead_of_id.is_some()) {
        return;
    }
    let names = DisplayNames::of(portfolio);
    diagnostics.review(|mut all| {
        for one in &mut all {
            let Some((text, kind)) = &one.instead_of_id else { continue };
            let known = portfolio.names.find(text).and_then(|name| match *kind {
                Some(kind) => Some((kind, names.id(kind, name)?)),
                None => names.id_of_any(name),
            });
            if let Some((kind, id)) = known {
                one.help = Some(write_the_id(text, kind, portfolio.text(id)));
            }
        }
        all
    });
}
