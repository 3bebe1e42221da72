//! A second opinion on recurrence: where python-dateutil has a rule fall, `debt` has it fall too. Every rule of other people's
//! calendars where they are there, and 2,000 random ones.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::import_support::{debt_with_input, shared};
use crate::needs;
use crate::run;
use crate::support::files_below;

/// So far back an audit looks for the last date: 1,100 days before 20 November 2026.
const LOOKED_BACK_TO: &str = "2023-11-17";

/// For each start and rule: the last date on or before the day of the audit, `none`, or `skip` with why the two cannot agree.
const SECOND: &str = r#"
import datetime, sys
from dateutil.rrule import rrulestr
day = datetime.datetime(2026, 11, 20, 23, 59, 59)
for line in sys.stdin.read().splitlines():
    start, rule = line.split("\t")
    start = datetime.datetime.strptime(start, "%Y%m%dT%H%M%S")
    try:
        found = rrulestr(rule, dtstart=start, ignoretz=True)
    except Exception as error:
        print("skip it is no rule to dateutil:", error)
        continue
    first = next(iter(found), None)
    if first != start and "COUNT" in rule.upper():
        # The standard leaves open whether a start that the rule misses counts.
        print("skip the start is no date of the rule")
        continue
    last = found.before(day, inc=True)
    if start <= day:
        last = max(last or start, start)
    print("none" if last is None else last.date())
"#;

/// A number that looks random, from a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[usize::try_from(self.below(of.len() as u64)).expect("small")]
    }

    fn days(&mut self) -> String {
        let all = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let mut days: BTreeSet<&str> = BTreeSet::new();
        for _ in 0..=self.below(3) {
            days.insert(self.one(&all));
        }
        days.into_iter().collect::<Vec<_>>().join(",")
    }

    /// A start and a rule such as calendars write them.
    fn series(&mut self) -> (String, String) {
        let start =
            format!("{}{:02}{:02}T100000", 2022 + self.below(5), 1 + self.below(12), 1 + self.below(28));
        let mut rule = match self.below(9) {
            0 => "FREQ=DAILY".to_owned(),
            1 => format!("FREQ=DAILY;BYDAY={}", self.days()),
            2 => "FREQ=WEEKLY".to_owned(),
            3 => format!("FREQ=WEEKLY;BYDAY={};WKST={}", self.days(), self.one(&["MO", "SU"])),
            4 => "FREQ=MONTHLY".to_owned(),
            5 => format!(
                "FREQ=MONTHLY;BYDAY={}{}",
                self.one(&["1", "2", "3", "4", "-1", "-2"]),
                self.one(&["MO", "WE", "FR"])
            ),
            6 => format!("FREQ=MONTHLY;BYMONTHDAY={}", self.one(&["1", "15", "28", "31", "-1", "1,15"])),
            7 => format!("FREQ=MONTHLY;BYDAY={};BYSETPOS={}", self.days(), self.one(&["1", "2", "-1"])),
            _ => format!("FREQ=YEARLY;BYMONTH={}", self.one(&["3", "6", "1,7", "11"])),
        };
        if self.below(2) == 0 {
            write!(rule, ";INTERVAL={}", 1 + self.below(4)).expect("memory takes it");
        }
        match self.below(4) {
            0 => write!(rule, ";COUNT={}", 1 + self.below(60)).expect("memory takes it"),
            1 => {
                let (month, day) = (1 + self.below(12), 1 + self.below(28));
                write!(rule, ";UNTIL=2026{month:02}{day:02}T{}", self.one(&["235959Z", "100000", "090000"]))
                    .expect("memory takes it");
            }
            _ => {}
        }
        (start, rule)
    }
}

/// The rules of other people's calendars, each from its event's start at ten o'clock.
fn of_others() -> Vec<(String, String)> {
    let Some(folder) = shared("ics") else { return Vec::new() };
    let mut all = BTreeSet::new();
    let leader = folder.parent().map(|data| data.join("leader"));
    for file in std::iter::once(folder)
        .chain(leader)
        .flat_map(|folder| files_below(&folder.display().to_string(), &["ics"]))
    {
        let text = debt::source::foreign::decode(std::fs::read(file).expect("readable"), None).text;
        let text = text.replace("\r\n", "\n").replace("\n ", "");
        for event in text.split("BEGIN:VEVENT").skip(1) {
            let value = |name: &str| {
                event.lines().find(|line| line.starts_with(name)).and_then(|line| line.rsplit(':').next())
            };
            let (Some(start), Some(rule)) = (value("DTSTART"), value("RRULE:")) else { continue };
            let day: String = start.chars().take(8).collect();
            let is_date = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
            // What recurs within a day is never followed, and would keep dateutil busy for ever.
            let is_within_a_day = ["SECONDLY", "MINUTELY", "HOURLY"].iter().any(|word| rule.contains(word));
            if is_date && day.as_str() > "1900" && !rule.trim().is_empty() && !is_within_a_day {
                all.insert((format!("{day}T100000"), rule.trim().to_owned()));
            }
        }
    }
    all.into_iter().collect()
}

#[test]
fn rules_fall_where_dateutil_has_them_fall() {
    let Some(python) = needs::DATEUTIL.there() else { return };
    let mut random = Random(2026);
    let mut series = of_others();
    series.extend((0..2_000).map(|_| random.series()));
    let (mut lines, mut calendar) = (String::new(), "BEGIN:VCALENDAR\n".to_owned());
    for (at, (start, rule)) in series.iter().enumerate() {
        writeln!(lines, "{start}\t{rule}").expect("memory takes it");
        write!(
            calendar,
            "BEGIN:VEVENT\nUID:{at}\nDTSTART:{start}\nRRULE:{rule}\nSUMMARY:1:1 {at}\nEND:VEVENT\n"
        )
        .expect("memory takes it");
    }
    let theirs = run::tool(python).args(["-c", SECOND]).stdin(lines.as_bytes()).end().ok();
    let (status, out, errors) =
        debt_with_input(&["audit", "-", "--format", "json", "--as-of", "2026-11-20"], calendar.as_bytes())
            .parts();
    assert_eq!(status, 0, "{errors}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    let mut ours = vec![None; series.len()];
    for row in ["one_on_ones", "candidates"].iter().filter_map(|key| report[*key].as_array()).flatten() {
        let number =
            row["title"].as_str().and_then(|title| title.strip_prefix("1:1 ")?.parse::<usize>().ok());
        ours[number.expect("our title")] = Some(row);
    }
    let (mut agreed, mut skipped, mut wrong) = (0, 0, Vec::new());
    for (((start, rule), theirs), ours) in series.iter().zip(theirs.lines()).zip(ours) {
        let Some(row) = ours else { continue };
        let unknown = row["missing"].to_string();
        let within_a_day = ["not understood", "several times a day"].iter().any(|why| unknown.contains(why));
        if theirs.starts_with("skip") || within_a_day {
            skipped += 1;
            continue;
        }
        let held = row["last_held"].as_str().unwrap_or("none");
        if held == theirs || (held == "none" && theirs < LOOKED_BACK_TO) {
            agreed += 1;
        } else {
            wrong.push(format!("{start} {rule}: {held}, and {theirs} to dateutil"));
        }
    }
    assert!(wrong.is_empty(), "{agreed} agree, {} do not:\n{}", wrong.len(), wrong.join("\n"));
    assert!(agreed > 1_500, "{agreed} agree, {skipped} are skipped");
}
