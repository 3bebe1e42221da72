//! `junit`: for test dashboards. One suite per group. What makes the gate fail is a failed case and nothing else is, so
//! that a gate that holds is green: a factor that is acknowledged is skipped, every other passes with its text as its
//! output. A rule without factors is a passed case, one that could not be answered a skipped one.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufWriter, Write};

use quick_xml::events::{BytesDecl, Event};
use quick_xml::{Writer, events::BytesText};

use super::View;
use super::escape::xml;
use super::places;
use super::table::parts::one_decimal;
use super::words::{acknowledged, gate_verdict, shortened};
use crate::base::names::Untrusted;
use crate::report::{FactorRow, Failure, GateRow, Report, TripRow};
use crate::rules;
use crate::rules::rule::Group;

type Xml<'w> = Writer<BufWriter<&'w mut dyn Write>>;

pub(super) fn render(report: &Report<'_>, view: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(BufWriter::with_capacity(1 << 16, to), b' ', 1);
    let gate = report.change.as_ref().and_then(|change| change.gate.as_ref());
    let failing = match gate {
        Some(gate) => Failing::These(&gate.failing),
        None if view.junit_fail => Failing::All,
        None => Failing::None,
    };
    let there = There::of(report, &failing);
    let suites = suites(report, &failing, &there);
    let gate = gate.map(|gate| GateSuite::of(report, gate, &there));
    // A clean run still has one passing case.
    let nothing = gate.is_none() && suites.iter().all(|suite| suite.tests() == 0);
    let extra = gate.as_ref().map_or(0, GateSuite::tests) + usize::from(nothing);
    let tests = suites.iter().map(Suite::tests).sum::<usize>() + extra;
    let failures =
        suites.iter().map(|suite| suite.failed).sum::<usize>() + gate.as_ref().map_or(0, GateSuite::failures);
    let name =
        report.portfolio.as_ref().map_or_else(|| "Decision Debt".to_owned(), |name| shortened(name.raw()));
    let counts = Counts { tests, failures, errors: 0, skipped: None };
    document(&mut writer, &name, &counts, |writer| {
        if let Some(gate) = &gate {
            gate.write(writer, report)?;
        }
        if nothing {
            let suite = class(&report.portfolio_id, "score");
            one_suite(
                writer,
                &suite,
                &Counts { tests: 1, failures: 0, errors: 0, skipped: None },
                |writer| passed(writer, &suite, "nothing was asked"),
            )?;
        }
        let page = Cases { report, failing: &failing };
        suites.iter().filter(|suite| suite.tests() > 0).try_for_each(|suite| suite.write(writer, &page))
    })
}

/// A run that scored nothing is one case with an error.
pub(super) fn failed(failure: &Failure, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(BufWriter::with_capacity(1 << 16, to), b' ', 1);
    let counts = Counts { tests: 1, failures: 0, errors: 1, skipped: None };
    let suite = class(&failure.portfolio_id, "input");
    let mut lines: Vec<String> = Vec::new();
    for wrong in &failure.errors {
        let place = places::in_words(wrong).map(|place| format!("{place}: ")).unwrap_or_default();
        lines.push(format!("{place}[{}] {}", wrong.code, wrong.message.raw()));
        lines.extend(wrong.help.iter().map(|help| format!("  {}", help.raw())));
    }
    if failure.omitted > 0 {
        lines.push(format!("\u{2026} and {} more", failure.omitted));
    }
    let first = failure.errors.first();
    let message = first.map(|wrong| xml(&shortened(wrong.message.raw()))).unwrap_or_default();
    let kind = first.map(|wrong| wrong.code.word()).unwrap_or_default();
    let text = lines.iter().map(|line| xml(line)).collect::<Vec<_>>().join("\n");
    document(&mut writer, "Decision Debt", &counts, |writer| {
        one_suite(writer, &suite, &counts, |writer| {
            let name = "the portfolio can be scored";
            case(writer, &suite, name, None, |writer| outcome(writer, "error", kind, &message, &text))
        })
    })
}

/// What a class or a suite is called: with the portfolio first, so that two of them in one job are two.
fn class(portfolio: &Untrusted, what: &str) -> String {
    format!("{}.{what}", xml(portfolio.raw()))
}

struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: Option<usize>,
}

impl Counts {
    fn attributes(&self) -> Vec<(&'static str, String)> {
        let numbers = [("tests", self.tests), ("failures", self.failures), ("errors", self.errors)];
        let numbers = numbers.into_iter().chain(self.skipped.map(|skipped| ("skipped", skipped)));
        numbers.map(|(key, number)| (key, number.to_string())).collect()
    }
}

