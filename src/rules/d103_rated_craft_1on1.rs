//! D103: a Craft 1:1 held by whoever owns the rating.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{Absent, Act, Answer, Cost, DebtRule, Finding, Group, Meta, Resolution, Told, Wording};
use super::subjects::{OneOnOnes, one_on_ones, people};
use crate::base::ids::Subject;
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D103;

impl DebtRule for D103 {
    type Subjects = OneOnOnes;
    type State = ();
    const META: Meta = Meta {
        code: "D103",
        name: "rated-craft-1on1",
        group: Group::OneOnOnes,
        principal: MilliPoints::new(3_000),
        cost: Cost::Flat,
        minutes: 45,
        line: None,
        uses: &[Line::Craft],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D103-rated-craft-1on1",
            what: "A Craft 1:1 is held by the person who owns the other's performance rating.",
            why: "Honest feedback on craft needs a container that no rating cycle touches. In this one, every weakness that \
                  is named can come back in the rating, so none is named.",
            when: "The meeting's jobs are craft only, the craft line of the other person is looked at, its owner is who rates \
                   that person, and the craft owner is not also the delivery owner (that is D203). Unknown where nobody is \
                   known to own the rating.",
            formula: "{points}.",
            remedy: "Hand it over to the craft owner, or the rating to somebody else.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<()> {
        let lines = &facts.lines;
        let craft = lines.craft_owner(one.with);
        let collapsed = craft.is_some() && craft == lines.delivery_owner(one.with);
        let is_craft = one.jobs.craft && !one.jobs.delivery;
        if !is_craft || !lines.in_scope(Line::Craft, one.with) || collapsed {
            return Answer::Clear;
        }
        match lines.rated_by(one.with) {
            None => Answer::Unknown,
            rater => Answer::factor_if(rater == Some(one.owner), || {
                Finding::flat(
                    principal,
                    Some(one.owner),
                    Act::new("hand-over", Subject::Meeting(one.meeting)),
                    (),
                )
            }),
        }
    }

    fn explain(facts: &Facts<'_>, one: OneOnOne, _: &Finding<()>) -> Wording {
        let craft =
            facts.lines.filter_active(facts.lines.craft_owner(one.with)).filter(|craft| *craft != one.owner);
        let remedy = match craft {
            Some(craft) => phrase!(
                "Hand it over to ",
                craft,
                ", who owns ",
                one.with,
                "\u{2019}s craft line, or let somebody else rate."
            ),
            None => {
                phrase!(
                    "Hand it over to somebody who does not rate ",
                    one.with,
                    ", or let somebody else rate."
                )
            }
        };
        let task = match craft {
            Some(craft) => phrase!("hand ", one.meeting, " over to ", craft),
            None => phrase!("hand ", one.meeting, " over to somebody who does not rate ", one.with),
        };
        Wording {
            headline: phrase!(
                one.meeting,
                " is about craft, and ",
                one.owner,
                " also owns ",
                one.with,
                "\u{2019}s rating"
            ),
            details: vec![phrase!("its jobs are craft only, and ", one.with, " is rated by ", one.owner)],
            remedy,
            task,
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, _: &(), _: Option<&()>) -> Resolution {
        one_on_ones::was_put_right(pair, one)
    }

    fn told(pair: &Pair<'_>, one: OneOnOne, _: &(), _: Option<&()>) -> Told {
        if people::delivery_was_untold(pair, one.with) {
            return Told::All;
        }
        one_on_ones::told_by_label(pair, one)
    }
}
