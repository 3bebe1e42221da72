//! Sentences that more than one format of a plan says. Raw: each format escapes them as it must.

use super::super::table::parts::{duration, one_decimal};
use crate::base::message::counted;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::report::plan::{PlanReport, StepRow};

/// From what to what.
pub(super) fn verdict(plan: &PlanReport) -> String {
    let (from, to) = (one_decimal(plan.from.mp.mp()), one_decimal(plan.to.mp.mp()));
    if plan.steps.is_empty() {
        return empty(plan);
    }
    let grades = if plan.from.grade == plan.to.grade {
        format!("still {}", plan.to.grade)
    } else {
        format!("from {} to {}", plan.from.grade, plan.to.grade)
    };
    let count: usize = plan.steps.iter().map(|step| step.count).sum();
    let what = match plan.asked.budget_minutes {
        Some(_) => duration(plan.minutes),
        None => format!("{} in {}", counted(count as u64, "act", "acts"), duration(plan.minutes)),
    };
    format!("{what} take {from} points to {to}: {grades}")
}

fn empty(plan: &PlanReport) -> String {
    let from = one_decimal(plan.from.mp.mp());
    match (&plan.shortest, &plan.asked.until) {
        (_, Some(until)) if plan.reached == Some(true) => {
            format!("{} holds already: {from} points, {}", target(until), plan.from.grade)
        }
        (Some(shortest), _) => format!(
            "No act takes {} or less: the shortest is {}, with {}",
            duration(plan.asked.budget_minutes.unwrap_or_default()),
            shortest.act.raw(),
            duration(shortest.minutes)
        ),
        (None, _) => format!("Nothing that was asked for lowers the {from} points"),
    }
}

/// A target as it is said: a grade as it is, an amount with its unit.
fn target(until: &str) -> String {
    match until.strip_suffix("/person") {
        Some(points) => format!("{points} points per person"),
        None if until.starts_with(|first: char| first.is_ascii_digit()) => format!("{until} points"),
        None => until.to_owned(),
    }
}

/// What no plan can beat.
pub(super) fn bound(plan: &PlanReport) -> Option<String> {
    if plan.steps.is_empty() {
        return None;
    }
    let most = plan.bound_mp.zip(plan.asked.budget_minutes).filter(|_| plan.asked.until.is_none());
    match (most, plan.bound_minutes.filter(|_| plan.reached == Some(true))) {
        (Some((most, budget)), _) => {
            Some(format!("no {} can take over {}", duration(budget), rounded_up(most)))
        }
        (None, Some(minutes)) => Some(format!("no plan can take less than {}", duration(minutes))),
        (None, None) => None,
    }
}

/// With one decimal, never too little.
fn rounded_up(amount: MilliPoints) -> String {
    one_decimal(amount.mp().saturating_add(99).div_euclid(100).saturating_mul(100))
}

/// Whether the target is reached, and where not, what is in the way.
pub(super) fn reached(plan: &PlanReport) -> Option<String> {
    let until = target(plan.asked.until.as_ref()?);
    if plan.steps.is_empty() && plan.reached == Some(true) {
        return None;
    }
    if plan.reached == Some(true) {
        return Some(format!("{until}: reached. No step of these can be left out."))
            .filter(|_| !plan.limits.not_shortened)
            .or_else(|| Some(format!("{until}: reached.")));
    }
    let to = one_decimal(plan.to.mp.mp());
    let time: MilliPoints = plan.only_time.iter().map(|row| row.mp).sum();
    let time = if time > MilliPoints::ZERO {
        format!(", {} of them only by time", one_decimal(time.mp()))
    } else {
        String::new()
    };
    let within = match plan.asked.budget_minutes {
        Some(budget) => format!(" within {}", duration(budget)),
        None => String::new(),
    };
    Some(format!("{until} is not reached{within}: {to} points stay{time}."))
}

/// On what a step's effect depends, and what it brings.
pub(super) fn remarks(step: &StepRow) -> Vec<Untrusted> {
    let mut remarks = Vec::new();
    let assumed: Vec<&str> = step.choices.iter().map(Untrusted::raw).collect();
    if !assumed.is_empty() {
        remarks.push(Untrusted::new(format!("if {}", assumed.join(" and "))));
    }
    if let Some(otherwise) = step.otherwise {
        let comes = one_decimal(otherwise.comes.mp());
        remarks.push(Untrusted::new(format!("if it is {}, {comes} come to light", otherwise.what)));
    }
    if !step.brings.is_empty() {
        let sum = |rows: &[crate::report::plan::ShareRow]| rows.iter().map(|row| row.mp).sum::<MilliPoints>();
        let (gone, new) = (sum(&step.resolves), sum(&step.brings));
        remarks.push(Untrusted::new(format!(
            "{} go, {} come: {}",
            one_decimal(gone.mp()),
            one_decimal(new.mp()),
            step.owed.join(", ")
        )));
    }
    if let Some(after) = &step.after {
        remarks.push(Untrusted::new(format!("after {}", after.raw())));
    }
    remarks
}

/// What is left.
pub(super) fn left(plan: &PlanReport) -> String {
    let left = &plan.left;
    if left.acts == 0 {
        return "Left: nothing that anybody could do.".to_owned();
    }
    let acts = counted(left.acts as u64, "act", "acts");
    format!("Left: {acts}, {} points, {}.", one_decimal(left.mp.mp()), duration(left.minutes))
}

/// What only time ends, and until when: in full for the largest.
pub(super) fn only_time(plan: &PlanReport) -> Option<Untrusted> {
    let first = plan.only_time.first()?;
    let sum: MilliPoints = plan.only_time.iter().map(|row| row.mp).sum();
    let until = first
        .ends
        .map(|day| format!(", until {}", day.minus(crate::base::day::Days::new(1)).in_short(plan.head.as_of)))
        .unwrap_or_default();
    let more = match plan.only_time.len() {
        1 => String::new(),
        many => format!("; and {} more", many.saturating_sub(1)),
    };
    Some(Untrusted::new(format!(
        "Only time ends {}: {}{until}{more}.",
        one_decimal(sum.mp()),
        first.words.raw()
    )))
}

/// What was limited, a sentence each.
pub(super) fn limits(plan: &PlanReport) -> Vec<String> {
    let limits = &plan.limits;
    let acts = |count: usize| counted(count as u64, "act", "acts");
    let mut said = Vec::new();
    if limits.acts_left_out > 0 {
        said.push(format!(
            "{} with fewer points a minute were not looked at, so there is no bound.",
            acts(limits.acts_left_out)
        ));
    }
    if limits.starts_left_out > 0 {
        said.push(format!(
            "The search did not begin with {} as well, which might have found more.",
            acts(limits.starts_left_out)
        ));
    }
    if limits.only_best_again {
        said.push("After each step only the acts that seemed best were measured again; what the steps remove is exact.".to_owned());
    }
    if limits.not_shortened {
        said.push("Nobody looked whether a step can be left out.".to_owned());
    }
    if limits.stopped {
        said.push(
            "More could be done: the plan ends where it would have taken too long to go on.".to_owned(),
        );
    }
    said
}
