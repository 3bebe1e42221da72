//! A generated organisation of any size, the same for the same number of people, written squad by squad. Everything
//! about somebody follows from their number, so any part can be written by itself and nothing is kept in memory.
//! Sizes are the usual ones: squads of eight, a 1:1 with each lead, an open talk for one in four, a context for
//! each squad; and enough goes wrong that 22 of the 27 rules report factors.

mod items;
mod words;

use std::io::{self, Write};
use std::ops::Range;

/// People in a squad.
const SQUAD: usize = 8;
/// How many squads a lead answers for, besides their own.
const REACH: usize = 12;

/// A generated organisation.
#[derive(Clone, Copy)]
pub(crate) struct Organisation {
    people: usize,
}

/// The crafts, each with how many squads share one of its guilds.
const CRAFTS: [(&str, usize); 7] = [
    ("backend", 5),
    ("web", 10),
    ("data", 15),
    ("mobile", 20),
    ("reliability", 20),
    ("design", 20),
    ("product", 20),
];

impl Organisation {
    /// An organisation with this number of people, at least one.
    pub(crate) fn new(people: usize) -> Organisation {
        Organisation { people: people.max(1) }
    }

    /// How many squads there are.
    pub(crate) fn squads(self) -> usize {
        self.people.div_ceil(SQUAD)
    }

    /// The whole of it as one text.
    #[allow(dead_code, reason = "the benches want it at once, the generator writes it as it goes")]
    pub(crate) fn text(self) -> String {
        let mut bytes = Vec::new();
        self.write(&mut bytes).expect("writing to memory does not fail");
        String::from_utf8(bytes).expect("the generator writes text")
    }

    /// Writes the whole of it as one file.
    pub(crate) fn write(self, out: &mut dyn Write) -> io::Result<()> {
        self.write_part(0..self.squads(), out)
    }

    /// Writes the squads of a range, with their people and everything that these own; the first part also holds
    /// what a portfolio has once. All parts together are the whole.
    pub(crate) fn write_part(self, squads: Range<usize>, out: &mut dyn Write) -> io::Result<()> {
        if squads.start == 0 {
            out.write_all(words::HEAD.as_bytes())?;
        }
        let people = || squads.clone().flat_map(|squad| self.members(squad));
        writeln!(out, "\npeople:")?;
        for squad in squads.clone() {
            writeln!(out, "  # {}", words::squad(squad))?;
            self.members(squad).try_for_each(|person| self.person(person, out))?;
        }
        writeln!(out, "\nsquads:")?;
        squads.clone().try_for_each(|squad| self.squad(squad, out))?;
        writeln!(out, "\nguilds:")?;
        squads.clone().try_for_each(|squad| self.guilds_first_met_in(squad, out))?;
        writeln!(out, "\nmeetings:")?;
        people().try_for_each(|person| self.meetings(person, out))?;
        squads.clone().try_for_each(|squad| self.squad_meetings(squad, out))?;
        writeln!(out, "\nconversations:")?;
        people().try_for_each(|person| self.conversation(person, out))?;
        writeln!(out, "\ndecisions:")?;
        squads.clone().try_for_each(|squad| self.decisions(squad, out))?;
        writeln!(out, "\npromotions:")?;
        people().try_for_each(|person| self.promotion(person, out))?;
        writeln!(out, "\nmentorships:")?;
        people().try_for_each(|person| self.mentorship(person, out))?;
        writeln!(out, "\nacknowledgements:")?;
        people().try_for_each(|person| self.acknowledgement(person, out))
    }

    fn members(self, squad: usize) -> Range<usize> {
        squad * SQUAD..((squad + 1) * SQUAD).min(self.people)
    }

    /// The squad that a squad's lead answers to; none above the first.
    fn above(squad: usize) -> Option<usize> {
        squad.checked_sub(1).map(|squad| squad / REACH)
    }

    /// Index into `CRAFTS`. A squad is mostly backend and web, with one or two of the rest.
    fn craft(person: usize) -> usize {
        let turn = (person / SQUAD) % 2;
        match person % SQUAD {
            0..3 => 0,
            3..5 => 1,
            5 => 2,
            6 => 3 + turn,
            _ => 5 + turn,
        }
    }

    /// Which of the guilds of somebody's craft they belong to.
    fn guild(person: usize) -> usize {
        person / SQUAD / CRAFTS[Organisation::craft(person)].1
    }

    /// The lead of this person's guild: the second backend engineer of its first squad, or the first of another craft.
    /// Nobody for one guild in 25.
    fn guild_lead(self, person: usize) -> Option<usize> {
        let (craft, guild) = (Organisation::craft(person), Organisation::guild(person));
        let first = guild * CRAFTS[craft].1 * SQUAD;
        let lead = (first + 1..first + 2 * SQUAD).find(|other| Organisation::craft(*other) == craft)?;
        (lead < self.people && !chance(1, guild * CRAFTS.len() + craft, 25)).then_some(lead)
    }
}

/// A pseudo-random number derived from a question and the person it is about: splitmix64's last step over both.
fn dice(question: u64, about: usize) -> usize {
    let mut mixed = (about as u64).wrapping_add(question.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    usize::try_from((mixed ^ (mixed >> 31)) >> 33).expect("31 bits fit")
}

/// True for about one in this many.
fn chance(question: u64, about: usize, one_in: usize) -> bool {
    dice(question, about).is_multiple_of(one_in)
}

/// One of these.
fn pick<T: Copy>(question: u64, about: usize, from: &[T]) -> T {
    from[dice(question, about) % from.len()]
}
