//! Dates and times of iCalendar, as far as a calendar day needs them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::zone::Zone;
use crate::base::day::Day;

/// How a time is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meant {
    /// A day without a time.
    Day,
    /// In UTC.
    Utc,
    /// In this zone.
    In(Zone),
    /// Wherever one is; also where the zone's name says nothing.
    Floating,
}

/// A date or a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Moment {
    written: NaiveDateTime,
    pub(super) meant: Meant,
}

impl Moment {
    /// Reads `20260211T103000Z` and the like; of a period its beginning. `zone` is the `TZID`.
    pub(super) fn parse(text: &str, zone: Option<&str>) -> Option<Moment> {
        let text = text.split('/').next().unwrap_or_default().trim();
        let digits: String = text.chars().filter(|c| !matches!(c, '-' | ':')).collect();
        let (date, time) =
            digits.split_once(['T', 't']).map_or((digits.as_str(), None), |(date, time)| (date, Some(time)));
        let number = |text: &str, range: std::ops::Range<usize>| {
            text.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse::<u32>().ok()
        };
        if date.len() != 8 {
            return None;
        }
        let year = i32::try_from(number(date, 0..4)?).ok().filter(|year| *year > 0)?;
        let date = NaiveDate::from_ymd_opt(year, number(date, 4..6)?, number(date, 6..8)?)?;
        let Some(time) = time else {
            return Some(Moment { written: date.and_time(NaiveTime::MIN), meant: Meant::Day });
        };
        let (time, utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        let second = number(time, 4..6).unwrap_or(0).min(59);
        let written =
            date.and_time(NaiveTime::from_hms_opt(number(time, 0..2)?, number(time, 2..4)?, second)?);
        let meant =
            if utc { Meant::Utc } else { zone.and_then(Zone::named).map_or(Meant::Floating, Meant::In) };
        Some(Moment { written, meant })
    }

    /// The day on which it falls for somebody who reads times as `home` means them.
    pub(super) fn day_in(self, home: Meant) -> Day {
        Day::from(self.in_terms_of(home).date())
    }

    /// The same, with the seconds since midnight.
    pub(super) fn time_in(self, home: Meant) -> (Day, u32) {
        let local = self.in_terms_of(home);
        let seconds = local.time().signed_duration_since(NaiveTime::MIN).num_seconds();
        (Day::from(local.date()), u32::try_from(seconds).unwrap_or(0))
    }

    fn in_terms_of(self, home: Meant) -> NaiveDateTime {
        let utc = match self.meant {
            Meant::Day | Meant::Floating => return self.written,
            Meant::Utc => self.written,
            Meant::In(zone) => {
                if home == Meant::In(zone) {
                    return self.written;
                }
                let offset = zone.offset_of(self.written);
                self.written.checked_sub_signed(TimeDelta::seconds(i64::from(offset))).unwrap_or(self.written)
            }
        };
        match home {
            Meant::In(zone) => {
                let offset = zone.offset_at(utc);
                utc.checked_add_signed(TimeDelta::seconds(i64::from(offset))).unwrap_or(utc)
            }
            Meant::Utc => utc,
            Meant::Day | Meant::Floating => self.written,
        }
    }

    /// Seconds from this to another, as written.
    pub(super) fn seconds_to(self, later: Moment) -> i64 {
        (later.written - self.written).num_seconds()
    }
}

#[cfg(test)]
mod tests {
    use super::{Meant, Moment};
    use crate::import::ics::zone::Zone;

    #[test]
    fn a_day_is_the_local_one() {
        let home = Meant::In(Zone::named("America/Los_Angeles").expect("known"));
        let day = |text, tz| Moment::parse(text, tz).map(|moment| moment.day_in(home).to_string());
        assert_eq!(day("20260106T010000Z", None).as_deref(), Some("2026-01-05"));
        assert_eq!(day("20260105T170000", Some("America/Los_Angeles")).as_deref(), Some("2026-01-05"));
        assert_eq!(day("20260106T020000", Some("Europe/Berlin")).as_deref(), Some("2026-01-05"));
        assert_eq!(day("20260105", None).as_deref(), Some("2026-01-05"));
        assert_eq!(day("20260105T170000/PT1H", Some("Nowhere")).as_deref(), Some("2026-01-05"));
        assert_eq!(day("2026-01-05T17:00:00", None).as_deref(), Some("2026-01-05"));
        for wrong in ["", "None", "20261301", "2026010", "20260101T", "20260101T99", "00000101", "T", "é"] {
            assert_eq!(Moment::parse(wrong, None), None, "{wrong}");
        }
    }
}
