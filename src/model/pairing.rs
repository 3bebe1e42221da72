//! Which item of one portfolio is the same as which of another: the same id (or an alias of the later one) about the
//! same person; then, among the unpaired items about one person, the most similar.

use std::collections::HashMap;

use super::{Lines, Portfolio, target};
use crate::base::ids::{
    ConversationIx, DecisionIx, GuildIx, MeetingIx, MentorshipIx, PersonIx, PromotionIx, SquadIx, Subject,
};
use crate::records::words::{Line, MeetingKind};
use crate::source::ItemAt;

/// Positions in the other portfolio, both ways, section by section.
#[derive(Debug)]
pub struct Pairing {
    people: Section,
    squads: Section,
    guilds: Section,
    meetings: Section,
    conversations: Section,
    decisions: Section,
    promotions: Section,
    mentorships: Section,
}

/// The pairs of one section, both ways.
#[derive(Debug)]
struct Section {
    to_head: Vec<Option<usize>>,
    to_base: Vec<Option<usize>>,
}

/// An item of a section while it is looked for on the other side.
struct Entry<'p> {
    id: &'p str,
    at: ItemAt,
    /// What it is about; only items about the same are the same.
    about: About,
    /// Whether it may be paired with an item of another id.
    may_change_id: bool,
    /// Whether nobody wrote its id: several items of the same two people may share such a one in turn.
    is_derived: bool,
}

/// What an item is about, so that both sides can be compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum About {
    /// A person who is in the base; of an item of the head, one who is in both.
    Person(usize),
    /// A person who is in the head alone.
    Newcomer(usize),
    /// Nobody: people themselves, groups, team meetings, decisions.
    Nobody,
}

/// Whether two items, by their positions, are alike in some way.
type Likeness<'l> = &'l dyn Fn(usize, usize) -> bool;

