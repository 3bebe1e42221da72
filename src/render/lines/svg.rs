//! `svg`: three columns, the delivery owners, the people by squad, the craft owners; a row is 22 pixels. Owners stand at
//! the mean row of their people, so that curves are short and the same input gives the same picture.

use std::collections::BTreeMap;
use std::io::{self, Write};

use maud::{Markup, html};

use super::super::escape;
use super::LinesView;
use super::svg_text::{SIZE, fitted};
use super::words::{NONE, craft_owner, line_of, name, one_on_one, owner, part, squad};
use crate::base::names::Untrusted;
use crate::records::words::Line;
use crate::report::lines::{LineRow, LinesReport, OwnerState, PersonRow};

/// As many people as are drawn: a picture of more is no picture.
const MOST_PEOPLE: usize = 400;
/// The height of a row, of a box in it, and where the first one begins.
const ROW: i64 = 22;
const BOX: i64 = 18;
const TOP: i64 = 62;
/// How wide a column is, how far it is to the next one, and the margin around all.
const COLUMN: i64 = 196;
const BETWEEN: i64 = 74;
const MARGIN: i64 = 12;
/// From the edge of a box to its text.
const INSET: i64 = 7;

/// How the picture looks, in light and in dark.
pub(in crate::render) const SVG_STYLE: &str = include_str!("svg.css");

pub(super) fn refuse(report: &LinesReport, _: &LinesView) -> Option<String> {
    super::refuse_aggregate(report, "picture").or_else(|| {
        let people = report.people.len();
        (people > MOST_PEOPLE).then(|| {
            format!("a picture of {people} people would not be readable (at most {MOST_PEOPLE}); take one squad with --squad ID")
        })
    })
}

pub(super) fn render(report: &LinesReport, view: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    to.write_all(picture(report, view, true).0.as_bytes())?;
    to.write_all(b"\n")
}

/// An owner in a column: where, who, and of how many rows.
struct Place {
    y: i64,
    name: Untrusted,
    whole: Untrusted,
    absent: bool,
}

/// The picture; by itself it brings its style along.
pub(in crate::render) fn picture(report: &LinesReport, view: &LinesView, alone: bool) -> Markup {
    let (rows, bottom) = rows(report);
    let shown: Vec<Line> =
        [Line::Delivery, Line::Craft].into_iter().filter(|line| view.shows(*line)).collect();
    let has_left = shown.contains(&Line::Delivery);
    let middle = if has_left { MARGIN + COLUMN + BETWEEN } else { MARGIN };
    let right = middle + COLUMN + BETWEEN;
    let width = if shown.contains(&Line::Craft) { right + COLUMN + MARGIN } else { middle + COLUMN + MARGIN };
    let columns: Vec<(Line, i64, BTreeMap<Untrusted, Place>)> = shown
        .iter()
        .map(|line| match line {
            Line::Delivery => (*line, MARGIN, owners(report, *line, &rows)),
            Line::Craft => (*line, right, owners(report, *line, &rows)),
        })
        .collect();
    let lowest = columns.iter().flat_map(|(_, _, owners)| owners.values()).map(|place| place.y + ROW).max();
    let height = lowest.unwrap_or(0).max(bottom) + MARGIN;
    let title = xml(&Untrusted::new(format!("{}: who owns what on {}", name(report).raw(), report.as_of)));
    let heading = format!("{}: who owns what", name(report).raw());
    html! {
        svg xmlns=[alone.then_some("http://www.w3.org/2000/svg")] class="lines" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) }
            role="img" aria-label=(title) {
            title { (title) }
            @if alone { style { (maud::PreEscaped(SVG_STYLE)) } }
            rect class="page" width=(width) height=(height) {}
            (line_of_text("heading", MARGIN, 22, width - 2 * MARGIN, &Untrusted::new(heading)))
            (line_of_text("soft", MARGIN, 40, width - 2 * MARGIN, &below(report)))
            @for (line, x, _) in &columns {
                (line_of_text("soft", *x + INSET, TOP - 4, COLUMN - 2 * INSET, &Untrusted::new(format!("{} owners", line.word()))))
            }
            @for (line, x, owners) in &columns {
                (curves(report, *line, *x, middle, owners, &rows))
            }
            @for (_, x, owners) in &columns {
                @for place in owners.values() {
                    (boxed(if place.absent { "box absent" } else { "box" }, *x, place.y, &place.name, &place.whole))
                }
            }
            @for row in &rows {
                @match row {
                    Row::Squad(y, squad) => (line_of_text("squad", middle + INSET, y + 14, COLUMN - 2 * INSET, squad)),
                    Row::Person(y, person) => (boxed("box person", middle, *y, &person.label, &told(report, person))),
                }
            }
        }
    }
}

/// A row of the middle column: where it is, and what.
enum Row<'r> {
    Squad(i64, Untrusted),
    Person(i64, &'r PersonRow),
}

fn rows(report: &LinesReport) -> (Vec<Row<'_>>, i64) {
    let (mut rows, mut y) = (Vec::new(), TOP);
    let mut before: Option<&Option<Untrusted>> = None;
    for person in &report.people {
        if before != Some(&person.squad) {
            rows.push(Row::Squad(y, squad(person)));
            y += ROW;
            before = Some(&person.squad);
        }
        rows.push(Row::Person(y, person));
        y += ROW;
    }
    (rows, y)
}

