//! People and their leaves.

use super::linker::{Link, identified};
use crate::base::day::Day;
use crate::base::ids::{GuildIx, PersonIx, SquadIx};
use crate::base::names::Name;
use crate::model::intake::ItemContext;
use crate::records::portfolio::{AwayRecord, ExemptRecord, PersonRecord};
use crate::records::words::Track;
use crate::source::{Diagnostic, ItemAt, Step, said};

/// Somebody on the delivery line, the craft line, or outside.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their id.
    pub id: Name,
    /// Where they are written.
    pub at: ItemAt,
    /// Shown instead of the id.
    pub name: Option<Name>,
    /// Their squad.
    pub squad: Option<Link<SquadIx>>,
    /// Their guild.
    pub guild: Option<Link<GuildIx>>,
    /// Instead of the squad's lead.
    pub delivery_owner: Option<Link<PersonIx>>,
    /// Instead of the guild's lead.
    pub craft_owner: Option<Link<PersonIx>>,
    /// Instead of the delivery owner.
    pub rated_by: Option<Link<PersonIx>>,
    /// 1 to 20.
    pub level: Option<u32>,
    /// The way up that was chosen.
    pub track: Option<Track>,
    /// The first day.
    pub started: Option<Day>,
    /// Gone from this day on.
    pub left: Option<Day>,
    /// Leaves, earliest first, none overlapping.
    pub away: Box<[Away]>,
    /// Marked as somebody outside.
    pub external: bool,
    /// Rightly without a delivery line.
    pub exempt_delivery: bool,
    /// Rightly without a craft line.
    pub exempt_craft: bool,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

/// A leave: from its first day up to the day before the first day back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Away {
    /// The first day away.
    pub from: Day,
    /// The first day back.
    pub until: Day,
}

impl Away {
    /// Days on this leave among the days after `a`, up to and with `b`.
    fn days_within(self, a: Day, b: Day) -> i64 {
        // The day d counts where a < d ≤ b and from ≤ d < until.
        let first = self.from.max(a.plus(1));
        let end = self.until.min(b.plus(1));
        end.days_since(first).max(0)
    }
}

/// The days after `a`, up to and with `b`, on which none of these people was away; 0 where `b` is not later.
pub fn counted_days(a: Day, b: Day, people: &[&Person]) -> i64 {
    let all = people.iter().flat_map(|person| &person.away).copied();
    let mut leaves: Vec<Away> = all.filter(|leave| leave.days_within(a, b) > 0).collect();
    leaves.sort_by_key(|leave| leave.from);
    let mut days = b.days_since(a).max(0);
    // Up to here every day has been looked at: on some of them more than one may have been away.
    let mut done = a;
    for leave in leaves {
        days -= Away { from: leave.from.max(done), until: leave.until }.days_within(a, b);
        done = done.max(leave.until);
    }
    days.max(0)
}

impl Person {
    pub(super) fn from_record(record: PersonRecord<'_>, at: ItemAt, cx: &mut ItemContext<'_>) -> Person {
        let PersonRecord {
            id,
            name,
            squad,
            guild,
            delivery_owner,
            craft_owner,
            rated_by,
            level,
            track,
            started,
            left,
            away,
            external,
            exempt,
            aliases,
            title: _,
        } = record;
        let ExemptRecord { delivery, craft } = exempt.unwrap_or(ExemptRecord { delivery: None, craft: None });
        let mut leaves: Vec<(usize, Away)> = Vec::new();
        for (index, AwayRecord { from, until }) in away.into_iter().flatten().enumerate() {
            let leave = Away { from, until };
            if !(leave.from.is_real() && leave.until.is_real()) {
                continue;
            }
            if leave.until <= leave.from {
                let place = at.value([Step::from("away"), index.into(), "until".into()]);
                let message = said!["a leave ends after its first day: `until` is the first day back"];
                cx.diagnostics.push(
                    Diagnostic::error("date-order", message, place).expected(said!["after ", leave.from]),
                );
            } else {
                leaves.push((index, leave));
            }
        }
        leaves.sort_by_key(|(_, leave)| leave.from);
        for pair in leaves.windows(2) {
            if pair[1].1.from < pair[0].1.until {
                let place = at.value([Step::from("away"), pair[1].0.into()]);
                let message = said!["this leave overlaps another one that lasts until ", pair[0].1.until];
                cx.diagnostics.push(
                    Diagnostic::error("date-order", message, place).help(said!["write them as one leave"]),
                );
            }
        }
        cx.in_order(at, ("started", started), ("left", left));
        Person {
            id: cx.names.add(&id.0),
            at,
            name: cx.text(name),
            squad: cx.link(squad),
            guild: cx.link(guild),
            delivery_owner: cx.link(delivery_owner),
            craft_owner: cx.link(craft_owner),
            rated_by: cx.link(rated_by),
            level: level.map(|level| level.0),
            track,
            started,
            left,
            away: leaves.into_iter().map(|(_, leave)| leave).collect(),
            external: external.unwrap_or(false),
            exempt_delivery: delivery.is_some(),
            exempt_craft: craft.is_some(),
            aliases: cx.aliases(aliases),
        }
    }

    /// The leave they are on that day, of whatever length.
    pub fn leave_on(&self, day: Day) -> Option<Away> {
        self.away.iter().copied().find(|leave| leave.from <= day && day < leave.until)
    }
}

identified!(Person);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::names::Names;
    use crate::source::{FileIx, Mark};

    fn person(leaves: &[(&str, &str)]) -> Person {
        let mut names = Names::default();
        let mut diagnostics = crate::source::Diagnostics::default();
        let mut cx = ItemContext { names: &mut names, diagnostics: &mut diagnostics, is_written: false };
        let day = |text| Day::parse(text).expect("a date");
        let away = leaves.iter().map(|(from, until)| crate::records::portfolio::AwayRecord {
            from: day(from),
            until: day(until),
        });
        let record = PersonRecord { away: Some(away.collect()), ..blank() };
        Person::from_record(record, ItemAt { file: FileIx(0), mark: Mark::default() }, &mut cx)
    }

    fn blank() -> PersonRecord<'static> {
        PersonRecord {
            id: crate::records::values::Id("p".into()),
            name: None,
            title: None,
            squad: None,
            guild: None,
            delivery_owner: None,
            craft_owner: None,
            rated_by: None,
            level: None,
            track: None,
            started: None,
            left: None,
            away: None,
            external: None,
            exempt: None,
            aliases: None,
        }
    }

    #[test]
    fn days_that_count_are_counted_by_hand() {
        let day = |text| Day::parse(text).expect("a date");
        let (a, b) = (day("2026-01-01"), day("2026-01-31"));
        let here = person(&[]);
        let early = person(&[("2025-12-20", "2026-01-03")]);
        let twice = person(&[("2026-01-03", "2026-01-06"), ("2026-01-30", "2026-02-10")]);
        let both = person(&[("2026-01-05", "2026-01-08")]);
        assert_eq!(counted_days(a, b, &[&here]), 30);
        // Away on the 2nd (the 1st is not counted anyhow).
        assert_eq!(counted_days(a, b, &[&early]), 29);
        // Away on 3, 4, 5, 30 and 31.
        assert_eq!(counted_days(a, b, &[&twice]), 25);
        // 3, 4, 5, 30, 31 and 5, 6, 7: seven different days.
        assert_eq!(counted_days(a, b, &[&twice, &both]), 23);
        assert_eq!(counted_days(b, a, &[&here]), 0);
    }
}
