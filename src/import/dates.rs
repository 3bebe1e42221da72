//! Days as foreign systems write them. 03/04/2025 is not guessed.

use crate::base::day::Day;

/// Which number comes first where a date is written with slashes or hyphens and the year last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// 31/12/2025.
    DayFirst,
    /// 12/31/2025.
    MonthFirst,
}

/// Why something is not taken for a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoDay {
    /// It could be two days: 03/04/2025.
    Ambiguous,
    /// It is none.
    Unknown,
}

/// Reads a day; a time of day behind it is passed over.
pub fn day(text: &str, order: Option<Order>) -> Result<Day, NoDay> {
    let text = text.trim();
    let end = text.find(['T', ' ']).filter(|end| {
        *end >= 8 && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()) && text[..*end].len() <= 10
    });
    let text = end.filter(|end| text[end + 1..].contains(':')).map_or(text, |end| &text[..end]);
    if let Some(day) = Day::parse(text) {
        return Ok(day);
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else {
        return compact(text).ok_or(NoDay::Unknown);
    };
    let number = |part: &str| {
        part.parse::<u32>().ok().filter(|_| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    // 15-Mar-2021, Mar 15, 2021.
    match (month(first), month(second)) {
        (None, Some(month)) => return made(number(third), Some(month), number(first)),
        (Some(month), None) => return made(number(third), Some(month), number(second)),
        _ => {}
    }
    if first.len() == 4 {
        return made(number(first), number(second), number(third));
    }
    if third.len() != 4 {
        return Err(NoDay::Unknown);
    }
    let (year, one, two) = (number(third), number(first), number(second));
    // With points, the day comes first wherever that is written.
    if text.contains('.') {
        return made(year, two, one);
    }
    match (order, one, two) {
        (Some(Order::DayFirst), ..) | (None, Some(13..), _) => made(year, two, one),
        (Some(Order::MonthFirst), ..) | (None, _, Some(13..)) => made(year, one, two),
        (None, Some(one), Some(two)) if one == two => made(year, Some(one), Some(two)),
        (None, Some(_), Some(_)) => Err(NoDay::Ambiguous),
        _ => Err(NoDay::Unknown),
    }
}

fn made(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> Result<Day, NoDay> {
    let written = || Some(format!("{:04}-{:02}-{:02}", year?, month?, day?));
    written().and_then(|written| Day::parse(&written)).filter(|day| day.is_real()).ok_or(NoDay::Unknown)
}

/// 20251231.
fn compact(text: &str) -> Option<Day> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
        .and_then(|written| Day::parse(&written))
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    let position = MONTHS.iter().position(|month| *month == start)?;
    u32::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::{NoDay, Order, day};

    #[test]
    fn days_are_read_and_never_guessed() {
        let read = |text| day(text, None).map(|day| day.to_string());
        for text in [
            "2025-12-31",
            "2025/12/31",
            "31.12.2025",
            "31/12/2025",
            "12/31/2025",
            "20251231",
            "2025-12-31T08:00:00Z",
            "2025-12-31 00:00:00",
            "31-Dec-2025",
            "December 31, 2025",
            "31 Dec 2025",
            "31/12/2025 00:00",
        ] {
            assert_eq!(read(text).as_deref(), Ok("2025-12-31"), "{text}");
        }
        assert_eq!(read("03/04/2025"), Err(NoDay::Ambiguous));
        assert_eq!(read("04/04/2025").as_deref(), Ok("2025-04-04"));
        assert_eq!(
            day("03/04/2025", Some(Order::DayFirst)).map(|day| day.to_string()).as_deref(),
            Ok("2025-04-03")
        );
        assert_eq!(
            day("03/04/2025", Some(Order::MonthFirst)).map(|day| day.to_string()).as_deref(),
            Ok("2025-03-04")
        );
        for wrong in [
            "",
            "45992",
            "2025-02-30",
            "31/12/25",
            "soon",
            "1/2",
            "99999999",
            "é/ü/ß",
            "Dec",
            "0000-00-00",
            "-",
            "20é51231",
        ] {
            assert_eq!(read(wrong), Err(NoDay::Unknown), "{wrong}");
        }
    }
}