/// The key of those whom nobody owns; no id looks like that.
const NOBODY: &str = "\u{10FFFF}";

/// Who a line of a person is drawn from.
fn drawn_from(row: &LineRow) -> Option<Untrusted> {
    match row.state {
        OwnerState::Here | OwnerState::Absent => row.owner.clone(),
        OwnerState::Nobody => Some(Untrusted::new(NOBODY)),
        OwnerState::Exempt | OwnerState::Ends | OwnerState::Unknown => None,
    }
}

/// The owners of a line, each at the mean row of their people, and none on another.
fn owners(report: &LinesReport, line: Line, rows: &[Row<'_>]) -> BTreeMap<Untrusted, Place> {
    // Of each the sum of the rows, how many they are, and the line of the first.
    let mut sums: BTreeMap<Untrusted, (i64, i64, &LineRow)> = BTreeMap::new();
    for row in rows {
        let Row::Person(y, person) = row else { continue };
        let line = line_of(person, line);
        let Some(id) = drawn_from(line) else { continue };
        let sum = sums.entry(id).or_insert((0, 0, line));
        sum.0 += y;
        sum.1 += 1;
    }
    let mean = |(id, (sum, count, line)): (Untrusted, (i64, i64, _))| (sum / count.max(1), id, line);
    let mut order: Vec<(i64, Untrusted, &LineRow)> = sums.into_iter().map(mean).collect();
    order.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    // Those further down need room below, and those further up above.
    let row_at = |row: &Row<'_>| match row {
        Row::Squad(y, _) | Row::Person(y, _) => *y,
    };
    let lowest = rows.iter().map(row_at).max().unwrap_or(TOP);
    let mut next = i64::MAX;
    for (mean, ..) in order.iter_mut().rev() {
        *mean = (*mean).min(lowest).min(next.saturating_sub(ROW));
        next = *mean;
    }
    let mut free = TOP;
    let mut places = BTreeMap::new();
    for (mean, id, line) in order {
        let y = mean.max(free);
        free = y + ROW;
        let whole = owner(line, report.as_of);
        let name = line.owner_label.clone().unwrap_or_else(|| whole.clone());
        places.insert(id, Place { y, name, whole, absent: line.state != OwnerState::Here });
    }
    places
}

fn curves(
    report: &LinesReport,
    line: Line,
    x: i64,
    middle: i64,
    owners: &BTreeMap<Untrusted, Place>,
    rows: &[Row<'_>],
) -> Markup {
    let (from, to) = match line {
        Line::Delivery => (x + COLUMN, middle),
        Line::Craft => (x, middle + COLUMN),
    };
    let bend = i64::midpoint(from, to);
    html! {
        g class={ "curve " (line.word()) } {
            @for row in rows {
                @if let Row::Person(y, person) = row {
                    @let row = line_of(person, line);
                    @if let Some(place) = drawn_from(row).and_then(|id| owners.get(&id)) {
                        @let (start, end) = (place.y + BOX / 2, y + BOX / 2);
                        path d=(format!("M{from} {start}C{bend} {start} {bend} {end} {to} {end}")) {
                            title { (xml(&Untrusted::new(format!(
                                "{} of {}: {}",
                                line.word(),
                                person.label.raw(),
                                owner(row, report.as_of).raw()
                            )))) }
                        }
                    }
                }
            }
        }
    }
}

/// A box with a text in it that is cut where it would leave the box, and the whole of it as the title.
fn boxed(class: &str, x: i64, y: i64, text: &Untrusted, whole: &Untrusted) -> Markup {
    html! {
        g class=(class) {
            title { (xml(whole)) }
            rect x=(x) y=(y) width=(COLUMN) height=(BOX) rx="4" {}
            text x=(x + INSET) y=(y + SIZE) { (cut(text, COLUMN - 2 * INSET)) }
        }
    }
}

fn line_of_text(class: &str, x: i64, y: i64, room: i64, text: &Untrusted) -> Markup {
    html! {
        g class=(class) {
            title { (xml(text)) }
            text x=(x) y=(y) { (cut(text, room)) }
        }
    }
}

fn cut(text: &Untrusted, room: i64) -> Untrusted {
    Untrusted::new(fitted(&escape::svg(text.raw()), room))
}

fn xml(text: &Untrusted) -> Untrusted {
    Untrusted::new(escape::svg(text.raw()))
}

/// What is said of a person whom one points at.
fn told(report: &LinesReport, person: &PersonRow) -> Untrusted {
    let near = report.as_of;
    let with = |line: Line, owner: Untrusted| {
        let carrier = line_of(person, line).one_on_one.as_ref();
        let carrier = carrier.map_or_else(|| NONE.to_owned(), |one| one_on_one(Some(one), near));
        format!("{}: {} (1:1: {carrier})", line.word(), owner.raw())
    };
    Untrusted::new(format!(
        "{}; {}; {}",
        person.label.raw(),
        with(Line::Delivery, owner(&person.delivery, near)),
        with(Line::Craft, craft_owner(person, near))
    ))
}

fn below(report: &LinesReport) -> Untrusted {
    let day = report.as_of.in_full();
    let key = "solid: delivery, dotted: craft";
    Untrusted::new(match part(report) {
        Some(part) => format!("{day}; {}; {key}", part.raw()),
        None => format!("{day}; {key}"),
    })
}
