//! What a person should know about how a file was read, in sentences.

use super::super::dates::{FIRST_SHORT_YEAR, LAST_SHORT_YEAR, Order};
use super::super::draft::Draft;
use super::Options;
use super::columns::Columns;
use super::people::Employee;
use super::presence::Presence;
use super::role::{MANAGER_ROLES, Role};
use super::rows::{Reading, Seen};
use super::settle::IdFrom;
use super::sheet::Table;
use super::words::{DEPARTMENTS, TEAMS};
use crate::base::message::counted;
use crate::base::shell;
use crate::source::foreign::Foreign;

/// Of the columns that were not read so many are named.
const NAMED: usize = 20;

fn people(count: usize) -> String {
    counted(count, "person", "people")
}

/// Notes on who was left out and how days were read.
pub(super) fn of_people(reading: &Reading<'_>, everybody: &[Employee], seen: &Seen, notes: &mut Vec<String>) {
    let count = |presence: Presence| everybody.iter().filter(|one| one.presence == presence).count();
    if count(Presence::Gone) > 0 {
        notes.push(format!(
            "left out, being gone or having an account that is off: {}; since when is not said, and --left-on DATE keeps them as people who left that day",
            people(count(Presence::Gone))
        ));
    }
    for (presence, one, many, why) in [
        (Presence::Bot, "bot", "bots", "no person"),
        (Presence::Guest, "guest", "guests", "of another organisation"),
        (Presence::Vacant, "vacant position", "vacant positions", "held by nobody"),
    ] {
        if count(presence) > 0 {
            notes.push(format!("left out: {}, {why}", counted(count(presence), one, many)));
        }
    }
    if !seen.odd_statuses.is_empty() {
        let words: Vec<String> =
            seen.odd_statuses.iter().take(5).map(|(word, count)| format!("{word} ({count})")).collect();
        notes.push(format!(
            "status words that are not known, so these people count as present: {}",
            words.join(", ")
        ));
    }
    if seen.rehired > 0 {
        notes.push(format!(
            "{} left before the day on which they started again: that leaving date was not taken",
            people(seen.rehired)
        ));
    }
    if seen.short_years > 0 {
        notes.push(format!("years of two digits are {FIRST_SHORT_YEAR} to {LAST_SHORT_YEAR}"));
    }
    if seen.serials > 0 {
        notes.push(format!(
            "{} written as a spreadsheet's numbers were read as days",
            counted(seen.serials, "date", "dates")
        ));
    }
    for (order, count) in &seen.inferred {
        let first = if *order == Order::MonthFirst { "month" } else { "day" };
        notes.push(format!(
            "{} could be read in two ways and {} read {first} first, as the other dates of the column are; --dates says it otherwise",
            counted(*count, "date", "dates"),
            if *count == 1 { "was" } else { "were" }
        ));
    }
    match reading.id_from {
        IdFrom::Name => notes
            .push("people are told apart by their names, since no column has ids or addresses".to_owned()),
        IdFrom::Note => notes.push("ids were read from the brackets behind the names".to_owned()),
        IdFrom::Column | IdFrom::Email => {}
    }
}

/// Notes on the file and its columns.
pub(super) fn of_columns(
    foreign: &Foreign,
    table: &Table,
    columns: &Columns,
    options: &Options,
    draft: &mut Draft,
) {
    let notes = &mut draft.notes;
    if foreign.damaged {
        notes.push(format!(
            "some bytes are not valid {} and were replaced; use --encoding to name another encoding",
            foreign.encoding
        ));
    } else if foreign.guessed {
        notes.push(format!(
            "read as {}, which its bytes look like; --encoding names another encoding",
            foreign.encoding
        ));
    }
    notes.extend(table.passed_over.iter().map(|what| format!("passed over: {what}")));
    if MANAGER_ROLES.iter().all(|role| columns.of(*role).is_none()) {
        notes.push(
            "no column names managers: nobody has a delivery owner yet; --map manager=COLUMN names one"
                .to_owned(),
        );
    }
    if columns.of(Role::Squad).is_none() {
        let is_one = |words: &[&str], header: &str| {
            words.iter().any(|word| super::header::plain(word) == super::header::plain(header))
        };
        let likely = |header: &&String| is_one(DEPARTMENTS, header) || is_one(TEAMS, header);
        if let Some(header) = table.headers.iter().find(likely) {
            let shown = shell::word(header);
            notes.push(format!("no squads were made; --squads {shown} makes them of that column"));
        }
    }
    if columns.of(Role::Email).is_some() && columns.of(Role::Id).is_some() && !options.how.email_aliases {
        notes.push("mail addresses were left out; --email-aliases keeps them, so that calendars find the same people".to_owned());
    }
    let unread = unread(table, columns);
    if !unread.is_empty() {
        let more = unread.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown: Vec<&str> = unread.iter().take(NAMED).copied().collect();
        notes.push(format!("columns not read: {}{more}", shown.join(", ")));
    }
}

/// The columns that nothing was read from.
pub(super) fn unread<'t>(table: &'t Table, columns: &Columns) -> Vec<&'t str> {
    let all = table.headers.iter().enumerate();
    let unread = all
        .filter(|(index, name)| !columns.is_read(*index) && !columns.is_compared(*index) && !name.is_empty());
    unread.map(|(_, name)| name.as_str()).collect()
}
