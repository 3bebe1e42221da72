//! `ics`: a whole day for each 1:1 to come (RFC 5545). Titles say nothing but that it is a 1:1: calendars are seen by many.
//! Ids stay the same, so that a second import moves events instead of doubling them.

use std::io::{self, Write};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::super::own::OwnView;
use crate::base::day::Day;
use crate::report::person::{AgendaReport, AgendaRow};

pub(super) fn render(agenda: &AgendaReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//debt//agenda//EN\r\n");
    for row in &agenda.one_on_ones {
        let Some(next) = row.next else { continue };
        // What is overdue is due today.
        let day = next.max(agenda.head.as_of);
        text.push_str(&format!(
            "BEGIN:VEVENT\r\nUID:{}\r\nDTSTAMP:{}T000000Z\r\nDTSTART;VALUE=DATE:{}\r\nDTEND;VALUE=DATE:{}\r\nSUMMARY:1:1\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
            uid(agenda, row),
            compact(agenda.head.as_of),
            compact(day),
            compact(day.day_after())
        ));
    }
    text.push_str("END:VCALENDAR\r\n");
    to.write_all(text.as_bytes())
}

fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Of the portfolio and the meeting, without telling either.
fn uid(agenda: &AgendaReport, row: &AgendaRow) -> String {
    let named = format!("{}\0{}", agenda.head.portfolio_id.raw(), row.id.raw());
    let hash = HEXLOWER.encode(&Sha256::digest(named.as_bytes()));
    format!("{}@debt.invalid", hash.get(..32).unwrap_or_default())
}
