//! People and their leaves.

use super::linker::{Link, identified};
use crate::base::day::{Day, Days};
use crate::base::ids::{GuildIx, PersonIx, SquadIx};
use crate::base::message::message;
use crate::base::names::Name;
use crate::model::intake::ItemContext;
use crate::records::portfolio::{AwayRecord, ExemptRecord, ExitRecord, PersonRecord};
use crate::records::words::{ExitReason, Line, Track};
use crate::source::{Code, Diagnostic, ItemAt, Step};

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
    /// How they left.
    pub exit: Option<Exit>,
    /// Leaves, earliest first, none overlapping.
    pub away: Box<[Away]>,
    /// Marked as somebody outside.
    pub external: bool,
    /// Rightly without a delivery line.
    pub exempt_delivery: bool,
    /// Rightly without a craft line.
    pub exempt_craft: bool,
    /// Why they need no delivery line and no craft line, in the portfolio's words. Whether they need one is what the
    /// two keys above say: other words make no other exemption.
    pub exempt_because: [Option<Name>; 2],
    /// Former ids.
    pub aliases: Box<[Name]>,
}

/// How somebody left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exit {
    /// Why, where it is written.
    pub reason: Option<ExitReason>,
    /// When it was reviewed.
    pub reviewed: Option<Day>,
}

/// A leave: from its first day up to the day before the first day back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Away {
    /// The first day away.
    pub from: Day,
    /// The first day back; an open-ended leave has none.
    pub until: Option<Day>,
}

impl Away {
    /// The first day back, or a day that nobody lives to see.
    fn end(self) -> Day {
        self.until.unwrap_or(Day::LAST)
    }

    /// Whether it lasts at least so many days. An open-ended one is long from its first day.
    pub fn is_long(self, days: Days) -> bool {
        self.until.is_none_or(|until| until.days_since(self.from) >= days)
    }

    /// Days on this leave among the days after `a`, up to and with `b`.
    fn days_within(self, a: Day, b: Day) -> Days {
        // The day d counts where a < d ≤ b and from ≤ d < until.
        let first = self.from.max(a.day_after());
        let end = self.end().min(b.day_after());
        end.days_since(first).max(Days::NONE)
    }
}

/// The days after `a`, up to and with `b`, on which none of these people was away; 0 where `b` is not later.
pub fn counted_days(a: Day, b: Day, people: &[&Person]) -> Days {
    // Nearly always, and asked of every 1:1 and talk.
    if people.is_empty() {
        return b.days_since(a).max(Days::NONE);
    }
    let all = people.iter().flat_map(|person| &person.away).copied();
    let mut leaves: Vec<Away> = all.filter(|leave| leave.days_within(a, b) > Days::NONE).collect();
    leaves.sort_by_key(|leave| leave.from);
    let mut days = b.days_since(a).max(Days::NONE);
    // Up to here every day is counted already: on some of them more than one may have been away.
    let mut done = a;
    for leave in leaves {
        days = days - Away { from: leave.from.max(done), until: leave.until }.days_within(a, b);
        done = done.max(leave.end());
    }
    days.max(Days::NONE)
}

impl Person {
    /// Whether a line of theirs is exempt.
    pub fn is_exempt(&self, line: Line) -> bool {
        match line {
            Line::Delivery => self.exempt_delivery,
            Line::Craft => self.exempt_craft,
        }
    }

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
            exit,
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
            if !(leave.from.is_real() && until.is_none_or(Day::is_real)) {
                continue;
            }
            if leave.end() <= leave.from {
                let place = at.value([Step::from("away"), index.into(), "until".into()]);
                let message = message!("a leave ends after its first day: `until` is the first day back");
                cx.diagnostics.push(
                    Diagnostic::error(Code::DateOrder, message, place)
                        .expected(message!("after ", leave.from)),
                );
            } else {
                leaves.push((index, leave));
            }
        }
        leaves.sort_by_key(|(_, leave)| leave.from);
        for pair in leaves.windows(2) {
            if pair[1].1.from < pair[0].1.end() {
                let place = at.value([Step::from("away"), pair[1].0.into()]);
                let message = match pair[0].1.until {
                    Some(until) => message!("this leave overlaps another one that lasts until ", until),
                    None => message!("this leave overlaps another one that has no end"),
                };
                cx.diagnostics.push(
                    Diagnostic::error(Code::DateOrder, message, place)
                        .help(message!("write them as one leave")),
                );
            }
        }
        if let (Some(started), Some(left)) = (started, left)
            && left < started
        {
            let help =
                message!("somebody who came back: leave `left` out, or write the time between as `away`");
            cx.out_of_order_with(at.at("left"), ("left", left), ("started", started), Some(help));
        }
        let exit = exit.map(|ExitRecord { reason, reviewed }| Exit { reason, reviewed });
        if let Some(exit) = exit {
            check_exit(exit, left, at, cx);
        }
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
            exit,
            away: leaves.into_iter().map(|(_, leave)| leave).collect(),
            external: external.unwrap_or(false),
            exempt_delivery: delivery.is_some(),
            exempt_craft: craft.is_some(),
            exempt_because: [cx.text(delivery), cx.text(craft)],
            aliases: cx.aliases(aliases),
        }
    }

    /// The leave they are on that day, of whatever length.
    pub fn leave_on(&self, day: Day) -> Option<Away> {
        self.away.iter().copied().find(|leave| leave.from <= day && day < leave.end())
    }
}

/// Only a person who left has an exit, reviewed on that day or later.
fn check_exit(exit: Exit, left: Option<Day>, at: ItemAt, cx: &mut ItemContext<'_>) {
    match (left, exit.reviewed) {
        (None, _) if !cx.is_written => {
            let message = message!("`exit` without `left`");
            let help = message!("write `left:` and the first day without them, or remove `exit`");
            cx.diagnostics
                .push(Diagnostic::error(Code::MissingKey, message, at.key(["exit".into()])).help(help));
        }
        (Some(left), Some(reviewed)) if reviewed < left => {
            let place = at.value([Step::from("exit"), "reviewed".into()]);
            cx.out_of_order(place, "exit.reviewed", reviewed, "left", left);
        }
        _ => {}
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
            until: Some(day(until)),
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
            exit: None,
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
        assert_eq!(counted_days(a, b, &[&here]), Days::new(30));
        // Away on the 2nd (the 1st is not counted anyhow).
        assert_eq!(counted_days(a, b, &[&early]), Days::new(29));
        // Away on 3, 4, 5, 30 and 31.
        assert_eq!(counted_days(a, b, &[&twice]), Days::new(25));
        // 3, 4, 5, 30, 31 and 5, 6, 7: seven different days.
        assert_eq!(counted_days(a, b, &[&twice, &both]), Days::new(23));
        assert_eq!(counted_days(b, a, &[&here]), Days::new(0));
    }
}
