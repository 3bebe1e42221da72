//! The days of a history: a row is a day, not a commit. The text of a day is that of the last revision on or before it.

use crate::base::day::Day;

/// How often there is a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Every {
    Day,
    Week,
    Month,
    Quarter,
    Commit,
}

impl Every {
    /// Every word, for the schema.
    pub const WORDS: [&str; 5] = ["day", "week", "month", "quarter", "commit"];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Every::Day => "day",
            Every::Week => "week",
            Every::Month => "month",
            Every::Quarter => "quarter",
            Every::Commit => "commit",
        }
    }

    fn end(self, day: Day) -> Day {
        match self {
            Every::Day | Every::Commit => day,
            Every::Week => day.end_of_week(),
            Every::Month => day.end_of_month(),
            Every::Quarter => day.end_of_quarter(),
        }
    }
}

/// A row that is to be: a day, and which revision has its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// The day.
    pub day: Day,
    /// The position of the revision; none where there was none yet.
    pub revision: Option<usize>,
}

/// Which days a history has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    /// How often.
    pub every: Every,
    /// No day before this one.
    pub since: Option<Day>,
    /// The last day.
    pub end: Day,
    /// So many rows at most, the last ones.
    pub most: Option<usize>,
}

/// The rows of revisions on these days, which never fall.
pub fn points(revisions: &[Day], range: Range) -> Vec<Point> {
    let Some(first) = revisions.first() else { return Vec::new() };
    let at = |day: Day| revisions.partition_point(|one| *one <= day).checked_sub(1);
    let begin = range.since.map_or(*first, |since| since.max(*first));
    let mut days = Vec::new();
    if range.every == Every::Commit {
        days.extend(revisions.iter().copied().filter(|day| *day >= begin && *day <= range.end));
        days.dedup();
    } else {
        let mut day = range.every.end(begin);
        while day < range.end {
            days.push(day);
            let next = range.every.end(day.day_after());
            if next <= day {
                break;
            }
            day = next;
        }
        days.push(range.end);
    }
    let left_out = range.most.map_or(0, |most| days.len().saturating_sub(most));
    days.into_iter().skip(left_out).map(|day| Point { day, revision: at(day) }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Every, Range, points};
    use crate::base::day::Day;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn periods_end_where_they_end() {
        let revisions = ["2026-01-05", "2026-01-20", "2026-03-03"].map(day);
        let days = |every| {
            let range = Range { every, since: None, end: day("2026-03-10"), most: None };
            points(&revisions, range)
                .iter()
                .map(|one| (one.day.to_string(), one.revision))
                .collect::<Vec<_>>()
        };
        let row = |day: &str, at| (day.to_owned(), Some(at));
        assert_eq!(days(Every::Month), [row("2026-01-31", 1), row("2026-02-28", 1), row("2026-03-10", 2)]);
        assert_eq!(days(Every::Quarter), [row("2026-03-10", 2)]);
        assert_eq!(days(Every::Commit), [row("2026-01-05", 0), row("2026-01-20", 1), row("2026-03-03", 2)]);
        assert_eq!(days(Every::Week)[..2], [row("2026-01-11", 0), row("2026-01-18", 0)]);
        assert_eq!(days(Every::Day).len(), 65);
    }
}
