//! The form that filters and sorts the factors, and links that fill it in. The script keeps what is chosen in the page's
//! address, so that a view can be sent to somebody.

use maud::{Markup, html};

use super::super::escape::page;
use super::super::table::parts::one_decimal;
use super::factors::is_aggregate;
use crate::base::names::Untrusted;
use crate::report::{Report, Row};

/// The whole form; hidden until the script has shown that it runs.
pub(super) fn form(report: &Report<'_>) -> Markup {
    let each = !is_aggregate(report);
    html! {
        form id="tools" class="tools" role="search" aria-label="Filter and sort the factors" autocomplete="off"
            data-thousand=(one_decimal(1_000_000)) data-whole=(one_decimal(report.score.points.0)) hidden {
            div {
                label for="find" { "Find" }
                input id="find" name="find" type="search" autocomplete="off";
            }
            @if each {
                div {
                    label for="owner" { "Who can act" }
                    input id="owner" name="owner" type="search" list="owners" autocomplete="off";
                    datalist id="owners" {}
                }
            }
            (choice("group", "Kind", &report.by_group))
            (rules(&report.by_rule))
            @if each {
                (choice("squad", "Squad", &report.by_squad))
                (choice("guild", "Guild", &report.by_guild))
                div {
                    label for="ack" { "Acknowledged" }
                    select id="ack" name="ack" {
                        option value="" { "all" }
                        option value="=no" { "not acknowledged" }
                        option value="=yes" { "acknowledged" }
                    }
                }
            }
            div {
                label for="order" { "Order" }
                select id="order" name="order" {
                    option value="" { "worst first" }
                    option value="=time" { "most interest first" }
                    option value="=oldest" { "longest waiting first" }
                    option value="=quickest" { "quickest to do first" }
                    @if each { option value="=owner" { "by who can act" } }
                }
            }
            div class="below" {
                output name="status" {}
                label class="check" { input type="checkbox" name="paper"; " Print the list too" }
                button type="reset" { "Show all" }
            }
        }
    }
}

/// With more options than this the script adds them when somebody goes to the field: a browser makes many nodes for each.
const MOST: usize = 100;

/// The options that the page lacks, as the data of the list has them: which field, and each with its key and its name.
pub(super) fn left_out(report: &Report<'_>) -> Vec<(&'static str, Vec<[String; 2]>)> {
    let shown = |text: &Untrusted| page(text.raw());
    let option = |row: &Row| match &row.key {
        Some(key) => [shown(key), shown(row.name.as_ref().unwrap_or(key))],
        None => [String::new(), IN_NONE.to_owned()],
    };
    let fields = [("squad", &report.by_squad), ("guild", &report.by_guild)];
    let long = fields.into_iter().filter(|(_, rows)| rows.len() > MOST && !is_aggregate(report));
    long.map(|(name, rows)| (name, rows.iter().map(option).collect())).collect()
}

/// What belongs to no squad, or to no guild.
const IN_NONE: &str = "in none";

/// An option's value begins with a sign of its own, so that "in none" is not "all".
fn choice(name: &str, words: &str, rows: &[Row]) -> Markup {
    if rows.len() < 2 {
        return html! {};
    }
    html! {
        div {
            label for=(name) { (words) }
            select id=(name) name=(name) {
                option value="" { "all" }
                @for row in rows.iter().filter(|_| rows.len() <= MOST) {
                    option value={ "=" @if let Some(key) = &row.key { (key) } } {
                        @match row.name.as_ref().or(row.key.as_ref()) {
                            Some(name) => (name),
                            None => (IN_NONE),
                        }
                    }
                }
            }
        }
    }
}

/// Rules in the order of their codes, as one looks for them.
fn rules(rows: &[Row]) -> Markup {
    let mut rules: Vec<(&str, &str)> =
        rows.iter().map(|row| (raw(row.key.as_ref()), raw(row.name.as_ref()))).collect();
    if rules.len() < 2 {
        return html! {};
    }
    rules.sort_unstable();
    html! {
        div {
            label for="rule" { "Rule" }
            select id="rule" name="rule" {
                option value="" { "all" }
                @for (code, name) in rules { option value={ "=" (code) } { (code) " " (name) } }
            }
        }
    }
}

fn raw(text: Option<&Untrusted>) -> &str {
    text.map_or("", Untrusted::raw)
}

/// A link to the list that shows only this part of it; without the script, to the list.
pub(super) fn filter(name: &str, value: &str, words: &Markup) -> Markup {
    html! { a href="#all" data-filter=(name) data-value=(Untrusted::new(value)) { (words) } }
}
