//! Recurrence on calendar days: whether a rule falls on a day, asked one day at a time. Nothing is ever expanded, so a
//! rule without end costs no more than one with. Parts of a rule that are not understood make the rule unknown, never
//! wrong. Source: RFC 5545, 3.3.10.

use chrono::{Datelike, NaiveDate, Weekday};

use super::moment::{Meant, Moment};
use crate::base::day::Day;

/// How often.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Frequency {
    /// Every second, minute or hour: several times a day.
    WithinADay,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A rule that is understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: u32,
    pub(super) count: Option<u32>,
    until: Option<Moment>,
    /// `(0, weekday)` for every one of a week or month, else which one of it.
    by_day: Vec<(i32, Weekday)>,
    by_month_day: Vec<i32>,
    by_month: Vec<u32>,
    by_year_day: Vec<i32>,
    by_position: Vec<i32>,
    week_start: Weekday,
}

/// Longer lists than this are not written by people, and every day that is asked about goes through them.
const LONGEST_LIST: usize = 40;

/// A list of numbers with blanks and empty entries, as calendars write them.
fn numbers<T: std::str::FromStr>(list: &str) -> Option<Vec<T>> {
    list.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .map(|entry| entry.trim_start_matches('+').parse().ok())
        .collect()
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text.to_ascii_uppercase().as_str() {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

fn by_day(list: &str) -> Option<Vec<(i32, Weekday)>> {
    let one = |entry: &str| {
        let at = entry.len().checked_sub(2)?;
        let (which, day) = entry.split_at_checked(at)?;
        let which = if which.is_empty() { 0 } else { which.trim_start_matches('+').trim().parse().ok()? };
        Some((which, weekday(day)?))
    };
    list.split(',').map(str::trim).filter(|entry| !entry.is_empty()).map(one).collect()
}

impl Rule {
    /// Reads a rule. `None` where it says nothing that can be followed.
    pub(super) fn parse(text: &str) -> Option<Rule> {
        let mut rule = Rule {
            frequency: Frequency::WithinADay,
            interval: 1,
            count: None,
            until: None,
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_month: Vec::new(),
            by_year_day: Vec::new(),
            by_position: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut frequency = None;
        for part in text.split(';').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=')?;
            let value = value.trim();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => {
                    frequency = Some(match value.to_ascii_uppercase().as_str() {
                        "SECONDLY" | "MINUTELY" | "HOURLY" => Frequency::WithinADay,
                        "DAILY" => Frequency::Daily,
                        "WEEKLY" => Frequency::Weekly,
                        "MONTHLY" => Frequency::Monthly,
                        "YEARLY" => Frequency::Yearly,
                        _ => return None,
                    });
                }
                "INTERVAL" => rule.interval = value.parse().ok().filter(|interval| *interval > 0)?,
                "COUNT" => rule.count = Some(value.parse().ok()?),
                "UNTIL" => rule.until = Some(Moment::parse(value, None)?),
                "BYDAY" => rule.by_day = by_day(value)?,
                "BYMONTHDAY" => rule.by_month_day = numbers(value)?,
                "BYMONTH" => rule.by_month = numbers(value)?,
                "BYYEARDAY" => rule.by_year_day = numbers(value)?,
                "BYSETPOS" => rule.by_position = numbers(value)?,
                "WKST" => rule.week_start = weekday(value)?,
                // Times of day do not change the day.
                "BYHOUR" | "BYMINUTE" | "BYSECOND" => {}
                name if name.starts_with("X-") => {}
                // BYWEEKNO, RSCALE, SKIP and misspelt names: better unknown than wrong.
                _ => return None,
            }
        }
        rule.frequency = frequency?;
        let lists = [
            rule.by_day.len(),
            rule.by_month_day.len(),
            rule.by_month.len(),
            rule.by_year_day.len(),
            rule.by_position.len(),
        ];
        if lists.iter().any(|length| *length > LONGEST_LIST) {
            return None;
        }
        let positions_fit = rule.by_position.is_empty() || rule.frequency == Frequency::Monthly;
        positions_fit.then_some(rule)
    }

    /// The last day that its end allows, seen from where the series starts.
    pub(super) fn until(&self, home: Meant, start: Moment) -> Option<Day> {
        let until = self.until?;
        if until.meant == Meant::Day {
            return Some(until.day_in(home));
        }
        let (day, seconds) = until.time_in(home);
        let (_, at) = start.time_in(home);
        // An end before the time of day of the series excludes its own day.
        if start.meant != Meant::Day && seconds < at { day_before(day) } else { Some(day) }
    }

    /// Whether the rule of a series that starts on `start` falls on `day`.
    pub(super) fn falls_on(&self, day: NaiveDate, start: NaiveDate) -> bool {
        if day <= start {
            return day == start;
        }
        let interval = i64::from(self.interval);
        let every = |units: i64| units.rem_euclid(interval) == 0;
        let month_fits = self.by_month.is_empty() || self.by_month.contains(&day.month());
        if !month_fits {
            return false;
        }
        let months = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
        match self.frequency {
            Frequency::WithinADay => false,
            Frequency::Daily => {
                every((day - start).num_days()) && self.is_weekday_of(day) && self.is_month_day(day)
            }
            Frequency::Weekly => {
                let first = |date: NaiveDate| {
                    i64::from(date.num_days_from_ce()) - i64::from(date.weekday().days_since(self.week_start))
                };
                let fits = if self.by_day.is_empty() {
                    day.weekday() == start.weekday()
                } else {
                    self.is_weekday_of(day)
                };
                fits && every((first(day) - first(start)) / 7)
            }
            Frequency::Monthly => every(months(day) - months(start)) && self.in_month(day, start),
            Frequency::Yearly => every(i64::from(day.year() - start.year())) && self.in_year(day, start),
        }
    }

    /// The weekday on which all dates of a weekly rule fall, where there is only one.
    pub(super) fn only_weekday(&self, start: NaiveDate) -> Option<Weekday> {
        match (self.frequency, self.by_day.as_slice()) {
            (Frequency::Weekly, []) => Some(start.weekday()),
            (Frequency::Weekly, [(_, weekday)]) => Some(*weekday),
            _ => None,
        }
    }

    fn is_weekday_of(&self, day: NaiveDate) -> bool {
        self.by_day.is_empty() || self.by_day.iter().any(|(_, weekday)| *weekday == day.weekday())
    }

    fn is_month_day(&self, day: NaiveDate) -> bool {
        let length = i64::from(days_in_month(day));
        let matches = |wanted: &i32| {
            let wanted = i64::from(*wanted);
            i64::from(day.day()) == if wanted < 0 { length + 1 + wanted } else { wanted }
        };
        self.by_month_day.is_empty() || self.by_month_day.iter().any(matches)
    }

    /// Whether a weekday with a number fits, counted within the month.
    fn is_nth_of_month(&self, day: NaiveDate) -> bool {
        let (from_start, from_end) = (day.day0() / 7 + 1, (days_in_month(day) - day.day()) / 7 + 1);
        self.is_nth(day, from_start, from_end)
    }

    fn is_nth(&self, day: NaiveDate, from_start: u32, from_end: u32) -> bool {
        let matches = |(which, weekday): &(i32, Weekday)| {
            *weekday == day.weekday()
                && (*which == 0
                    || i64::from(*which) == i64::from(from_start)
                    || i64::from(*which) == -i64::from(from_end))
        };
        self.by_day.is_empty() || self.by_day.iter().any(matches)
    }

    fn in_month(&self, day: NaiveDate, start: NaiveDate) -> bool {
        if self.by_day.is_empty() && self.by_month_day.is_empty() {
            return day.day() == start.day();
        }
        let fits = |day: NaiveDate| self.is_nth_of_month(day) && self.is_month_day(day);
        if !fits(day) || self.by_position.is_empty() {
            return fits(day);
        }
        let all: Vec<u32> =
            (1..=days_in_month(day)).filter(|number| day.with_day(*number).is_some_and(fits)).collect();
        let length = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let position = |wanted: &i32| {
            let wanted = i64::from(*wanted);
            let index = if wanted < 0 { length + wanted } else { wanted - 1 };
            usize::try_from(index).ok().and_then(|index| all.get(index)) == Some(&day.day())
        };
        self.by_position.iter().any(position)
    }

    fn in_year(&self, day: NaiveDate, start: NaiveDate) -> bool {
        let length = if day.leap_year() { 366_i64 } else { 365 };
        if !self.by_year_day.is_empty() {
            let matches = |wanted: &i32| {
                i64::from(day.ordinal())
                    == if *wanted < 0 { length + 1 + i64::from(*wanted) } else { i64::from(*wanted) }
            };
            return self.by_year_day.iter().any(matches) && self.is_weekday_of(day);
        }
        if !self.by_day.is_empty() {
            let nth = if self.by_month.is_empty() {
                let from_end = u32::try_from((length - i64::from(day.ordinal())) / 7 + 1).unwrap_or(1);
                self.is_nth(day, day.ordinal0() / 7 + 1, from_end)
            } else {
                self.is_nth_of_month(day)
            };
            return nth && self.is_month_day(day);
        }
        let month =
            !self.by_month.is_empty() || !self.by_month_day.is_empty() || day.month() == start.month();
        month && if self.by_month_day.is_empty() { day.day() == start.day() } else { self.is_month_day(day) }
    }

    /// About how many days lie between two dates; `None` for several a day.
    pub(super) fn cadence(&self) -> Option<u32> {
        let share = |days: u32, times: usize| {
            let times = u32::try_from(times).unwrap_or(u32::MAX).max(1);
            self.interval.saturating_mul(days).div_ceil(times).max(1)
        };
        Some(match self.frequency {
            Frequency::WithinADay => return None,
            Frequency::Daily if self.by_day.is_empty() => self.interval,
            Frequency::Daily | Frequency::Weekly => share(7, self.by_day.len()),
            Frequency::Monthly if !self.by_position.is_empty() => share(31, self.by_position.len()),
            // Every Monday of a month, without a number, is every week.
            Frequency::Monthly if self.by_day.iter().any(|(which, _)| *which == 0) => 7,
            Frequency::Monthly => share(31, self.by_day.len().max(self.by_month_day.len())),
            Frequency::Yearly if self.by_month.len() > 1 => share(366, self.by_month.len()),
            Frequency::Yearly => self.interval.saturating_mul(366),
        })
    }
}

fn days_in_month(day: NaiveDate) -> u32 {
    u32::from(day.num_days_in_month())
}

/// The day before.
fn day_before(day: Day) -> Option<Day> {
    NaiveDate::from(day).pred_opt().map(Day::from)
}

#[cfg(test)]
mod tests {
    use super::Rule;
    use chrono::NaiveDate;

    fn days(rule: &str, start: &str, until: &str) -> String {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let rule = Rule::parse(rule).expect("a rule");
        let (start, until) = (date(start), date(until));
        let all = start.iter_days().take_while(|day| *day <= until).filter(|day| rule.falls_on(*day, start));
        all.map(|day| day.format("%m%d").to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rules_fall_where_the_rfc_says() {
        // Examples of RFC 5545, 3.8.5.3, with the days that it lists.
        assert_eq!(days("FREQ=DAILY;INTERVAL=10", "1997-09-02", "1997-10-12"), "0902 0912 0922 1002 1012");
        assert_eq!(days("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997-10-14"), "0902 0916 0930 1014");
        assert_eq!(
            days("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997-10-16"),
            "0902 0904 0916 0918 0930 1002 1014 1016"
        );
        assert_eq!(
            days("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997-08-24"),
            "0805 0810 0819 0824"
        );
        assert_eq!(
            days("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997-08-31"),
            "0805 0817 0819 0831"
        );
        assert_eq!(days("FREQ=MONTHLY;BYDAY=1FR", "1997-09-05", "1997-12-31"), "0905 1003 1107 1205");
        assert_eq!(
            days("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU", "1997-09-07", "1997-11-30"),
            "0907 0928 1102 1130"
        );
        assert_eq!(days("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1997-12-31"), "0928 1029 1128 1229");
        assert_eq!(
            days("FREQ=MONTHLY;BYMONTHDAY=15,30", "2007-01-15", "2007-03-30"),
            "0115 0130 0215 0315 0330"
        );
        assert_eq!(
            days("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-11-30"),
            "0904 1007 1106"
        );
        assert_eq!(
            days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1997-12-31"),
            "0929 1030 1127 1230"
        );
        assert_eq!(days("FREQ=YEARLY;BYMONTH=6,7", "1997-06-10", "1998-07-31"), "0610 0710 0610 0710");
        assert_eq!(days("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1999-12-31"), "0519 0518 0517");
        assert_eq!(days("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "1997-04-30"), "0313 0320 0327");
        assert_eq!(
            days("FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100,200", "1997-01-01", "1997-12-31"),
            "0101 0410 0719"
        );
        assert_eq!(days("freq=monthly; byday= 2tu , 4TU", "2026-01-13", "2026-02-28"), "0113 0127 0210 0224");
    }

    #[test]
    fn what_is_not_understood_is_unknown() {
        for wrong in [
            "",
            "FREQ=",
            "FREQ=FORTNIGHTLY",
            "INTERVAL=2",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=WEEKLY;UNTL=2026",
            "FREQ=YEARLY;BYWEEKNO=20",
            "FREQ=DAILY;BYDAY=XX",
            "FREQ=DAILY;COUNT=x",
            "FREQ=DAILY;UNTIL=soon",
            "FREQ",
            "FREQ=DAILY;BYDAY=é",
        ] {
            assert_eq!(Rule::parse(wrong), None, "{wrong}");
        }
    }
}
