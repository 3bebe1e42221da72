//! Squads with their context, and guilds with their lanes.

use super::intake::ItemContext;
use super::linker::{Link, identified};
use crate::base::day::Day;
use crate::base::ids::{DecisionIx, PersonIx};
use crate::base::message::Message;
use crate::base::names::Name;
use crate::records::portfolio::{
    ClosedDecision, ClosedEntry, ContextRecord, GuildRecord, LaneRecord, LevelRecord, SquadRecord,
};
use crate::records::values::Text;
use crate::records::words::Track;
use crate::source::{Code, Diagnostic, ItemAt, Step};

/// Where outcomes are owned.
#[derive(Clone, Debug)]
pub struct Squad {
    /// Its id.
    pub id: Name,
    /// Where it is written.
    pub at: ItemAt,
    /// Shown instead of the id.
    pub name: Option<Name>,
    /// Who owns its outcomes.
    pub lead: Option<Link<PersonIx>>,
    /// Who closes what the squad cannot.
    pub escalates_to: Option<Link<PersonIx>>,
    /// What it needs to know; `None` where nothing is written.
    pub context: Option<Context>,
    /// The decisions that its context calls closed, each with its place in the list.
    pub closed_decisions: Box<[(usize, Link<DecisionIx>)]>,
    /// How many entries of that list say something in words.
    pub closed_words: usize,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

/// What a squad needs to know to decide by itself. Blank text counts as missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Context {
    /// What success looks like is written.
    pub has_success: bool,
    /// Some constraint is written.
    pub has_constraints: bool,
    /// Some closed decision is written.
    pub has_closed: bool,
    /// When it was last reviewed.
    pub reviewed: Option<Day>,
}

impl Context {
    /// What is missing, in the words of the format.
    pub fn missing(self) -> Vec<&'static str> {
        let parts = [
            ("success", self.has_success),
            ("constraints", self.has_constraints),
            ("closed", self.has_closed),
        ];
        parts.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect()
    }

    /// A context of which nothing is written.
    pub const NOTHING: Context =
        Context { has_success: false, has_constraints: false, has_closed: false, reviewed: None };
}

/// Where craft is owned.
#[derive(Clone, Debug)]
pub struct Guild {
    /// Its id.
    pub id: Name,
    /// Where it is written.
    pub at: ItemAt,
    /// Shown instead of the id.
    pub name: Option<Name>,
    /// Who owns its craft.
    pub lead: Option<Link<PersonIx>>,
    /// The ways up; `None` where the key is not there.
    pub lanes: Option<Box<[Lane]>>,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

/// A way up: its levels, lowest first, with what each pays in millionths of some unit.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Which one.
    pub track: Track,
    /// Level and pay.
    pub levels: Box<[(u32, Option<i64>)]>,
}

impl Lane {
    /// What a level pays.
    pub fn pay(&self, level: u32) -> Pay {
        match self.levels.iter().find(|(one, _)| *one == level) {
            None => Pay::NoLevel,
            Some((_, None)) => Pay::NotWritten,
            Some((_, Some(pay))) => Pay::Written(*pay),
        }
    }
}

/// What a level of a lane pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pay {
    /// The lane does not have the level.
    NoLevel,
    /// The lane has the level, and its pay is not written.
    NotWritten,
    /// The pay, in millionths of some unit.
    Written(i64),
}

fn says_something(text: &Text<'_>) -> bool {
    !text.0.trim().is_empty()
}

fn is_named(entry: &ClosedEntry<'_>) -> bool {
    match entry {
        ClosedEntry::Words(text) => says_something(text),
        ClosedEntry::Decision(_) => true,
    }
}

impl Squad {
    pub(super) fn from_record(record: SquadRecord<'_>, at: ItemAt, cx: &mut ItemContext<'_>) -> Squad {
        let SquadRecord { id, name, lead, escalates_to, context, aliases } = record;
        let mut closed_decisions = Vec::new();
        let mut closed_words = 0;
        for (index, entry) in context.iter().flat_map(|one| &one.closed).flatten().enumerate() {
            match entry {
                ClosedEntry::Decision(ClosedDecision { decision }) => {
                    closed_decisions.push((index, Link::Written(cx.names.add(&decision.0))));
                }
                ClosedEntry::Words(text) => closed_words += usize::from(says_something(text)),
            }
        }
        let context = context.map(|ContextRecord { success, constraints, closed, reviewed }| Context {
            has_success: success.as_ref().is_some_and(says_something),
            has_constraints: constraints.iter().flatten().any(says_something),
            has_closed: closed.iter().flatten().any(is_named),
            reviewed,
        });
        Squad {
            id: cx.names.add(&id.0),
            at,
            name: cx.text(name),
            lead: cx.link(lead),
            escalates_to: cx.link(escalates_to),
            context,
            closed_decisions: closed_decisions.into(),
            closed_words,
            aliases: cx.aliases(aliases),
        }
    }
}

impl Guild {
    pub(super) fn from_record(record: GuildRecord<'_>, at: ItemAt, cx: &mut ItemContext<'_>) -> Guild {
        let GuildRecord { id, name, lead, lanes, aliases } = record;
        if let Some(lanes) = &lanes {
            check_lanes(lanes, at, cx);
        }
        let lane = |LaneRecord { track, levels }: LaneRecord| {
            let levels = levels.into_iter().flatten();
            let mut levels: Vec<_> =
                levels.map(|LevelRecord { level, pay }| (level.0, pay.map(|pay| pay.0))).collect();
            levels.sort_by_key(|(level, _)| *level);
            Lane { track, levels: levels.into() }
        };
        Guild {
            id: cx.names.add(&id.0),
            at,
            name: cx.text(name),
            lead: cx.link(lead),
            lanes: lanes.map(|lanes| lanes.into_iter().map(lane).collect()),
            aliases: cx.aliases(aliases),
        }
    }

    /// The lane of this track.
    pub fn lane(&self, track: Track) -> Option<&Lane> {
        self.lanes.iter().flatten().find(|lane| lane.track == track)
    }
}

fn check_lanes(lanes: &[LaneRecord], at: ItemAt, cx: &mut ItemContext<'_>) {
    for (index, lane) in lanes.iter().enumerate() {
        if lanes[..index].iter().any(|other| other.track == lane.track) {
            let place = at.value([Step::from("lanes"), index.into(), "track".into()]);
            let message = Message::words(format!("duplicate track `{}` in this guild", lane.track.word()));
            cx.diagnostics.push(Diagnostic::error(Code::DuplicateTrack, message, place));
        }
        let levels: Vec<u32> = lane.levels.iter().flatten().map(|level| level.level.0).collect();
        for (which, level) in levels.iter().enumerate() {
            if levels[..which].contains(level) {
                let path = [Step::from("lanes"), index.into(), "levels".into(), which.into(), "level".into()];
                let message = Message::words(format!("duplicate level {level} in this lane"));
                cx.diagnostics.push(Diagnostic::error(Code::DuplicateLevel, message, at.value(path)));
            }
        }
    }
}

identified!(Squad);
identified!(Guild);
