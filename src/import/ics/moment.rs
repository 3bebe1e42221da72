//! Dates and times of iCalendar, as far as a calendar day needs them; and time zones by the many names they go by.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::base::day::Day;

/// Windows' names of time zones with the zone of their main territory. Source: CLDR, supplemental/windowsZones.xml,
/// territory 001.
const WINDOWS: &str = include_str!("windows_zones.tsv");

/// How a time is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meant {
    /// A day without a time.
    Day,
    /// In UTC.
    Utc,
    /// In this zone.
    In(Tz),
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
            if utc { Meant::Utc } else { zone.and_then(self::zone).map_or(Meant::Floating, Meant::In) };
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
                // In the hour that a clock skips any instant near it does.
                let near = |minutes| {
                    zone.offset_from_local_datetime(&(self.written + TimeDelta::minutes(minutes))).earliest()
                };
                let offset = near(0).or_else(|| near(60)).map_or(0, |offset| offset.fix().local_minus_utc());
                self.written.checked_sub_signed(TimeDelta::seconds(i64::from(offset))).unwrap_or(self.written)
            }
        };
        match home {
            Meant::In(zone) => {
                let offset = zone.offset_from_utc_datetime(&utc).fix().local_minus_utc();
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

/// The zone that a name means: an IANA name, also at the end of a path or in quotes, or a Windows name.
pub(super) fn zone(name: &str) -> Option<Tz> {
    let name = name.trim().trim_matches('"').trim();
    if let Ok(zone) = name.parse::<Tz>() {
        return Some(zone);
    }
    let windows = |name: &str| {
        WINDOWS
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, zone)| zone)
    };
    if let Some(zone) = windows(name) {
        return zone.parse().ok();
    }
    // /freeassociation.sourceforge.net/Europe/Berlin
    let parts: Vec<&str> = name.trim_start_matches('/').split('/').collect();
    (1..parts.len()).find_map(|from| parts[from..].join("/").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::{Meant, Moment, WINDOWS, zone};

    #[test]
    fn every_windows_name_leads_to_a_zone() {
        for line in WINDOWS.lines() {
            let (name, _) = line.split_once('\t').expect("two columns");
            assert!(zone(name).is_some(), "{line}");
        }
        assert_eq!(zone("W. Europe Standard Time"), zone("Europe/Berlin"));
        assert_eq!(zone("/softwarestudio.org/Olson_20011030_5/America/New_York"), zone("America/New_York"));
        assert_eq!(zone("\"Europe/Paris\""), zone("Europe/Paris"));
        for unknown in ["", "Customized Time Zone", "US-Eastern", "/", "é"] {
            assert_eq!(zone(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_day_is_the_local_one() {
        let home = Meant::In(zone("America/Los_Angeles").expect("known"));
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
