//! Squads by kind of debt: a table of points, each cell the darker the more there is.

use maud::{Markup, html};

use super::super::table::parts::one_decimal;
use super::tools::filter;
use crate::base::points::MilliPoints;
use crate::report::{Heat, Row};

/// As many squads or guilds as one page can compare; the rest are one row.
pub(super) const MOST: usize = 30;

/// A squad, and what it has of each kind.
type Cells<'r> = (&'r Row, Vec<MilliPoints>);

/// Whether a squad or guild is one person: it is among the rest, since nobody has a row, a shade or a bar of their own.
pub(super) fn is_one_person(row: &Row) -> bool {
    row.key.is_some() && row.people == Some(1)
}

/// The shades above none; the style has a class for each.
const SHADES: i64 = 5;

pub(super) fn table(heat: &Heat<'_>) -> Markup {
    let most = heat.squads.iter().flat_map(|(_, cells)| cells).map(|cell| cell.mp()).max().unwrap_or(0);
    let (mut first, mut rest): (Vec<&Cells<'_>>, Vec<&Cells<'_>>) =
        heat.squads.iter().partition(|(row, _)| !is_one_person(row));
    let over = first.split_off(first.len().min(MOST));
    rest.extend(over);
    html! {
        div class="scrolls" tabindex="0" role="region" aria-labelledby="heat" {
            table class="heat" {
                caption id="heat" { "By squad and kind, in points" }
                thead { tr {
                    th scope="col" { "Squad" }
                    th scope="col" class="number" { "People" }
                    @for kind in &heat.kinds { th scope="col" class="number" { (filter("group", kind, &html! { (kind) })) } }
                    th scope="col" class="number" { "All" }
                } }
                tbody {
                    @for (row, cells) in first { (squad(row, cells, most)) }
                    @if !rest.is_empty() { (others(&rest)) }
                }
                tfoot { tr class="total" {
                    th scope="row" { "All" }
                    td class="number" { (people(heat.squads.iter())) }
                    @for sum in &heat.all { td class="number" { (one_decimal(sum.mp())) } }
                    td class="number" { (one_decimal(heat.all.iter().copied().sum::<MilliPoints>().mp())) }
                } }
            }
        }
    }
}

fn squad(row: &Row, cells: &[MilliPoints], most: i64) -> Markup {
    html! {
        tr {
            th scope="row" {
                @match &row.key {
                    Some(key) => (filter("squad", key.raw(), &html! { bdi { (row.name.as_ref().unwrap_or(key)) } })),
                    None => (filter("squad", "", &html! { "in none" })),
                }
            }
            td class="number soft" { @if let Some(people) = row.people { (people) } }
            @for cell in cells { td class=(shade(cell.mp(), most)) { (amount(*cell)) } }
            td class="number" { strong { (one_decimal(row.points.0)) } }
        }
    }
}

/// The squads that there is no room for, together.
fn others(rest: &[&Cells<'_>]) -> Markup {
    let kinds = rest.first().map_or(0, |(_, cells)| cells.len());
    let of_kind =
        |at: usize| rest.iter().filter_map(|(_, cells)| cells.get(at)).copied().sum::<MilliPoints>();
    html! {
        tr {
            th scope="row" class="soft" { (rest.len()) " more, together" }
            td class="number soft" { (people(rest.iter().copied())) }
            @for at in 0..kinds { td class="number" { (amount(of_kind(at))) } }
            td class="number" { (one_decimal(rest.iter().map(|(row, _)| row.mp).sum::<MilliPoints>().mp())) }
        }
    }
}

fn people<'r>(rows: impl Iterator<Item = &'r Cells<'r>>) -> u64 {
    rows.filter_map(|(row, _)| row.people).sum()
}

/// Nothing is paler than what there is.
fn amount(of: MilliPoints) -> Markup {
    html! { @if of.mp() == 0 { span class="soft" { "0" } } @else { (one_decimal(of.mp())) } }
}

/// The class of a cell. Most cells are small beside the largest, so the shades go by the root of the share.
fn shade(amount: i64, most: i64) -> String {
    let squared =
        (1..=SHADES).find(|step| amount.saturating_mul(SHADES * SHADES) <= most.saturating_mul(step * step));
    match squared {
        Some(step) if amount > 0 => format!("number heat-{step}"),
        _ => "number".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn the_largest_is_darkest_and_nothing_has_no_shade() {
        assert_eq!(shade(0, 9_500), "number");
        assert_eq!(shade(1, 9_500), "number heat-1");
        assert_eq!(shade(9_500, 9_500), "number heat-5");
        assert_eq!(shade(2_375, 9_500), "number heat-3");
    }
}
