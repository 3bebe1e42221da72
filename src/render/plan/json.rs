//! `json`: the contract for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::super::json::Lines;
use super::PlanView;
use crate::report::Report;
use crate::report::plan::PlanReport;

pub(super) fn render(plan: &PlanReport, _: &Report<'_>, _: &PlanView, to: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *to, Lines::default());
    plan.serialize(&mut serializer)?;
    to.write_all(b"\n")
}