fn document(
    writer: &mut Xml<'_>,
    name: &str,
    counts: &Counts,
    inside: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    element(writer, "testsuites", &xml(name), counts, inside)?;
    writer.get_mut().write_all(b"\n")?;
    writer.get_mut().flush()
}

fn one_suite(
    writer: &mut Xml<'_>,
    name: &str,
    counts: &Counts,
    inside: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    element(writer, "testsuite", name, counts, inside)
}

fn element(
    writer: &mut Xml<'_>,
    element: &str,
    name: &str,
    counts: &Counts,
    inside: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let counts = counts.attributes();
    let attributes =
        std::iter::once(("name", name)).chain(counts.iter().map(|(key, number)| (*key, number.as_str())));
    writer.create_element(element).with_attributes(attributes).write_inner_content(inside)?;
    Ok(())
}

/// Which factors are failed cases.
enum Failing<'r> {
    These(&'r HashSet<Untrusted>),
    All,
    None,
}

impl Failing<'_> {
    fn has(&self, row: &FactorRow) -> bool {
        match self {
            Failing::These(ids) => ids.contains(&row.id),
            Failing::All => row.acknowledged.is_none(),
            Failing::None => false,
        }
    }
}

/// The gate: a case of its own, and one for each factor that makes it fail and has no row: it is not there yet, or only
/// under the previous policy.
struct GateSuite<'r> {
    gate: &'r GateRow,
    elsewhere: Vec<&'r TripRow>,
}

impl<'r> GateSuite<'r> {
    fn of(report: &'r Report<'_>, gate: &'r GateRow, there: &There) -> GateSuite<'r> {
        let trips = report.change.iter().flat_map(|change| change.trips.iter());
        let elsewhere = trips.filter(|trip| gate.failing.contains(&trip.id) && !there.ids.contains(&trip.id));
        GateSuite { gate, elsewhere: elsewhere.collect() }
    }

    fn tests(&self) -> usize {
        self.elsewhere.len().saturating_add(1)
    }

    fn failures(&self) -> usize {
        self.elsewhere.len().saturating_add(usize::from(self.gate.failed))
    }

    fn write(&self, writer: &mut Xml<'_>, report: &Report<'_>) -> io::Result<()> {
        let suite = class(&report.portfolio_id, "gate");
        let counts = Counts { tests: self.tests(), failures: self.failures(), errors: 0, skipped: None };
        one_suite(writer, &suite, &counts, |writer| {
            if self.gate.failed {
                let verdict = xml(&gate_verdict(self.gate));
                case(writer, &suite, "the gate holds", None, |writer| {
                    outcome(writer, "failure", "gate", &verdict, &verdict)
                })?;
            } else {
                passed(writer, &suite, "the gate holds")?;
            }
            for trip in &self.elsewhere {
                let begins = trip.begins.map(|day| format!(" from {day} on")).unwrap_or_default();
                let text = format!("{} points more{begins}", one_decimal(trip.mp.mp()));
                case(writer, &suite, &xml(trip.id.raw()), None, |writer| {
                    outcome(writer, "failure", "gate", &text, &text)
                })?;
            }
            Ok(())
        })
    }
}

/// What is known of a suite before its cases are written.
struct Suite {
    group: Group,
    factors: usize,
    failed: usize,
    skipped: usize,
    /// Rules that were asked and found nothing: code, name, and whether any answer was known.
    quiet: Vec<(&'static str, &'static str, bool)>,
}

/// The rows that make the gate fail.
#[derive(Default)]
struct There {
    ids: HashSet<Untrusted>,
    /// How many, and how many of those are acknowledged.
    by_group: HashMap<&'static str, (usize, usize)>,
}

impl There {
    fn of(report: &Report<'_>, failing: &Failing<'_>) -> There {
        let mut there = There::default();
        let ids = match failing {
            Failing::These(ids) if !ids.is_empty() => *ids,
            Failing::These(_) | Failing::All | Failing::None => return there,
        };
        for row in report.factors.rows().filter(|row| ids.contains(&row.id)) {
            let (all, named) = there.by_group.entry(row.group).or_default();
            *all += 1;
            *named += usize::from(row.acknowledged.is_some());
            there.ids.insert(row.id);
        }
        there
    }
}

fn suites(report: &Report<'_>, failing: &Failing<'_>, there: &There) -> Vec<Suite> {
    // An aggregate has one row for all factors of a rule.
    let aggregate = report.factors.len() < report.factors.count();
    let rows = |count: u64| if aggregate { 1 } else { count };
    let by_rule =
        report.by_rule.iter().filter_map(|row| row.key.as_ref().map(|key| (key.raw(), rows(row.count))));
    let found: HashMap<&str, u64> = by_rule.collect();
    let groups: HashMap<&str, Group> = rules::all().map(|rule| (rule.code, rule.group)).collect();
    let suite = |group: Group| {
        let of_group = |code: &str| groups.get(code) == Some(&group);
        let factors = found.iter().filter(|(code, _)| of_group(code)).map(|(_, count)| *count).sum::<u64>();
        let factors = usize::try_from(factors).unwrap_or(usize::MAX);
        let asked =
            report.coverage.by_rule.iter().filter(|(code, _, answers)| answers.all > 0 && of_group(code));
        let quiet: Vec<_> = asked
            .filter(|(code, _, _)| !found.contains_key(code))
            .map(|(code, name, answers)| (*code, *name, answers.all > answers.unknown))
            .collect();
        let named = report.factors.acknowledged_of(group);
        let (failed, named) = match failing {
            Failing::All => (factors.saturating_sub(named), named),
            Failing::None => (0, named),
            Failing::These(_) => {
                let (failed, named_and_failed) = there.by_group.get(group.key()).copied().unwrap_or_default();
                (failed, named.saturating_sub(named_and_failed))
            }
        };
        let unknown = quiet.iter().filter(|(_, _, known)| !known).count();
        Suite { group, factors, failed, skipped: named.saturating_add(unknown), quiet }
    };
    Group::ALL.into_iter().map(suite).collect()
}

/// What the cases of a suite are written from.
struct Cases<'r> {
    report: &'r Report<'r>,
    failing: &'r Failing<'r>,
}

