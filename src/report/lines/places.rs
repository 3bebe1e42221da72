//! Where each line comes from: the keys become lines of their files, each file read once more and only where a key in it
//! is wanted.

use std::collections::HashMap;

use super::super::Location;
use super::super::speak::Speaker;
use crate::base::ids::PersonIx;
use crate::model::{How, Lines, Portfolio};
use crate::records::locate;
use crate::records::words::Line;
use crate::source::{ItemAt, Place, Sources, Spot};

/// The places of keys, found.
#[derive(Default)]
pub(super) struct Places(HashMap<How, Location>);

impl Places {
    /// Finds the keys by which these people have their owners; none where files and lines are withheld.
    pub(super) fn of(
        people: &[PersonIx],
        lines: &Lines,
        portfolio: &Portfolio,
        speaker: &Speaker<'_>,
        sources: &Sources,
    ) -> Places {
        if !speaker.privacy().shows_locations() {
            return Places::default();
        }
        let mut wanted: HashMap<How, Place> = HashMap::new();
        for person in people {
            for how in [Line::Delivery, Line::Craft].into_iter().filter_map(|line| lines.how(line, *person)) {
                wanted.entry(how).or_insert_with(|| how.place(portfolio));
            }
        }
        locate::resolve(sources, &mut wanted.values_mut().collect());
        let location = |(how, place): (How, Place)| {
            let Spot::Exact(mark, _) = place.spot else { return None };
            Some((how, speaker.location(sources, ItemAt { file: place.file, mark })?))
        };
        Places(wanted.into_iter().filter_map(location).collect())
    }

    /// Where a key is written.
    pub(super) fn get(&self, how: How) -> Option<Location> {
        self.0.get(&how).cloned()
    }
}
