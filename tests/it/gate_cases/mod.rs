//! The cases of the gate: every row of the design's table as a test by its name, in a real repository. The base is
//! committed on one day, the head lies in the working tree, and `debt check --against HEAD --as-of` judges it.

mod acknowledged;
mod adoption;
mod advice;
mod departures;
mod disguises;
mod handovers;
mod payments;
mod reports;
mod shared;
mod staffing;
mod steps;
mod truth;
mod yardstick;

use serde_json::Value;

use crate::gate_kit::Place;
use crate::run::{self, Ran};

/// The day on which the base is committed, and the day on which the head is judged.
pub(super) const COMMITTED: &str = "2026-11-10";
pub(super) const JUDGED: &str = "2026-11-20";

/// A portfolio without debt on both days: two directors who own one line each, and two people with both 1:1s.
pub(super) const HEALTHY: &str = "\
people:
  - {id: bo, exempt: {delivery: a director, craft: a director}}
  - {id: cy, exempt: {delivery: a director, craft: a director}}
  - {id: dee, exempt: {delivery: a director, craft: a director}}
  - {id: ana, squad: pay, guild: backend}
  - {id: gus, squad: pay, guild: backend}
squads:
  - {id: pay, lead: bo}
guilds:
  - {id: backend, lead: cy}
meetings:
  - {id: bo-ana, owner: bo, with: ana, purpose: delivery}
  - {id: cy-ana, owner: cy, with: ana, purpose: craft}
  - {id: bo-gus, owner: bo, with: gus, purpose: delivery}
  - {id: cy-gus, owner: cy, with: gus, purpose: craft}
conversations: []
decisions: []
promotions: []
mentorships: []
";

/// Replaces one text by another, once; both are parts of a portfolio that a test can see.
#[track_caller]
pub(super) fn edit(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |text, (old, new)| crate::gate_kit::with(&text, old, new))
}

/// The label of Bo's 1:1 with Gus becomes `both`: 4 points of new debt.
pub(super) const MIXED: (&str, &str) = (
    "{id: bo-gus, owner: bo, with: gus, purpose: delivery",
    "{id: bo-gus, owner: bo, with: gus, purpose: both",
);

/// A commit with this day as the committer's date.
pub(super) fn commit_on(place: &Place, day: &str) {
    place.git(&["add", "--all"]);
    let date = format!("{day}T12:00:00Z");
    let commit = ["commit", "--quiet", "--allow-empty", "-m", "a step"];
    run::git().within(place.path()).env("GIT_COMMITTER_DATE", &date).args(commit).end().exits(0);
}

/// What the gate said: the exit status, and `change` of the JSON report.
pub(super) struct Verdict {
    status: i32,
    pub(super) change: Value,
    pub(super) score: Value,
    pub(super) err: String,
}

/// A base that is committed, a head that is judged.
pub(super) fn step(base: &str, head: &str) -> Option<Verdict> {
    let place = Place::repository()?;
    place.write("portfolio.yaml", base);
    commit_on(&place, COMMITTED);
    place.write("portfolio.yaml", head);
    Some(judge(&place, &[]))
}

/// The gate against HEAD on the day that heads are judged, with more arguments.
#[track_caller]
pub(super) fn judge(place: &Place, more: &[&str]) -> Verdict {
    judge_on(place, JUDGED, &[&["--against", "HEAD"], more].concat())
}

#[track_caller]
pub(super) fn judge_on(place: &Place, day: &str, more: &[&str]) -> Verdict {
    let mut arguments = vec!["check", "--as-of", day, "--format", "json"];
    arguments.extend(more);
    let Ran { status, out, err } = place.debt(&arguments);
    let report: Value =
        serde_json::from_str(&out).unwrap_or_else(|_| panic!("exit {status}, no report\n{err}"));
    let verdict = Verdict { status, change: report["change"].clone(), score: report["score"].clone(), err };
    verdict.is_told_by_name();
    verdict
}

