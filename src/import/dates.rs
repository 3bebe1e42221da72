//! Days as foreign systems write them. 03/04/2025 is not guessed, and no day is before 1900.

use crate::base::day::Day;

/// Which number comes first where a date is written with slashes or hyphens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Order {
    /// 31/12/2025.
    DayFirst,
    /// 12/31/2025.
    MonthFirst,
    /// 25/12/31.
    YearFirst,
}

/// Why something is not taken for a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoDay {
    /// It could be two days: 03/04/2025.
    Ambiguous,
    /// Its year has two digits, and which number that is is not said: 03/02/24.
    ShortYear,
    /// It is before 1900.
    TooEarly,
    /// It is how systems write that there is no day: 0000-00-00, 9999-12-31.
    Never,
    /// It may be the number that a spreadsheet keeps for this day.
    Serial(Day),
    /// It is none.
    Unknown,
}

/// Two-digit years are from this one to the last of the hundred that begins with it.
pub const FIRST_SHORT_YEAR: u32 = 1950;
/// The last of them.
pub const LAST_SHORT_YEAR: u32 = FIRST_SHORT_YEAR + 99;

/// Reads a day; a time of day behind it is passed over.
pub fn day(text: &str, order: Option<Order>) -> Result<Day, NoDay> {
    let text = without_time(text.trim());
    if let Some(day) = Day::parse(text) {
        return plausible(day);
    }
    let parts = parts(text);
    if matches!(parts[..], ["00" | "0000" | "0", "00" | "0", "00" | "0000" | "0"]) {
        return Err(NoDay::Never);
    }
    let [first, second, third] = parts[..] else {
        return compact(text).map_or_else(|| Err(serial(text)), plausible);
    };
    // 15-Mar-2021, Mar 15, 2021, 3-Feb-24.
    match (month(first), month(second)) {
        (None, Some(month)) => return named(third, month, first),
        (Some(month), None) => return named(third, month, second),
        _ => {}
    }
    if first.chars().count() == 4 {
        return made(number(first), number(second), number(third));
    }
    if third.len() == 2 && first.len() <= 2 {
        return short(first, second, third, order, text.contains('.'));
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
        (Some(Order::DayFirst), ..) | (_, Some(13..), _) => made(year, two, one),
        (Some(Order::MonthFirst), ..) | (_, _, Some(13..)) => made(year, one, two),
        (_, Some(one), Some(two)) if one == two => made(year, Some(one), Some(two)),
        (_, Some(_), Some(_)) => Err(NoDay::Ambiguous),
        _ => Err(NoDay::Unknown),
    }
}

/// Which order a date shows by itself: 13/01/2020 cannot be read in any other. A whole column is written in one.
pub fn order_of(text: &str) -> Option<Order> {
    let text = without_time(text.trim());
    let parts = parts(text);
    let [first, second, third] = parts[..] else { return None };
    if third.len() != 4 || first.len() > 2 || text.contains('.') {
        return None;
    }
    match (number(first)?, number(second)?) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Whether a year is written with two digits.
pub fn has_short_year(text: &str) -> bool {
    let parts = parts(without_time(text.trim()));
    matches!(parts[..], [first, _, third] if third.len() == 2 && first.chars().count() != 4)
}

fn without_time(text: &str) -> &str {
    let end = text.find(['T', ' ']).filter(|end| {
        *end >= 6 && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()) && text[..*end].len() <= 10
    });
    end.filter(|end| text[end + 1..].contains(':')).map_or(text, |end| &text[..end])
}

fn parts(text: &str) -> Vec<&str> {
    let is_between = |c: char| {
        matches!(c, '-' | '/' | '.' | ' ' | ',' | '年' | '月' | '日' | '년' | '월' | '일' | '\u{a0}')
    };
    let words = ["de", "del", "of", "th", "of the", "le", "el", "den", "en"];
    text.split(is_between).filter(|part| !part.is_empty() && !words.contains(part)).collect()
}