impl Section {
    /// Pairs by id what is about the same, then what is left over about the same person: the first likeness that finds
    /// a pair decides. An id that is derived on either side gives way to a record that says the same under another id.
    /// Both lists are in the order of ids.
    fn new(
        base: &[Entry<'_>],
        head: &[Entry<'_>],
        same: Likeness<'_>,
        same_record: Likeness<'_>,
        likenesses: &[Likeness<'_>],
    ) -> Section {
        let mut section = Section { to_head: vec![None; base.len()], to_base: vec![None; head.len()] };
        let (mut one, mut other) = (0, 0);
        let mut namesakes = Vec::new();
        while let (Some(left), Some(right)) = (base.get(one), head.get(other)) {
            match left.id.cmp(right.id) {
                std::cmp::Ordering::Less => one += 1,
                std::cmp::Ordering::Greater => other += 1,
                std::cmp::Ordering::Equal => {
                    let is_derived = base[one].is_derived || head[other].is_derived;
                    if same(one, other) && is_derived && !same_record(one, other) {
                        namesakes.push((one, other));
                    } else if same(one, other) {
                        section.pair(one, other);
                    }
                    one += 1;
                    other += 1;
                }
            }
        }
        if !namesakes.is_empty() {
            section.pair_leftovers(base, head, &[same_record]);
        }
        for (one, other) in namesakes {
            if section.to_head[one].is_none() && section.to_base[other].is_none() {
                section.pair(one, other);
            }
        }
        section.pair_leftovers(base, head, likenesses);
        section
    }

    fn pair(&mut self, base: usize, head: usize) {
        self.to_head[base] = Some(head);
        self.to_base[head] = Some(base);
    }

    fn pair_leftovers(&mut self, base: &[Entry<'_>], head: &[Entry<'_>], likenesses: &[Likeness<'_>]) {
        let mut left: HashMap<About, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for at in in_file_order(base).filter(|at| self.to_head[*at].is_none()) {
            left.entry(base[at].about).or_default().0.push(at);
        }
        for at in in_file_order(head).filter(|at| self.to_base[*at].is_none()) {
            if let Some((_, heads)) = left.get_mut(&head[at].about) {
                heads.push(at);
            }
        }
        for (bases, heads) in left.values() {
            for alike in likenesses {
                for one in bases.iter().copied() {
                    let free = |other: &usize| self.to_base[*other].is_none() && alike(one, *other);
                    let found = heads.iter().copied().find(free).filter(|_| self.to_head[one].is_none());
                    if let Some(other) = found {
                        self.pair(one, other);
                    }
                }
            }
        }
    }
}

/// The items that may have another id now, in the order of their files.
fn in_file_order(entries: &[Entry<'_>]) -> impl Iterator<Item = usize> {
    let mut order: Vec<usize> = (0..entries.len()).filter(|at| entries[*at].may_change_id).collect();
    order.sort_by_key(|at| entries[*at].at);
    order.into_iter()
}

impl Pairing {
    /// Pairs two portfolios. `base` must have taken over the ids of the head's aliases (`adopt_ids`); the lines say
    /// whom a 1:1 is about that was written from the other side.
    pub fn new(base: &Portfolio, base_lines: &Lines, head: &Portfolio, head_lines: &Lines) -> Pairing {
        let people = by_id(base, head, |side| side.person_positions().map(Subject::Person).collect());
        let squads = by_id(base, head, |side| side.squad_positions().map(Subject::Squad).collect());
        let guilds = by_id(base, head, |side| side.guild_positions().map(Subject::Guild).collect());
        let of_base = |person: PersonIx| About::Person(person.index());
        let of_head = |person: PersonIx| match people.to_base.get(person.index()).copied().flatten() {
            Some(base) => About::Person(base),
            None => About::Newcomer(person.index()),
        };
        let sides =
            (Side { portfolio: base, lines: base_lines }, Side { portfolio: head, lines: head_lines });
        let meetings = sides.0.meetings(&sides.1, &of_base, &of_head);
        let conversations = sides.0.conversations(&sides.1, &of_base, &of_head);
        let decisions = sides.0.decisions(&sides.1, &squads);
        let promotions = sides.0.promotions(&sides.1, &of_base, &of_head);
        let mentorships = sides.0.mentorships(&sides.1, &of_base, &of_head);
        Pairing { people, squads, guilds, meetings, conversations, decisions, promotions, mentorships }
    }

    /// The same item of the head.
    pub fn in_head(&self, subject: Subject) -> Option<Subject> {
        self.other(subject, |section| &section.to_head)
    }

    /// The same item of the base.
    pub fn in_base(&self, subject: Subject) -> Option<Subject> {
        self.other(subject, |section| &section.to_base)
    }

    /// The same person of the head.
    pub fn person(&self, person: PersonIx) -> Option<PersonIx> {
        self.people.to_head.get(person.index()).copied().flatten().map(PersonIx::at)
    }

    /// The same person of the base.
    pub fn person_in_base(&self, person: PersonIx) -> Option<PersonIx> {
        self.people.to_base.get(person.index()).copied().flatten().map(PersonIx::at)
    }

    fn other(&self, subject: Subject, way: fn(&Section) -> &Vec<Option<usize>>) -> Option<Subject> {
        let find = |section: &Section, at: usize| way(section).get(at).copied().flatten();
        Some(match subject {
            Subject::Person(at) => Subject::Person(PersonIx::at(find(&self.people, at.index())?)),
            Subject::Squad(at) => Subject::Squad(SquadIx::at(find(&self.squads, at.index())?)),
            Subject::Guild(at) => Subject::Guild(GuildIx::at(find(&self.guilds, at.index())?)),
            Subject::Meeting(at) => Subject::Meeting(MeetingIx::at(find(&self.meetings, at.index())?)),
            Subject::Conversation(at) => {
                Subject::Conversation(ConversationIx::at(find(&self.conversations, at.index())?))
            }
            Subject::Decision(at) => Subject::Decision(DecisionIx::at(find(&self.decisions, at.index())?)),
            Subject::Promotion(at) => {
                Subject::Promotion(PromotionIx::at(find(&self.promotions, at.index())?))
            }
            Subject::Mentorship(at) => {
                Subject::Mentorship(MentorshipIx::at(find(&self.mentorships, at.index())?))
            }
            Subject::Portfolio => Subject::Portfolio,
        })
    }
}

/// Pairs a section by id alone.
fn by_id(base: &Portfolio, head: &Portfolio, subjects: fn(&Portfolio) -> Vec<Subject>) -> Section {
    fn entries(side: &Portfolio, subjects: Vec<Subject>) -> Vec<Entry<'_>> {
        let entry = |subject| {
            let at = side.subject_at(subject)?;
            Some(Entry {
                id: side.subject_id(subject),
                at,
                about: About::Nobody,
                may_change_id: false,
                is_derived: false,
            })
        };
        subjects.into_iter().filter_map(entry).collect()
    }
    let (base, head) = (entries(base, subjects(base)), entries(head, subjects(head)));
    Section::new(&base, &head, &|_, _| true, &|_, _| true, &[])
}

/// One side while sections are paired that are about people.
struct Side<'p> {
    portfolio: &'p Portfolio,
    lines: &'p Lines,
}

/// What an item about a person is about, on one side.
type AboutPerson<'a> = &'a dyn Fn(PersonIx) -> About;

impl Side<'_> {
    fn entry(&self, subject: Subject, at: ItemAt, about: Option<About>, may_change_id: bool) -> Entry<'_> {
        let about = about.unwrap_or(About::Nobody);
        let is_derived = match subject {
            Subject::Meeting(at) => self.portfolio.meeting(at).derived_id,
            Subject::Mentorship(at) => self.portfolio.mentorship(at).derived_id,
            // What the ids of conversations and promotions are derived from tells their items apart.
            Subject::Conversation(_)
            | Subject::Promotion(_)
            | Subject::Person(_)
            | Subject::Squad(_)
            | Subject::Guild(_)
            | Subject::Decision(_)
            | Subject::Portfolio => false,
        };
        Entry { id: self.portfolio.subject_id(subject), at, about, may_change_id, is_derived }
    }

    /// Meetings: with the same record, or else a job in common, then as they are in the file. Team meetings go by their
    /// id alone.
    fn meetings(&self, head: &Side<'_>, of_base: AboutPerson<'_>, of_head: AboutPerson<'_>) -> Section {
        fn entries<'s>(side: &'s Side<'_>, about: AboutPerson<'_>) -> Vec<Entry<'s>> {
            let entry = |at| {
                let meeting = side.portfolio.meeting(at);
                let with = side.lines.sides(meeting).map(|(_, with)| about(with));
                let may_change_id = with.is_some() && meeting.kind != MeetingKind::Team;
                side.entry(Subject::Meeting(at), meeting.at, with, may_change_id)
            };
            side.portfolio.meeting_positions().map(entry).collect()
        }
        let jobs = |side: &Portfolio, at| side.meeting(MeetingIx::at(at)).jobs();
        let job_in_common = |one, other| {
            let (was, is) = (jobs(self.portfolio, one), jobs(head.portfolio, other));
            [Line::Delivery, Line::Craft].into_iter().any(|line| was.has(line) && is.has(line))
        };
        // Lines that changed may turn a 1:1 round; its record is the same all the same.
        let written = |side: &Portfolio, at, about: AboutPerson<'_>| {
            let meeting = side.meeting(MeetingIx::at(at));
            meeting.owner.target().zip(target(meeting.with)).map(|(one, other)| (about(one), about(other)))
        };
        let as_written = |one, other| {
            let is = written(head.portfolio, other, of_head);
            is.is_some() && written(self.portfolio, one, of_base) == is
        };
        let same_record = |one, other| {
            let (was, is) =
                (self.portfolio.meeting(MeetingIx::at(one)), head.portfolio.meeting(MeetingIx::at(other)));
            let jobs = was.purpose == is.purpose && was.agenda == is.agenda && was.kind == is.kind;
            let dates = was.since == is.since && was.until == is.until && was.last_held == is.last_held;
            let calendar = was.every == is.every && was.cancelled_in_a_row == is.cancelled_in_a_row;
            as_written(one, other) && jobs && dates && calendar
        };
        let (base, head) = (entries(self, of_base), entries(head, of_head));
        Section::new(
            &base,
            &head,
            &|one, other| base[one].about == head[other].about || as_written(one, other),
            &same_record,
            &[&same_record, &job_in_common, &|_, _| true],
        )
    }

    /// Conversations: of the same kind, then raised on the same day.
    fn conversations(&self, head: &Side<'_>, of_base: AboutPerson<'_>, of_head: AboutPerson<'_>) -> Section {
        fn entries<'s>(side: &'s Side<'_>, about: AboutPerson<'_>) -> Vec<Entry<'s>> {
            let entry = |at| {
                let talk = side.portfolio.conversation(at);
                side.entry(Subject::Conversation(at), talk.at, talk.with.target().map(about), true)
            };
            side.portfolio.conversation_positions().map(entry).collect()
        }
        let was = |at| self.portfolio.conversation(ConversationIx::at(at));
        let is = |at| head.portfolio.conversation(ConversationIx::at(at));
        let kind = |one, other| was(one).kind == is(other).kind;
        let raised = |one, other| was(one).raised == is(other).raised;
        let both = |one, other| kind(one, other) && raised(one, other);
        let (base, head) = (entries(self, of_base), entries(head, of_head));
        Section::new(
            &base,
            &head,
            &|one, other| base[one].about == head[other].about,
            &|_, _| true,
            &[&both, &kind, &raised],
        )
    }

    /// Decisions: in the same squad, or in none on one side; then raised on the same day.
    fn decisions(&self, head: &Side<'_>, squads: &Section) -> Section {
        fn entries<'s>(side: &'s Side<'_>) -> Vec<Entry<'s>> {
            let entry = |at| side.entry(Subject::Decision(at), side.portfolio.decision(at).at, None, true);
            side.portfolio.decision_positions().map(entry).collect()
        }
        let was = |at| self.portfolio.decision(DecisionIx::at(at));
        let is = |at| head.portfolio.decision(DecisionIx::at(at));
        let squad = |one, other| match (target(was(one).squad), target(is(other).squad)) {
            (Some(was), Some(is)) => squads.to_head.get(was.index()).copied().flatten() == Some(is.index()),
            _ => true,
        };
        let raised = |one, other| squad(one, other) && was(one).raised == is(other).raised;
        Section::new(&entries(self), &entries(head), &squad, &|_, _| true, &[&raised])
    }

    /// Promotions: decided on the same day, then as they are in the file.
    fn promotions(&self, head: &Side<'_>, of_base: AboutPerson<'_>, of_head: AboutPerson<'_>) -> Section {
        fn entries<'s>(side: &'s Side<'_>, about: AboutPerson<'_>) -> Vec<Entry<'s>> {
            let entry = |at| {
                let promotion = side.portfolio.promotion(at);
                side.entry(Subject::Promotion(at), promotion.at, promotion.person.target().map(about), true)
            };
            side.portfolio.promotion_positions().map(entry).collect()
        }
        let decided = |side: &Portfolio, at| side.promotion(PromotionIx::at(at)).decided;
        let same_day = |one, other| decided(self.portfolio, one) == decided(head.portfolio, other);
        let (base, head) = (entries(self, of_base), entries(head, of_head));
        Section::new(
            &base,
            &head,
            &|one, other| base[one].about == head[other].about,
            &|_, _| true,
            &[&same_day, &|_, _| true],
        )
    }

    /// Mentorships: with the same mentor, then as they are in the file.
    fn mentorships(&self, head: &Side<'_>, of_base: AboutPerson<'_>, of_head: AboutPerson<'_>) -> Section {
        fn entries<'s>(side: &'s Side<'_>, about: AboutPerson<'_>) -> Vec<Entry<'s>> {
            let entry = |at| {
                let mentorship = side.portfolio.mentorship(at);
                let mentee = mentorship.mentee.target().map(about);
                side.entry(Subject::Mentorship(at), mentorship.at, mentee, true)
            };
            side.portfolio.mentorship_positions().map(entry).collect()
        }
        let mentor = |side: &Portfolio, at, about: AboutPerson<'_>| {
            side.mentorship(MentorshipIx::at(at)).mentor.target().map(about)
        };
        let same_mentor =
            |one, other| mentor(self.portfolio, one, of_base) == mentor(head.portfolio, other, of_head);
        let dates = |side: &Portfolio, at| {
            let mentorship = side.mentorship(MentorshipIx::at(at));
            (mentorship.since, mentorship.until)
        };
        let same_record = |one, other| {
            same_mentor(one, other) && dates(self.portfolio, one) == dates(head.portfolio, other)
        };
        let (base, head) = (entries(self, of_base), entries(head, of_head));
        Section::new(
            &base,
            &head,
            &|one, other| base[one].about == head[other].about,
            &same_record,
            &[&same_mentor, &|_, _| true],
        )
    }
}
