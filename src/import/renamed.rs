//! People who go by another id elsewhere: a calendar knows them by address, an HR system by number. What refers to them, and
//! the ids of meetings that are made of theirs, follow.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::draft::{Draft, DraftMeeting, Made};

/// Ids of people by what else they are called.
pub type Known = BTreeMap<Rc<str>, Rc<str>>;

/// Whom a draft knows by an alias.
pub fn aliases(draft: &Draft) -> Known {
    let of = |(id, person): (&Rc<str>, &super::DraftPerson)| {
        person.aliases.iter().map(|alias| (Rc::clone(alias), Rc::clone(id))).collect::<Vec<_>>()
    };
    draft.people.iter().flat_map(of).collect()
}

/// A draft in which people go by the ids that are known.
pub fn in_terms_of(known: &Known, draft: Draft) -> Draft {
    let is_known = |id: &Rc<str>| known.contains_key(id);
    if !draft.people.keys().any(is_known) {
        return draft;
    }
    let here = |id: &Rc<str>| Rc::clone(known.get(id).unwrap_or(id));
    let Draft { people, meetings, meetings_of, squads, guilds, counts, notes, made_by } = draft;
    let mut meetings_here: BTreeMap<Rc<str>, DraftMeeting> = BTreeMap::new();
    let mut new_ids: Known = BTreeMap::new();
    for (id, mut meeting) in meetings {
        let sides = [Some(Rc::clone(&meeting.owner)), meeting.with.clone()];
        let new: Rc<str> = match &sides {
            [Some(owner), Some(with)] => meeting_id(&id, [owner, with], [&here(owner), &here(with)]).into(),
            _ => Rc::clone(&id),
        };
        new_ids.insert(id, Rc::clone(&new));
        meeting.owner = here(&meeting.owner);
        meeting.with = meeting.with.as_ref().map(here);
        meetings_here.entry(new).or_insert(meeting);
    }
    Draft {
        people: people.into_iter().map(|(id, person)| (here(&id), person)).collect(),
        meetings: meetings_here,
        meetings_of: meetings_of.iter().map(here).collect(),
        squads,
        guilds,
        counts,
        notes,
        made_by: made_by.into_iter().map(|made| made_here(made, &here, &new_ids)).collect(),
    }
}

/// What a source holds, by the ids that its people and meetings have now.
fn made_here(made: Made, person: &impl Fn(&Rc<str>) -> Rc<str>, meetings: &Known) -> Made {
    let renamed = |(section, id): (&'static str, Rc<str>)| match section {
        "people" => (section, person(&id)),
        "meetings" => (section, meetings.get(&id).map(Rc::clone).unwrap_or(id)),
        _ => (section, id),
    };
    Made { items: made.items.map(|items| items.into_iter().map(renamed).collect()), ..made }
}

/// The id of a meeting that is made of the ids of its two people, with their ids here.
pub fn meeting_id(id: &str, [one, other]: [&str; 2], [new_one, new_other]: [&str; 2]) -> String {
    let turned = [(one, other, new_one, new_other), (other, one, new_other, new_one)];
    for (first, second, new_first, new_second) in turned {
        let rest = id.strip_prefix(first).and_then(|rest| rest.strip_prefix("--"));
        if let Some(rest) = rest.and_then(|rest| rest.strip_prefix(second))
            && (rest.is_empty() || rest.starts_with("--"))
        {
            return format!("{new_first}--{new_second}{rest}");
        }
    }
    id.to_owned()
}