fn number(part: &str) -> Option<u32> {
    part.parse::<u32>().ok().filter(|_| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
}

/// A date whose month is a word: only the year may have two digits.
fn named(year: &str, month: u32, day: &str) -> Result<Day, NoDay> {
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let year = if year.len() == 2 { number(year).map(full) } else { number(year) };
    made(year, Some(month), number(day))
}

/// A date of numbers of which none has four digits: the order must have been said, except where points say it.
fn short(first: &str, second: &str, third: &str, order: Option<Order>, points: bool) -> Result<Day, NoDay> {
    let (one, two, three) = (number(first), number(second), number(third));
    if one.is_none() || two.is_none() || three.is_none() {
        return Err(NoDay::Unknown);
    }
    match order {
        Some(Order::DayFirst) => made(three.map(full), two, one),
        Some(Order::MonthFirst) => made(three.map(full), one, two),
        Some(Order::YearFirst) => made(one.map(full), two, three),
        None if points => made(three.map(full), two, one),
        None => Err(NoDay::ShortYear),
    }
}

/// A year of two digits, in the hundred years that are stated.
fn full(year: u32) -> u32 {
    let century = FIRST_SHORT_YEAR / 100 * 100;
    if century + year >= FIRST_SHORT_YEAR { century + year } else { century + 100 + year }
}

fn made(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> Result<Day, NoDay> {
    let written = || Some(format!("{:04}-{:02}-{:02}", year?, month?, day?));
    written()
        .and_then(|written| Day::parse(&written))
        .filter(|day| day.is_real())
        .ok_or(NoDay::Unknown)
        .and_then(plausible)
}

/// No day of the first centuries, and none that only means that there is no day.
fn plausible(day: Day) -> Result<Day, NoDay> {
    let year: u32 = day.to_string().split('-').next().and_then(|year| year.parse().ok()).unwrap_or(0);
    match (year, day.to_string().as_str()) {
        (0 | 1 | 9999.., _) | (_, "1899-12-30" | "1899-12-31" | "1753-01-01" | "1601-01-01") => {
            Err(NoDay::Never)
        }
        (..1900, _) => Err(NoDay::TooEarly),
        _ => Ok(day),
    }
}

/// 20251231.
fn compact(text: &str) -> Option<Day> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits
        .then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
        .and_then(|written| Day::parse(&written))
        .filter(|day| day.is_real())
}

/// The day whose number a spreadsheet would keep as this, where that is a day of a working life.
fn serial(text: &str) -> NoDay {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let days = whole.parse::<i64>().ok().filter(|days| (20_000..=80_000).contains(days) && whole.len() == 5);
    let day = days.and_then(|days| Some(Day::parse("1899-12-30")?.plus(crate::base::day::Days::new(days))));
    day.map_or(NoDay::Unknown, NoDay::Serial)
}

/// The month that a word begins with, in the languages of the header words.
fn month(word: &str) -> Option<u32> {
    #[rustfmt::skip]
    const MONTHS: [&[&str]; 12] = [
        &["jan", "ene", "gen"], &["feb", "fev"], &["mar", "mrt", "maa", "mrz"], &["apr", "avr", "abr"], &["may", "mai", "mag", "mei"], &["jun", "juin", "giu"],
        &["jul", "juil", "lug"], &["aug", "aou", "ago"], &["sep", "set"], &["oct", "okt", "ott", "out"], &["nov"], &["dec", "dez", "dic"],
    ];
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let word = deunicode::deunicode(word).to_ascii_lowercase();
    let position = MONTHS.iter().position(|starts| starts.iter().any(|start| word.starts_with(start)))?;
    u32::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::{NoDay, Order, day, has_short_year, order_of};

    #[test]
    fn days_are_read_and_never_guessed() {
        let read = |text| day(text, None).map(|day| day.to_string());
        for text in [
            "2025-12-31",
            "2025/12/31",
            "31.12.2025",
            "31.12.25",
            "31/12/2025",
            "12/31/2025",
            "20251231",
            "2025-12-31T08:00:00Z",
            "2025-12-31 00:00:00",
            "31-Dec-2025",
            "31-Dec-25",
            "December 31, 2025",
            "31 Dec 2025",
            "31. Dezember 2025",
            "31 décembre 2025",
            "31 de diciembre de 2025",
            "2025年12月31日",
            "31/12/2025 00:00",
            "12/31/2025 12:00:00 AM",
        ] {
            assert_eq!(read(text).as_deref(), Ok("2025-12-31"), "{text}");
        }
        assert_eq!(read("03/04/2025"), Err(NoDay::Ambiguous));
        assert_eq!(read("04/04/2025").as_deref(), Ok("2025-04-04"));
        let ordered = |text, order| day(text, Some(order)).map(|day| day.to_string());
        assert_eq!(ordered("03/04/2025", Order::DayFirst).as_deref(), Ok("2025-04-03"));
        assert_eq!(ordered("03/04/2025", Order::MonthFirst).as_deref(), Ok("2025-03-04"));
        for wrong in
            ["", "2025-02-30", "soon", "1/2", "99999999", "é/ü/ß", "Dec", "-", "20é51231", "31/31/31/31"]
        {
            assert_eq!(read(wrong), Err(NoDay::Unknown), "{wrong}");
        }
    }

    #[test]
    fn no_day_lands_in_the_first_century() {
        let read = |text| day(text, None).map(|day| day.to_string());
        assert_eq!(read("3-Feb-24").as_deref(), Ok("2024-02-03"));
        assert_eq!(read("3-Feb-49").as_deref(), Ok("2049-02-03"));
        assert_eq!(read("3-Feb-50").as_deref(), Ok("1950-02-03"));
        assert_eq!(read("03/02/24"), Err(NoDay::ShortYear));
        assert_eq!(
            day("03/02/24", Some(Order::DayFirst)).map(|day| day.to_string()).as_deref(),
            Ok("2024-02-03")
        );
        assert_eq!(
            day("24/02/03", Some(Order::YearFirst)).map(|day| day.to_string()).as_deref(),
            Ok("2024-02-03")
        );
        assert_eq!(read("0024-02-03"), Err(NoDay::TooEarly));
        assert_eq!(read("1824-02-03"), Err(NoDay::TooEarly));
        for never in ["0000-00-00", "9999-12-31", "31.12.9999", "0001-01-01T00:00:00", "00/00/0000"] {
            assert_eq!(read(never), Err(NoDay::Never), "{never}");
        }
        assert!(matches!(day("45992", None), Err(NoDay::Serial(day)) if day.to_string() == "2025-12-01"));
        assert!(has_short_year("3-Feb-24") && !has_short_year("2024-02-03") && !has_short_year("3.2.2024"));
    }

    #[test]
    fn a_day_may_show_the_order_of_its_column() {
        assert_eq!(
            (order_of("13/01/2020"), order_of("01/13/2020 00:00")),
            (Some(Order::DayFirst), Some(Order::MonthFirst))
        );
        assert_eq!(
            (order_of("01/02/2020"), order_of("13.01.2020"), order_of("2020-01-13")),
            (None, None, None)
        );
    }
}
