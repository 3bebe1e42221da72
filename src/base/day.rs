//! Calendar days, and numbers of days. No clock: a day always comes from somewhere else.

use std::fmt;
use std::ops::Sub;

use chrono::{Datelike, NaiveDate, TimeDelta};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// One calendar day of the proleptic Gregorian calendar, without a time zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(NaiveDate);

/// What is expected where a day is.
pub const EXPECTED: &str = "a calendar date such as 2026-11-20";

impl Day {
    /// Reads `YYYY-MM-DD` and nothing else: no week dates, no times, no missing zeros, no year 0.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        if !digits(0..4) || !digits(5..7) || !digits(8..10) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().ok();
        let year = i32::try_from(number(0..4)?).ok()?;
        NaiveDate::from_ymd_opt(year, number(5..7)?, number(8..10)?).map(Day).filter(|day| day.is_real())
    }

    /// The day that is this many days after 1970-01-01.
    pub fn from_epoch_days(days: i64) -> Option<Day> {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
        epoch.checked_add_signed(TimeDelta::try_days(days)?).map(Day)
    }

    /// The second at which it begins in UTC, from 1970-01-01 on.
    pub fn epoch_seconds(self) -> i64 {
        self.0.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
    }

    /// Whether it is a day that people write dates of: from the year 1 on.
    pub fn is_real(self) -> bool {
        self.0.year() > 0
    }

    /// Days from `earlier` to this day; negative where `earlier` is later.
    pub fn days_since(self, earlier: Day) -> Days {
        Days(self.0.signed_duration_since(earlier.0).num_days())
    }

    /// The day `days` later, held at the last day the calendar knows.
    #[must_use]
    pub fn plus(self, days: Days) -> Day {
        let later = TimeDelta::try_days(days.0).and_then(|days| self.0.checked_add_signed(days));
        Day(later.unwrap_or(NaiveDate::MAX))
    }

    /// The day after.
    #[must_use]
    pub fn day_after(self) -> Day {
        self.plus(Days(1))
    }

    /// Its first second in UTC as letters have it: `Fri, 20 Nov 2026 00:00:00 +0000`.
    pub fn for_letters(self) -> String {
        format!("{}", self.0.format("%a, %d %b %Y 00:00:00 +0000"))
    }

    /// The Sunday that ends its week.
    #[must_use]
    pub fn end_of_week(self) -> Day {
        self.plus(Days(6) - Days(i64::from(self.0.weekday().num_days_from_monday())))
    }

    /// The last day of its month.
    #[must_use]
    pub fn end_of_month(self) -> Day {
        let next = match self.0.month() {
            12 => NaiveDate::from_ymd_opt(self.0.year().saturating_add(1), 1, 1),
            month => NaiveDate::from_ymd_opt(self.0.year(), month.saturating_add(1), 1),
        };
        next.and_then(|next| next.pred_opt()).map_or(self, Day)
    }

    /// The last day of its quarter.
    #[must_use]
    pub fn end_of_quarter(self) -> Day {
        let last = self.0.month().div_ceil(3).saturating_mul(3);
        NaiveDate::from_ymd_opt(self.0.year(), last, 1).map_or(self, |first| Day(first).end_of_month())
    }

    /// The last day that the calendar knows.
    pub const LAST: Day = Day(NaiveDate::MAX);

    /// The day `days` earlier, held at the first day the calendar knows.
    #[must_use]
    pub fn minus(self, days: Days) -> Day {
        let earlier = TimeDelta::try_days(days.0).and_then(|days| self.0.checked_sub_signed(days));
        Day(earlier.unwrap_or(NaiveDate::MIN))
    }

    /// For a person to read: `20 November 2026`.
    pub fn in_full(self) -> String {
        format!("{} {} {}", self.0.day(), MONTHS[self.month_index()], self.0.year())
    }

    /// For a person to read beside `near`: `15 Aug`, with the year where it is another one.
    pub fn in_short(self, near: Day) -> String {
        let short = &MONTHS[self.month_index()][..3];
        if self.0.year() == near.0.year() {
            format!("{} {short}", self.0.day())
        } else {
            format!("{} {short} {}", self.0.day(), self.0.year())
        }
    }

    fn month_index(self) -> usize {
        usize::try_from(self.0.month0()).unwrap_or(0).min(11)
    }
}

/// A number of days; negative from a day to an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Days(i64);

impl Days {
    /// No days.
    pub const NONE: Days = Days(0);

    /// That many days.
    pub const fn new(count: i64) -> Days {
        Days(count)
    }

    /// The number itself.
    pub const fn count(self) -> i64 {
        self.0
    }

    /// Twice as many.
    #[must_use]
    pub const fn twice(self) -> Days {
        Days(self.0.saturating_mul(2))
    }

    /// The full weeks in it.
    pub const fn weeks(self) -> i64 {
        self.0.div_euclid(7)
    }
}

impl Sub for Days {
    type Output = Days;
    fn sub(self, other: Days) -> Days {
        Days(self.0.saturating_sub(other.0))
    }
}

/// For `counted`, which compares with one.
impl From<u8> for Days {
    fn from(count: u8) -> Days {
        Days(i64::from(count))
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date)
    }
}

impl From<Day> for NaiveDate {
    fn from(day: Day) -> NaiveDate {
        day.0
    }
}

/// `YYYY-MM-DD`; none for a year that has not four digits.
fn in_digits(date: NaiveDate) -> Option<[u8; 10]> {
    let digit = |number: u32| b'0'.checked_add(u8::try_from(number % 10).ok()?);
    let year = u32::try_from(date.year()).ok().filter(|year| *year < 10_000)?;
    let (month, day) = (date.month(), date.day());
    Some([
        digit(year / 1000)?,
        digit(year / 100)?,
        digit(year / 10)?,
        digit(year)?,
        b'-',
        digit(month / 10)?,
        digit(month)?,
        b'-',
        digit(day / 10)?,
        digit(day)?,
    ])
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match in_digits(self.0).as_ref().and_then(|digits| str::from_utf8(digits).ok()) {
            Some(digits) => f.write_str(digits),
            None => write!(f, "{}", self.0),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match in_digits(self.0).as_ref().and_then(|digits| str::from_utf8(digits).ok()) {
            Some(digits) => serializer.serialize_str(digits),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        struct DayVisitor;
        impl de::Visitor<'_> for DayVisitor {
            type Value = Day;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(EXPECTED)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                Day::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Day, E> {
                // Placeholder for a missing day, in a record that is read on only to find further errors.
                let none = NaiveDate::from_ymd_opt(0, 1, 1).map(Day);
                none.ok_or_else(|| E::invalid_type(de::Unexpected::Unit, &self))
            }
        }
        deserializer.deserialize_newtype_struct("Day", DayVisitor)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "description": "An ISO 8601 calendar date, such as 2026-11-20.",
        })
    }
}