impl Suite {
    fn tests(&self) -> usize {
        self.factors.saturating_add(self.quiet.len())
    }

    fn write(&self, writer: &mut Xml<'_>, page: &Cases<'_>) -> io::Result<()> {
        let report = page.report;
        let suite = class(&report.portfolio_id, self.group.key());
        let counts =
            Counts { tests: self.tests(), failures: self.failed, errors: 0, skipped: Some(self.skipped) };
        one_suite(writer, &suite, &counts, |writer| {
            for row in report.factors.rows_of(self.group) {
                page.factor(writer, &suite, &row)?;
            }
            for (code, name, known) in &self.quiet {
                let name = format!("{code} {name}");
                if *known {
                    passed(writer, &suite, &name)?;
                } else {
                    let why = "the portfolio lacks what this rule needs";
                    case(writer, &suite, &name, None, |writer| skipped(writer, why))?;
                }
            }
            Ok(())
        })
    }
}

impl Cases<'_> {
    fn factor(&self, writer: &mut Xml<'_>, suite: &str, row: &FactorRow) -> io::Result<()> {
        let mut evidence = row.evidence.iter().map(|fact| xml(&shortened(fact.raw())));
        let message = format!("{} points: {}", row.points, evidence.next().unwrap_or_default());
        let mut text: Vec<String> = std::iter::once(message.clone()).chain(evidence).collect();
        let named = row.acknowledged.as_ref().map(|named| xml(&acknowledged(self.report, named)));
        text.extend(named.clone());
        text.push(xml(&shortened(row.remedy.raw())));
        let text = text.join("\n");
        let fails = self.failing.has(row);
        case(writer, suite, &xml(row.id.raw()), Some(row), |writer| match named {
            _ if fails => outcome(writer, "failure", row.code, &message, &text),
            Some(named) => skipped(writer, &named),
            None => output(writer, &text),
        })
    }
}

/// A case with what came of it, at a factor's place where it is one.
fn case(
    writer: &mut Xml<'_>,
    suite: &str,
    name: &str,
    row: Option<&FactorRow>,
    inside: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut attributes = vec![("classname", suite.to_owned()), ("name", name.to_owned())];
    let place = row.and_then(|row| row.location.as_ref());
    if let Some((location, file)) = place.and_then(|at| Some((at, places::plain(&at.at)?))) {
        attributes.push(("file", xml(&file)));
        attributes.push(("line", location.line.to_string()));
    }
    let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
    writer.create_element("testcase").with_attributes(attributes).write_inner_content(inside)?;
    Ok(())
}

fn passed(writer: &mut Xml<'_>, suite: &str, name: &str) -> io::Result<()> {
    let attributes = [("classname", suite), ("name", name)];
    writer.create_element("testcase").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn skipped(writer: &mut Xml<'_>, why: &str) -> io::Result<()> {
    writer.create_element("skipped").with_attribute(("message", why)).write_empty()?;
    Ok(())
}

fn output(writer: &mut Xml<'_>, text: &str) -> io::Result<()> {
    writer.create_element("system-out").write_text_content(BytesText::new(text))?;
    Ok(())
}

/// A failure or an error.
fn outcome(writer: &mut Xml<'_>, what: &str, kind: &str, message: &str, text: &str) -> io::Result<()> {
    let attributes = [("type", kind), ("message", message)];
    writer.create_element(what).with_attributes(attributes).write_text_content(BytesText::new(text))?;
    Ok(())
}
