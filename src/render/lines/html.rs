//! `html`: a page with the picture and a table for each squad, or a section for each person who was named. One file that
//! asks nobody for anything and runs nothing.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, html};

use super::super::html::{STYLE, head_of, source};
use super::LinesView;
use super::block::{belongs, facts};
use super::svg::{self, SVG_STYLE, picture};
use super::words::{
    absence, craft_owner, held_by, line_of, name, number, one_on_one, owner, part, pooled_squad, rated_by,
    squad, totals,
};
use crate::base::names::Untrusted;
use crate::records::words::Line;
use crate::report::lines::{LinesReport, PersonRow};

const PAGE_STYLE: &str = include_str!("page.css");

pub(super) fn render(report: &LinesReport, view: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    let style = format!("{STYLE}{SVG_STYLE}{PAGE_STYLE}");
    let policy =
        format!("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'", source(&style));
    let title = Untrusted::new(format!("{}: who owns what", name(report).raw()));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            (head_of(&report.tool, &policy, &title, &style))
            body {
                header {
                    p class="eyebrow" { "Who owns what" }
                    h1 { (name(report)) }
                    p class="soft" {
                        time datetime=(report.as_of) { (report.as_of.in_full()) }
                        @if let Some(part) = part(report) { " \u{B7} a part of it: " (part) }
                    }
                }
                main {
                    @if report.min_group.is_some() {
                        (squads(report))
                    } @else if !report.blocks.is_empty() {
                        (blocks(report, view))
                    } @else {
                        p class="summary" { (totals(&report.totals)) }
                        (figure(report, view))
                        (people(report, view))
                        (set_aside(report))
                    }
                }
                footer class="small soft" {
                    p { (report.tool.name) " " (report.tool.version) " \u{B7} as of " (report.as_of) " \u{B7} people shown as " (report.privacy) }
                }
            }
        }
    };
    to.write_all(page.0.as_bytes())?;
    to.write_all(b"\n")
}

/// The picture, where it can be drawn; on a narrow screen it is scrolled by itself.
fn figure(report: &LinesReport, view: &LinesView) -> Markup {
    if report.people.is_empty() || svg::refuse(report, view).is_some() {
        return html! {};
    }
    html! {
        section aria-labelledby="picture" {
            h2 id="picture" { "The lines" }
            div class="scrolls" tabindex="0" role="region" aria-label="The lines as a picture" { (picture(report, view, false)) }
        }
    }
}

fn shown(view: &LinesView) -> impl Iterator<Item = Line> {
    [Line::Delivery, Line::Craft].into_iter().filter(|line| view.shows(*line))
}

fn people(report: &LinesReport, view: &LinesView) -> Markup {
    let mut groups: Vec<(&PersonRow, Vec<&PersonRow>)> = Vec::new();
    for person in &report.people {
        match groups.last_mut() {
            Some((first, group)) if first.squad == person.squad => group.push(person),
            _ => groups.push((person, vec![person])),
        }
    }
    html! {
        @for (first, group) in &groups {
            section {
                h2 { (squad(first)) }
                div class="scrolls" tabindex="0" role="region" aria-label=(squad(first)) {
                    table class="people" {
                        thead { tr {
                            th scope="col" { "Person" }
                            @for line in shown(view) { th scope="col" { (line.word()) } th scope="col" { "1:1" } }
                        } }
                        tbody { @for person in group { (row(report, person, view)) } }
                    }
                }
            }
        }
    }
}

fn note(note: Option<&Untrusted>) -> Markup {
    html! { @if let Some(note) = note { " " span class="soft small" { "(" (note) ")" } } }
}

fn row(report: &LinesReport, person: &PersonRow, view: &LinesView) -> Markup {
    let near = report.as_of;
    html! {
        tr {
            th scope="row" { bdi { (person.label) } (note(rated_by(person).as_ref())) }
            @for line in shown(view) {
                @let row = line_of(person, line);
                @let carrier = row.one_on_one.as_ref();
                td { bdi { @match line {
                    Line::Delivery => (owner(row, near)),
                    Line::Craft => (craft_owner(person, near)),
                } } }
                td { (one_on_one(carrier, near)) (note(held_by(carrier).as_ref())) }
            }
        }
    }
}

fn set_aside(report: &LinesReport) -> Markup {
    html! {
        @if !report.set_aside.is_empty() {
            section aria-labelledby="aside" {
                h2 id="aside" { "Set aside" }
                ul class="plain" {
                    @for row in &report.set_aside {
                        li { bdi { (row.label) } ": " (absence(&row.because, report.as_of)) }
                    }
                }
            }
        }
    }
}

fn squads(report: &LinesReport) -> Markup {
    html! {
        p class="summary" { (totals(&report.totals)) }
        section {
            h2 { "By squad" }
            table {
                thead { tr {
                    th scope="col" { "Squad" }
                    @for column in ["People", "Delivery owner", "Craft owner", "Two different"] {
                        th scope="col" class="number" { (column) }
                    }
                } }
                tbody {
                    @for row in &report.by_squad {
                        tr {
                            th scope="row" { (pooled_squad(row)) }
                            td class="number" { (row.people) }
                            td class="number" { (number(row.with_delivery_owner)) }
                            td class="number" { (number(row.with_craft_owner)) }
                            td class="number" { (number(row.with_two_different)) }
                        }
                    }
                }
            }
        }
    }
}

fn blocks(report: &LinesReport, view: &LinesView) -> Markup {
    html! {
        @for block in &report.blocks {
            section {
                h2 { bdi { (block.person.label) } }
                p class="soft" { (belongs(block, report)) }
                dl class="told" {
                    @for fact in facts(report, block, view) {
                        dt { (fact.what) }
                        @for one in fact.says { dd { (Untrusted::new(one)) } }
                    }
                }
            }
        }
    }
}
