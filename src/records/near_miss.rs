//! Values that are nearly right: a day or a cadence in another spelling, and what to type instead.

use super::values::EXPECTED_EVERY;
use crate::base::day::{self, Day};
use crate::base::message::{Message, Quote, message};
use crate::base::nearest::nearest;
use crate::yaml::node::Node;
use crate::yaml::scalar::{self, Plain};

/// What to type instead of a text, where something else was expected and it can be told.
pub(super) fn instead_of(node: &Node<'_>, expected: &str) -> Option<Message<Quote>> {
    let text = node.text().filter(|text| text.len() <= LONGEST)?;
    // In quotes, since else it would be a number.
    if expected.starts_with("a whole number") && scalar::kind(text) == Plain::Whole {
        let is_quoted = node.plain() == Some(Plain::Text);
        return is_quoted.then(|| message!("write it without quotes: `", text.to_owned(), "`"));
    }
    if expected == day::EXPECTED {
        return instead_of_day(text);
    }
    (expected == EXPECTED_EVERY).then(|| cadence(text)).flatten().map(|word| message!("write `", word, "`"))
}

/// Longer texts are no date and no cadence.
const LONGEST: usize = 60;

/// How else people say the cadences; in lower case, with blanks for hyphens.
const CADENCES: &[(&str, &[&str])] = &[
    ("weekly", &["week", "every week", "once a week", "per week", "1 week"]),
    (
        "biweekly",
        &[
            "fortnightly",
            "fortnight",
            "bi weekly",
            "every other week",
            "every two weeks",
            "2 weekly",
            "2 weeks",
        ],
    ),
    ("monthly", &["month", "every month", "once a month", "per month", "1 month"]),
    ("quarterly", &["quarter", "every quarter", "once a quarter", "3 months", "every three months"]),
    ("1d", &["daily", "every day", "day"]),
];

/// The cadence that is meant: `biweekly` for `fortnightly`, `10d` for `every 10 days`.
fn cadence(text: &str) -> Option<String> {
    let plain: String = text.to_lowercase().replace(['-', '_'], " ");
    let plain = plain.trim();
    let named = CADENCES.iter().find(|(word, others)| *word == plain || others.contains(&plain));
    if let Some((word, _)) = named {
        return Some((*word).to_owned());
    }
    let counted = plain.strip_prefix("every ").unwrap_or(plain);
    let unit = counted.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &counted[..counted.len() - unit.len()];
    let unit = match unit.trim() {
        "day" | "days" | "d" | "" => "d",
        "week" | "weeks" | "w" => "w",
        _ => return nearest(plain, CADENCES.iter().map(|(word, _)| *word).take(4)).map(str::to_owned),
    };
    Some(format!("{number}{unit}")).filter(|every| super::values::Every::parse(every).is_some())
}

/// The day or the days that a text can mean.
fn instead_of_day(text: &str) -> Option<Message<Quote>> {
    let days = days_meant(text);
    match days.as_slice() {
        [] => None,
        [one] => Some(message!("write `", one.to_string(), "`")),
        [first, second, ..] => Some(message!(
            "this can be two days: write `",
            first.to_string(),
            "` or `",
            second.to_string(),
            "`"
        )),
    }
}

fn days_meant(text: &str) -> Vec<Day> {
    // A day with a time behind it.
    if let Some(day) = text.get(..10).and_then(Day::parse) {
        return vec![day];
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return day_of(&text[..4], &text[4..6], &text[6..]).into_iter().collect();
    }
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return Vec::new() };
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut days: Vec<Day> = match (is_year(first), is_year(third)) {
        (true, _) => day_of(first, second, third).into_iter().collect(),
        (_, true) => {
            let day_first = day_of(third, second, first);
            // Points are used where the day comes first.
            let month_first =
                day_of(third, first, second).filter(|_| day_first.is_none() || !text.contains('.'));
            day_first.into_iter().chain(month_first).collect()
        }
        _ => Vec::new(),
    };
    days.dedup();
    days
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let named = MONTHS.iter().position(|month| lower.len() >= 3 && month.starts_with(&lower));
    named.map(|index| index + 1).or_else(|| text.parse().ok())
}

fn day_of(year: &str, month_text: &str, day: &str) -> Option<Day> {
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let day: u8 = day.parse().ok()?;
    Day::parse(&format!("{year}-{:02}-{day:02}", month(month_text)?))
}

#[cfg(test)]
mod tests {
    use super::{cadence, days_meant};

    #[test]
    fn cadences_that_are_meant() {
        for (typed, meant) in [
            ("fortnightly", Some("biweekly")),
            ("Bi-Weekly", Some("biweekly")),
            ("Weekly", Some("weekly")),
            ("every 10 days", Some("10d")),
            ("3 weeks", Some("3w")),
            ("monthy", Some("monthly")),
            ("daily", Some("1d")),
            ("7", Some("7d")),
            ("400d", None),
            ("rarely ever", None),
        ] {
            assert_eq!(cadence(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn days_that_are_meant() {
        for (typed, meant) in [
            ("24.11.2026", &["2026-11-24"][..]),
            ("24/11/2026", &["2026-11-24"]),
            ("11/24/2026", &["2026-11-24"]),
            ("03/04/2026", &["2026-04-03", "2026-03-04"]),
            ("03.04.2026", &["2026-04-03"]),
            ("04/04/2026", &["2026-04-04"]),
            ("Nov 24 2026", &["2026-11-24"]),
            ("24th November, 2026", &["2026-11-24"]),
            ("2026/1/2", &["2026-01-02"]),
            ("20261124", &["2026-11-24"]),
            ("2026-11-24T10:00:00Z", &["2026-11-24"]),
            ("2026-13-24", &[]),
            ("31/02/2026", &[]),
            ("24/11/26", &[]),
            ("soon", &[]),
            ("é/é/éé", &[]),
        ] {
            let days: Vec<String> = days_meant(typed).iter().map(ToString::to_string).collect();
            assert_eq!(days, meant, "{typed}");
        }
    }
}
