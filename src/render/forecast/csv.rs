//! `csv`: a row a week under a header. RFC 4180, UTF-8.

use std::io::{self, Write};

use super::super::csv::writer;
use super::super::own::OwnView;
use crate::report::outlook::ForecastReport;

const COLUMNS: [&str; 8] =
    ["course", "day", "mp", "interest_mp", "begins_mp", "ends_mp", "missed_mp", "grade"];

pub(super) fn render(report: &ForecastReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(to);
    writer.write_record(COLUMNS)?;
    let courses = [("nothing", Some(&report.course)), ("done", report.if_done.as_ref())];
    for (name, course) in courses {
        for row in course.into_iter().flat_map(|course| &course.days) {
            let amounts = [row.mp, row.interest_mp, row.begins_mp, row.ends_mp, row.missed_mp];
            let amounts = amounts.map(|mp| mp.mp().to_string());
            let mut cells = vec![name.to_owned(), row.day.to_string()];
            cells.extend(amounts);
            cells.push(row.grade.to_owned());
            writer.write_record(cells)?;
        }
    }
    writer.flush()
}
