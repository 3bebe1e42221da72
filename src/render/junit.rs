//! `junit`: for test dashboards. One suite per group; a factor is a failed case, a rule without factors a passing one,
//! a rule that could not be answered a skipped one. The gate is a suite of its own.

use std::collections::HashMap;
use std::io::{self, BufWriter, Write};

use quick_xml::events::{BytesDecl, Event};
use quick_xml::{Writer, events::BytesText};

use super::View;
use super::escape::xml;
use super::words::{gate_verdict, shortened};
use crate::report::{FactorRow, Report};
use crate::rules;
use crate::rules::rule::Group;

type Xml<'w> = Writer<BufWriter<&'w mut dyn Write>>;

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(BufWriter::with_capacity(1 << 16, to), b' ', 1);
    let suites = suites(report);
    let gate = report.change.as_ref().and_then(|change| change.gate.as_ref());
    // A clean run still has one passing case.
    let nothing = gate.is_none() && suites.iter().all(|suite| suite.tests() == 0);
    let extra = usize::from(gate.is_some()) + usize::from(nothing);
    let tests = suites.iter().map(Suite::tests).sum::<usize>() + extra;
    let failures = suites.iter().map(|suite| suite.failed).sum::<usize>()
        + usize::from(gate.is_some_and(|gate| gate.failed));
    let name =
        report.portfolio.as_ref().map_or_else(|| "Decision Debt".to_owned(), |name| shortened(name.raw()));
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .with_attributes([
            ("name", xml(&name).as_str()),
            ("tests", &tests.to_string()),
            ("failures", &failures.to_string()),
            ("errors", "0"),
        ])
        .write_inner_content(|writer| {
            if let Some(gate) = gate {
                let failure = gate.failed.then(|| gate_verdict(gate));
                single(writer, "gate", "the gate holds", failure.as_deref())?;
            }
            if nothing {
                single(writer, "score", "nothing was asked", None)?;
            }
            suites.iter().filter(|suite| suite.tests() > 0).try_for_each(|suite| suite.write(writer, report))
        })?;
    writer.into_inner().write_all(b"\n")?;
    Ok(())
}

/// A suite of one case.
fn single(writer: &mut Xml<'_>, suite: &str, case: &str, failure: Option<&str>) -> io::Result<()> {
    let failures = if failure.is_some() { "1" } else { "0" };
    let attributes = [("name", suite), ("tests", "1"), ("failures", failures), ("errors", "0")];
    writer.create_element("testsuite").with_attributes(attributes).write_inner_content(|writer| {
        let element =
            writer.create_element("testcase").with_attributes([("classname", suite), ("name", case)]);
        match failure {
            None => element.write_empty().map(drop),
            Some(text) => element.write_inner_content(|writer| failed(writer, suite, text, text)).map(drop),
        }
    })?;
    Ok(())
}

/// What is known of a suite before its cases are written.
struct Suite {
    group: Group,
    failed: usize,
    /// Rules that were asked and found nothing: code, name, and whether any answer was known.
    quiet: Vec<(&'static str, &'static str, bool)>,
}

fn suites(report: &Report<'_>) -> Vec<Suite> {
    // An aggregate has one row for all factors of a rule.
    let aggregate = report.factors.len() < report.factors.count();
    let rows = |count: u64| if aggregate { 1 } else { count };
    let by_rule =
        report.by_rule.iter().filter_map(|row| row.key.as_ref().map(|key| (key.raw(), rows(row.count))));
    let found: HashMap<&str, u64> = by_rule.collect();
    let groups: HashMap<&str, Group> = rules::all().map(|rule| (rule.code, rule.group)).collect();
    let suite = |group: Group| {
        let of_group = |code: &str| groups.get(code) == Some(&group);
        let failed = found.iter().filter(|(code, _)| of_group(code)).map(|(_, count)| *count).sum::<u64>();
        let asked =
            report.coverage.by_rule.iter().filter(|(code, _, answers)| answers.all > 0 && of_group(code));
        let quiet = asked.filter(|(code, _, _)| !found.contains_key(code));
        Suite {
            group,
            failed: usize::try_from(failed).unwrap_or(usize::MAX),
            quiet: quiet.map(|(code, name, answers)| (*code, *name, answers.all > answers.unknown)).collect(),
        }
    };
    Group::ALL.into_iter().map(suite).collect()
}

impl Suite {
    fn tests(&self) -> usize {
        self.failed.saturating_add(self.quiet.len())
    }

    fn write(&self, writer: &mut Xml<'_>, report: &Report<'_>) -> io::Result<()> {
        let group = self.group.key();
        let skipped = self.quiet.iter().filter(|(_, _, known)| !known).count();
        let (tests, failures, skipped) =
            (self.tests().to_string(), self.failed.to_string(), skipped.to_string());
        let attributes = [
            ("name", group),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", "0"),
            ("skipped", &skipped),
        ];
        writer.create_element("testsuite").with_attributes(attributes).write_inner_content(|writer| {
            for row in report.factors.rows_of(self.group) {
                factor(writer, &row)?;
            }
            for (code, name, known) in &self.quiet {
                let case = format!("{code} {name}");
                let element = writer
                    .create_element("testcase")
                    .with_attributes([("classname", group), ("name", &case)]);
                if *known {
                    element.write_empty()?;
                } else {
                    element.write_inner_content(|writer| {
                        let why = ("message", "the portfolio lacks what this rule needs");
                        writer.create_element("skipped").with_attribute(why).write_empty().map(drop)
                    })?;
                }
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn factor(writer: &mut Xml<'_>, row: &FactorRow) -> io::Result<()> {
    let id = xml(row.id.raw());
    let mut attributes = vec![("classname", row.group.to_owned()), ("name", id)];
    if let Some(location) = &row.location {
        attributes.push(("file", xml(location.file.raw())));
        attributes.push(("line", location.line.to_string()));
    }
    let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
    writer.create_element("testcase").with_attributes(attributes).write_inner_content(|writer| {
        let mut evidence = row.evidence.iter().map(|fact| xml(&shortened(fact.raw())));
        let message = format!("{} points: {}", row.points, evidence.next().unwrap_or_default());
        let mut text: Vec<String> = std::iter::once(message.clone()).chain(evidence).collect();
        if let Some(acknowledged) = &row.acknowledged {
            text.push(format!(
                "acknowledged through {}: {}",
                acknowledged.through,
                xml(&shortened(acknowledged.reason.raw()))
            ));
        }
        text.push(xml(&shortened(row.remedy.raw())));
        failed(writer, row.code, &message, &text.join("\n"))
    })?;
    Ok(())
}

fn failed(writer: &mut Xml<'_>, kind: &str, message: &str, text: &str) -> io::Result<()> {
    let attributes = [("type", kind), ("message", message)];
    writer.create_element("failure").with_attributes(attributes).write_text_content(BytesText::new(text))?;
    Ok(())
}