/// The parts whose factors are named, and with which sign.
const NAMED: [(&str, i64); 5] =
    [("staffing", 1), ("introduced", 1), ("revealed", 1), ("repaired", -1), ("withdrawn", -1)];

impl Verdict {
    /// The rows of each part sum to its amount.
    #[track_caller]
    fn is_told_by_name(&self) {
        let rows = self.change["factors"].as_array().expect("rows");
        for (part, sign) in NAMED {
            let amount = |row: &Value, key: &str| row[key].as_i64().expect("an amount");
            let rows = rows.iter().filter(|row| row["kind"] == part);
            let sum: i64 = rows.map(|row| amount(row, "to_mp") - amount(row, "from_mp")).sum();
            assert_eq!(sum * sign, self.amount(&format!("{part}_mp")), "{part}\n{}", self.told());
        }
    }

    /// The rise and every part of the change, and what it consists of: what a failed assertion shows.
    fn told(&self) -> String {
        let change = serde_json::to_string_pretty(&self.change).expect("JSON");
        format!("exit {}\n{change}\n{}", self.status, self.err)
    }

    /// One amount of the change, in milli-points.
    #[track_caller]
    pub(super) fn amount(&self, key: &str) -> i64 {
        self.change[key].as_i64().unwrap_or_else(|| panic!("no `{key}`\n{}", self.told()))
    }

    /// The gate holds, with this rise.
    #[track_caller]
    pub(super) fn holds(self, rise: i64) -> Verdict {
        assert_eq!(self.amount("rise_mp"), rise, "the rise\n{}", self.told());
        assert_eq!(self.status, 0, "the gate\n{}", self.told());
        self
    }

    /// The gate holds, whatever the rise, which is not above this one.
    #[track_caller]
    pub(super) fn holds_at_most(self, rise: i64) -> Verdict {
        assert!(self.amount("rise_mp") <= rise, "the rise\n{}", self.told());
        assert_eq!(self.status, 0, "the gate\n{}", self.told());
        self
    }

    /// The gate fails, with this rise.
    #[track_caller]
    pub(super) fn fails(self, rise: i64) -> Verdict {
        assert_eq!(self.amount("rise_mp"), rise, "the rise\n{}", self.told());
        assert_eq!(self.status, 1, "the gate\n{}", self.told());
        self
    }

    /// The gate fails, with any rise above 0.
    #[track_caller]
    pub(super) fn fails_somehow(self) -> Verdict {
        assert!(self.amount("rise_mp") > 0, "the rise\n{}", self.told());
        assert_eq!(self.status, 1, "the gate\n{}", self.told());
        self
    }

    /// One part of the change is this amount.
    #[track_caller]
    pub(super) fn part(self, name: &str, amount: i64) -> Verdict {
        assert_eq!(self.amount(&format!("{name}_mp")), amount, "{name}\n{}", self.told());
        self
    }

    /// A part of the change is something.
    #[track_caller]
    pub(super) fn some(self, name: &str) -> Verdict {
        assert!(self.amount(&format!("{name}_mp")) > 0, "{name}\n{}", self.told());
        self
    }

    /// Each of these parts is nothing.
    #[track_caller]
    pub(super) fn none_of(self, names: &[&str]) -> Verdict {
        for name in names {
            assert_eq!(self.amount(&format!("{name}_mp")), 0, "{name}\n{}", self.told());
        }
        self
    }

    /// A factor of this kind is among the changed ones, resolved or withdrawn in this way.
    #[track_caller]
    pub(super) fn how(self, factor: &str, kind: &str, how: &str) -> Verdict {
        let rows = self.change["factors"].as_array().expect("a list");
        let found = rows.iter().any(|row| row["id"] == factor && row["kind"] == kind && row["how"] == how);
        assert!(found, "no {factor} that is {kind}, {how}\n{}", self.told());
        self
    }

    /// The change names this day.
    #[track_caller]
    pub(super) fn names(self, text: &str) -> Verdict {
        assert!(self.change.to_string().contains(text), "nothing names {text}\n{}", self.told());
        self
    }
}
