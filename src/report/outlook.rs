//! What `debt forecast` shows, as far as the privacy lets it be shown. Its types are the contract of its JSON.

use std::cell::LazyCell;

use schemars::JsonSchema;
use serde::Serialize;

use super::build::BuildOptions;
use super::contract::{self, Version};
use super::factors::Factors;
use super::privacy::TooFew;
use super::speak::Speaker;
use super::{Head, Ordered};
use crate::analysis::outlook::{Budgets, Course, CourseDay, Event, Move, What, course};
use crate::base::day::{Day, Days};
use crate::base::decimal::points;
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::model::Portfolio;
use crate::score::part::Part;
use crate::score::{Scorecard, tally};

/// What comes if nothing is written, week by week, and what happens when. It is arithmetic, no prophecy: what is
/// written today, scored on later days. Amounts are exact in milli-points (mp).
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtForecast")]
pub struct ForecastReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Whose it is.
    #[serde(flatten)]
    pub head: Head,
    /// The first day.
    pub from: Day,
    /// The last day that was asked for.
    pub to: Day,
    /// If nothing happens.
    #[serde(flatten)]
    pub course: CourseReport,
    /// What is done first in `if_done`, in the order in which it was typed.
    pub done: Ordered<Untrusted>,
    /// If that is done on the first day, and nothing else happens; null where nothing was typed.
    pub if_done: Option<CourseReport>,
}

/// Where the score goes.
#[derive(Serialize, JsonSchema)]
pub struct CourseReport {
    /// The first day, each week after it, and the last day; fewer where nobody would be scored any more.
    pub days: Vec<CourseRow>,
    /// What happens when, in the order of days. In an aggregate only grades and budgets that are passed.
    pub events: Ordered<EventRow>,
    /// The first day on which nobody would be scored; null where there is none.
    pub nobody_from: Option<Day>,
}

/// A day. `mp = the first day's mp + interest_mp + begins_mp − ends_mp + missed_mp`.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct CourseRow {
    /// The day.
    pub day: Day,
    /// The score on it.
    pub mp: MilliPoints,
    /// What time has added to what is there.
    pub interest_mp: MilliPoints,
    /// What has begun since the first day: talks that fall due, people who start, windows that open.
    pub begins_mp: MilliPoints,
    /// What has ended since then, though nobody did anything about it.
    pub ends_mp: MilliPoints,
    /// 1:1s that count as missed: they may well be held, only nobody can have written that down yet.
    pub missed_mp: MilliPoints,
    /// A to E.
    #[schemars(with = "contract::Grade")]
    pub grade: &'static str,
}

/// Something that happens.
#[derive(Serialize, JsonSchema)]
pub struct EventRow {
    /// The day.
    pub day: Day,
    /// What kind of thing.
    #[schemars(with = "contract::EventKind")]
    pub kind: &'static str,
    /// What, in words.
    pub what: Untrusted,
    /// What it adds to the score on that day; less than zero where it takes away; null where it changes no score.
    pub mp: Option<MilliPoints>,
    /// The factor that begins, ends, or whose acknowledgement ends; else null.
    pub factor: Option<Untrusted>,
    /// The id of whoever comes, goes or is back; else null.
    pub who: Option<Untrusted>,
    /// The factors that this changes.
    pub factors: Ordered<Untrusted>,
}

/// What is asked of a forecast.
pub struct WantedForecast<'w> {
    /// The last day.
    pub to: Day,
    /// What must not be passed.
    pub budgets: Budgets,
    /// The portfolio with what is done, and that in words.
    pub done: Option<(&'w Portfolio, Ordered<Untrusted>)>,
}

/// Looks ahead from the day of a scorecard.
///
/// # Errors
/// An aggregate would speak of too few people.
pub fn forecast(
    card: &Scorecard<'_>,
    wanted: &WantedForecast<'_>,
    options: BuildOptions<'_>,
) -> Result<ForecastReport, TooFew> {
    options.privacy.check(card)?;
    let ahead = |portfolio: &Portfolio| {
        let course = course(portfolio, card.facts.policy, card.facts.day, wanted.to, wanted.budgets);
        show(portfolio, card, &course, options)
    };
    let (if_done, done) = match &wanted.done {
        Some((portfolio, done)) => (Some(ahead(portfolio)), done.clone()),
        None => (None, Ordered::none()),
    };
    Ok(ForecastReport {
        schema_version: Version,
        head: Head::of(card, options),
        from: card.facts.day,
        to: wanted.to,
        course: ahead(card.facts.portfolio),
        done,
        if_done,
    })
}

