//! Which meeting of the text a 1:1 of the import is. The key is the pair of people, so that a renamed, moved or split
//! series stays the same meeting; where a pair has several, its calendar's identity, its title and its job tell them apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Merger, record};
use crate::base::day::Day;
use crate::base::ids::{MeetingIx, PersonIx, Subject};
use crate::import::draft::{Item, Value};
use crate::records::words::Purpose;

/// The two people, in one order.
pub(super) type Pair = (PersonIx, PersonIx);

/// A way to tell that a 1:1 of the import is this meeting.
type Way<'w> = dyn Fn(&Item, MeetingIx) -> bool + 'w;

/// A key's value in an item of the import.
pub(super) fn told<'i>(item: &'i Item, key: &str) -> Option<&'i str> {
    item.keys.iter().find_map(|(name, value)| match value {
        Value::Text(text) | Value::Word(text) if *name == key => Some(text.as_str()),
        _ => None,
    })
}

impl Merger<'_> {
    /// The id in the text of each of these items, which are in terms of the text; none for those that are new.
    pub(super) fn meetings(&self, items: &[Item]) -> Vec<Option<String>> {
        let mut found: Vec<Option<MeetingIx>> = vec![None; items.len()];
        let mut by_pair: BTreeMap<Pair, Vec<usize>> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            if let Some(pair) = self.pair(item) {
                by_pair.entry(pair).or_default().push(index);
            }
        }
        let here = self.meetings_by_pair(&by_pair);
        let by_uid = self.meetings_by_uid();
        for (pair, ours) in &by_pair {
            let Some(theirs) = here.get(pair) else { continue };
            let mut free: BTreeSet<MeetingIx> = theirs.iter().copied().collect();
            let ways: [&Way<'_>; 4] = [
                &|item, at| {
                    let uid = item.uid.as_deref().map(record::of_uid);
                    uid.is_some_and(|uid| by_uid.get(&uid).is_some_and(|known| known.contains(&at)))
                },
                &|item, at| self.has_title(at, told(item, "title")),
                &|item, at| self.into.portfolio.text(self.into.portfolio.meeting(at).id) == item.id,
                &|item, at| {
                    let purpose = self.into.portfolio.meeting(at).purpose.map(Purpose::word);
                    purpose.is_some() && purpose == told(item, "purpose")
                },
            ];
            for is_it in ways {
                for index in ours {
                    if found[*index].is_none() {
                        let at = free.iter().copied().find(|at| is_it(&items[*index], *at));
                        free.retain(|one| Some(*one) != at);
                        found[*index] = at;
                    }
                }
            }
            // What is left of both is one meeting that changed, unless the one had ended before the other began.
            let goes_on = |at: &MeetingIx, item: &Item| {
                let since = told(item, "since").and_then(Day::parse);
                let until = self.into.portfolio.meeting(*at).until;
                until.is_none_or(|until| since.is_none_or(|since| since < until))
            };
            let left: Vec<usize> = ours.iter().copied().filter(|index| found[*index].is_none()).collect();
            let runs = |index: &&usize| told(&items[**index], "until").is_none();
            if let (Some(at), Some(index)) = (free.first(), left.iter().find(runs).or(left.first()))
                && free.len() == 1
                && goes_on(at, &items[*index])
            {
                found[*index] = Some(*at);
            }
        }
        let id = |at: MeetingIx| self.into.portfolio.text(self.into.portfolio.meeting(at).id).to_owned();
        found.into_iter().map(|at| at.map(id)).collect()
    }

    fn pair(&self, item: &Item) -> Option<Pair> {
        let person = |key| match self.into.portfolio.find("person", told(item, key)?)? {
            Subject::Person(person) => Some(person),
            _ => None,
        };
        let (owner, with) = (person("owner")?, person("with")?);
        Some((owner.min(with), owner.max(with)))
    }

    fn meetings_by_pair(&self, wanted: &BTreeMap<Pair, Vec<usize>>) -> HashMap<Pair, Vec<MeetingIx>> {
        let portfolio = self.into.portfolio;
        let mut by_pair: HashMap<Pair, Vec<MeetingIx>> = HashMap::new();
        for at in portfolio.meeting_positions() {
            let Some((owner, with)) = self.into.lines.sides(portfolio.meeting(at)) else { continue };
            let pair = (owner.min(with), owner.max(with));
            if wanted.contains_key(&pair) {
                by_pair.entry(pair).or_default().push(at);
            }
        }
        by_pair
    }

    /// The meetings whose lines remember an identity of a calendar, by its digest. That of another value may be the
    /// same by chance, so it only counts among the meetings of one pair.
    fn meetings_by_uid(&self) -> HashMap<record::Digest, Vec<MeetingIx>> {
        let mut by_uid: HashMap<record::Digest, Vec<MeetingIx>> = HashMap::new();
        for (key, digests) in self.record.iter().filter(|(key, _)| key.section == "meetings") {
            if let Some(Subject::Meeting(at)) = self.into.portfolio.find("meeting", &key.id) {
                for digest in digests {
                    by_uid.entry(*digest).or_default().push(at);
                }
            }
        }
        by_uid
    }

    fn has_title(&self, at: MeetingIx, title: Option<&str>) -> bool {
        let portfolio = self.into.portfolio;
        let here = portfolio.meeting(at).title.map(|title| portfolio.text(title).to_lowercase());
        here.is_some() && here == title.map(str::to_lowercase)
    }

    /// An id for a new meeting that holds no mail address of somebody who has another id here.
    pub(super) fn name_meeting(&self, item: &mut Item, taken: &BTreeSet<String>) {
        let is_free = |id: &str| !taken.contains(id) && self.into.portfolio.find("meeting", id).is_none();
        let (Some(owner), Some(with)) = (told(item, "owner"), told(item, "with")) else { return };
        let holds = |id: &str| item.id.split("--").any(|part| part == id);
        if holds(owner) && holds(with) && is_free(&item.id) {
            return;
        }
        let (one, other) = (owner.min(with), owner.max(with));
        let first = format!("{one}--{other}");
        // The import has numbered those of one pair already.
        let number = item.id.rsplit("--").next().and_then(|last| last.parse().ok()).unwrap_or(2);
        let numbered = (number..=u32::MAX).map(|number| format!("{first}--{number}"));
        if let Some(id) = std::iter::once(first.clone()).chain(numbered).find(|id| is_free(id)) {
            item.id = id;
        }
    }
}
