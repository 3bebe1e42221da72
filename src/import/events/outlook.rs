//! Outlook's export of a calendar as CSV: a row for each date, people by name, and no word of which rows are one series.
//! Rows with one title and the same people are one.

use chrono::NaiveTime;
use csv::{ReaderBuilder, StringRecord};

use super::{Event, Invited, Page, When, Wrong, Zone};
use crate::import::dates::{self, NoDay, Order};
use crate::source::Code;

/// The headers that tell such a file.
pub fn is_outlook(first: &str) -> bool {
    first.contains("Subject") && first.contains("Start Date") && first.contains("Start Time")
}

/// Which column holds what.
struct Columns {
    title: Option<usize>,
    start_day: usize,
    start_time: Option<usize>,
    end_day: Option<usize>,
    end_time: Option<usize>,
    all_day: Option<usize>,
    organizer: Option<usize>,
    required: Option<usize>,
    optional: Option<usize>,
    description: Option<usize>,
    private: Option<usize>,
    sensitivity: Option<usize>,
}

const HELP: &str = "say which number comes first: --dates dmy or --dates mdy";

/// Reads a file.
pub(super) fn read(text: &str, order: Option<Order>) -> Result<Page, Wrong> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|one| first.bytes().filter(|byte| byte == one).count());
    let mut reader =
        ReaderBuilder::new().flexible(true).delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let named = |name: &str| header.iter().position(|one| one.trim().eq_ignore_ascii_case(name));
    let Some(start_day) = named("Start Date") else {
        return Err(wrong(1, "no column `Start Date`".to_owned(), "export the calendar again"));
    };
    let columns = Columns {
        title: named("Subject"),
        start_day,
        start_time: named("Start Time"),
        end_day: named("End Date"),
        end_time: named("End Time"),
        all_day: named("All day event"),
        organizer: named("Meeting Organizer"),
        required: named("Required Attendees"),
        optional: named("Optional Attendees"),
        description: named("Description"),
        private: named("Private"),
        sensitivity: named("Sensitivity"),
    };
    let rows: Vec<StringRecord> = reader.into_records().map_while(Result::ok).collect();
    // A whole column is written in one order.
    let cell = |row: &StringRecord| row.get(start_day).unwrap_or_default().to_owned();
    let order = order.or_else(|| rows.iter().find_map(|row| dates::order_of(&cell(row))));
    let mut page = Page::default();
    for row in &rows {
        page.events.extend(event(row, &columns, order)?);
    }
    Ok(page)
}

fn wrong(line: u32, message: String, help: &'static str) -> Wrong {
    Wrong { code: Code::WrongValue, place: Some((line, 1)), message, help }
}

fn event(row: &StringRecord, columns: &Columns, order: Option<Order>) -> Result<Option<Event>, Wrong> {
    let line = row.position().map_or(1, |place| u32::try_from(place.line()).unwrap_or(u32::MAX));
    let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).unwrap_or_default().trim();
    let is_true = |column| matches!(cell(column).to_ascii_lowercase().as_str(), "true" | "yes" | "1");
    let all_day = is_true(columns.all_day);
    let when = |day_column: Option<usize>, time_column| -> Result<Option<When>, Wrong> {
        let written = cell(day_column);
        if written.is_empty() {
            return Ok(None);
        }
        let day = match dates::day(written, order) {
            Ok(day) => day,
            Err(NoDay::Ambiguous | NoDay::ShortYear) => {
                return Err(wrong(line, format!("{written} can be two days"), HELP));
            }
            Err(_) => return Err(wrong(line, format!("`{written}` is no day"), HELP)),
        };
        let date = chrono::NaiveDate::from(day);
        let time = time(cell(time_column)).filter(|_| !all_day);
        let zone = if time.is_some() { Zone::Floating } else { Zone::Day };
        Ok(Some(When { at: date.and_time(time.unwrap_or(NaiveTime::MIN)), zone }))
    };
    let start = when(Some(columns.start_day), columns.start_time)?;
    if start.is_none() {
        return Ok(None);
    }
    let people = |column, optional| {
        let one = move |name: &str| Invited { optional, ..invited(name) };
        cell(column).split(';').map(str::trim).filter(|name| !name.is_empty()).map(one).collect::<Vec<_>>()
    };
    let organizer = Some(cell(columns.organizer)).filter(|name| !name.is_empty()).map(invited);
    let mut all = people(columns.required, false);
    all.extend(people(columns.optional, true));
    let title = cell(columns.title);
    let mut names: Vec<String> = all.iter().chain(&organizer).map(Invited::called).collect();
    names.sort_unstable();
    names.dedup();
    let series = format!("{}\u{1F}{}", title.to_lowercase(), names.join("\u{1F}"));
    Ok(Some(Event {
        line,
        id: format!("{series}\u{1F}{line}"),
        series: Some(series),
        title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        description: Some(cell(columns.description).to_owned()).filter(|text| !text.is_empty()),
        start,
        end: when(columns.end_day, columns.end_time)?,
        organizer,
        invited: all,
        cancelled: ["canceled:", "cancelled:"].iter().any(|word| title.to_lowercase().starts_with(word)),
        private: is_true(columns.private)
            || matches!(
                cell(columns.sensitivity).to_ascii_lowercase().as_str(),
                "private" | "personal" | "confidential"
            ),
        ..Event::default()
    }))
}

impl Invited {
    fn called(&self) -> String {
        let name = self.name.clone().unwrap_or_default();
        if self.address.is_empty() { name } else { self.address.clone() }.to_lowercase()
    }
}

/// A name, an address, or both: `Ana Souza <ana@example.org>`.
fn invited(written: &str) -> Invited {
    let plain = written.trim().trim_matches(['\'', '"']);
    if let Some((name, address)) = plain.split_once('<') {
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        return Invited {
            address: address.trim_end_matches('>').trim().to_owned(),
            name,
            ..Invited::default()
        };
    }
    if plain.contains('@') {
        Invited { address: plain.to_owned(), ..Invited::default() }
    } else {
        Invited { name: Some(plain.to_owned()), ..Invited::default() }
    }
}

/// `10:00:00 AM`, `10:00`, `10.00`.
fn time(written: &str) -> Option<NaiveTime> {
    let written = written.trim().replace('.', ":");
    let formats = ["%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M"];
    formats.iter().find_map(|format| NaiveTime::parse_from_str(&written, format).ok())
}