fn show(
    portfolio: &Portfolio,
    card: &Scorecard<'_>,
    course: &Course,
    options: BuildOptions<'_>,
) -> CourseReport {
    let mut events = Vec::new();
    let days: Vec<&[Event]> = course.events.chunk_by(|a, b| a.day == b.day).collect();
    for of_day in days {
        let Some(first) = of_day.first() else { continue };
        let speaker = Speaker::new(portfolio, first.day, options.privacy);
        // Most days have no factor that begins or ends.
        let on = |day| tally(portfolio, card.facts.policy, day, Part::default());
        let before = LazyCell::new(|| on(first.day.minus(Days::new(1))));
        let after = LazyCell::new(|| on(first.day));
        let said = |what: &What| {
            let (card, factor) = match what {
                What::Begins(factor) => (&*after, factor),
                What::Ends(factor) => (&*before, factor),
                _ => return None,
            };
            let row = Factors::new(card, options.sources, options.privacy).row(factor);
            Some((row.id, row.evidence.into_iter().next().unwrap_or_else(|| Untrusted::new(row.name))))
        };
        events.extend(of_day.iter().filter_map(|event| row(event, &speaker, said)));
    }
    let day = |day: &CourseDay| CourseRow {
        day: day.day,
        mp: day.score,
        interest_mp: day.interest,
        begins_mp: day.begins,
        ends_mp: day.ends,
        missed_mp: day.missed,
        grade: day.grade,
    };
    CourseReport {
        days: course.days.iter().map(day).collect(),
        events: Ordered::sorted(events),
        nobody_from: course.nobody,
    }
}

/// An event as it is shown; nothing where it is about one person and that is not shown.
/// `said` gives the id of a factor that begins or ends, and what it says on the day that it counts.
fn row(
    event: &Event,
    speaker: &Speaker<'_>,
    said: impl Fn(&What) -> Option<(Untrusted, Untrusted)>,
) -> Option<EventRow> {
    let of = |kind, what: String| EventRow {
        day: event.day,
        kind,
        what: Untrusted::new(what),
        mp: event.mp,
        factor: None,
        who: None,
        factors: Ordered::none(),
    };
    match &event.what {
        What::Grade(from, to) => return Some(of("grade", format!("the grade goes from {from} to {to}"))),
        What::OverScore(most) => {
            return Some(of("budget", format!("the score is over {}", points(*most))));
        }
        What::OverGrade(worst) => return Some(of("budget", format!("the grade is worse than {worst}"))),
        _ if !speaker.privacy().shows_each() => return None,
        What::Begins(_) | What::Ends(_) | What::Person(..) | What::Lapses(..) => {}
    }
    let id = |rule: RuleIx, subject: Subject| speaker.factor_id(rule, subject);
    Some(match &event.what {
        What::Begins(_) | What::Ends(_) => {
            let (id, what) = said(&event.what)?;
            let kind = if matches!(event.what, What::Begins(_)) { "begins" } else { "ends" };
            EventRow { what, factor: Some(id), ..of(kind, String::new()) }
        }
        What::Person(at, moved, keys) => {
            let (kind, words) = match moved {
                Move::Starts => ("starts", "starts"),
                Move::Leaves => ("leaves", "leaves"),
                Move::GoesAway => ("away", "goes on leave"),
                Move::IsBack => ("back", "is back"),
            };
            EventRow {
                who: Some(speaker.key(*at)),
                factors: Ordered::sorted(keys.iter().map(|(rule, subject)| id(*rule, *subject)).collect()),
                ..of(kind, format!("{} {words}", speaker.person(*at).raw()))
            }
        }
        What::Lapses(rule, subject) => {
            let factor = id(*rule, *subject);
            let what = format!("the acknowledgement of {} ends", factor.raw());
            EventRow { factor: Some(factor), ..of("lapses", what) }
        }
        What::Grade(..) | What::OverScore(_) | What::OverGrade(_) => return None,
    })
}
