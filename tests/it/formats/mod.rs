//! Every format, made in memory from texts and read by clients that did not write it.

mod ahead;
mod browser;
mod clients;
mod dashboards;
pub(crate) mod findings;
pub(crate) mod hostile;
mod page;
pub(crate) mod pages;
mod rows;
mod summary;

use std::collections::HashSet;

use debt::base::day::Day;
use debt::base::names::Untrusted;
use debt::base::points::MilliPoints;
use debt::model::{self, Clock, OwnPolicy, ReadOptions};
use debt::render::{self, Breakdown, FORMATS, Screen, View};
use debt::report::{
    self, AgainstRow, BuildOptions, Called, Change, ChangedRow, GateRow, Ordered, Privacy, Report,
};
use debt::rules;
use debt::score::part::Part;
use debt::score::scorecard;
use debt::source::{Diagnostics, Severity, Sources};

/// The example of the repository.
pub(crate) const EXAMPLE: &str = include_str!("../../../examples/portfolio.yaml");
/// The same company later, with little debt.
pub(crate) const HEALTHY: &str = include_str!("../../../examples/healthy.yaml");
/// One without any debt.
pub(crate) const CLEAN: &str = "as_of: 2026-11-20\npeople: [{id: ana, exempt: {delivery: founder, craft: founder}}]\n\
                                conversations: []\ndecisions: []\npromotions: []\nmentorships: []\n";

/// Makes a report and hands it on.
pub(crate) fn with_report<T>(yaml: &str, then: impl FnOnce(&mut Report<'_>, usize) -> T) -> T {
    with_private_report(yaml, &Privacy::names(), then)
}

/// The same, showing only so much.
pub(crate) fn with_private_report<T>(
    yaml: &str,
    privacy: &Privacy,
    then: impl FnOnce(&mut Report<'_>, usize) -> T,
) -> T {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    sources.add("teams/portfolio.yaml".to_owned(), Ok(yaml.as_bytes().to_vec()), &mut found);
    let catalog = rules::catalog();
    let clock = Clock { as_of: None, today: Day::parse("2026-11-20").expect("a day") };
    let read = model::read(&sources, ReadOptions { clock, policy_file: None, catalog: &catalog }, &mut found);
    let plain = Screen { width: None, colour: false, drawing: true };
    let errors = render::diagnostics::text(&found, Severity::Error, &sources, plain);
    let OwnPolicy { portfolio, policy, day, .. } = read.expect(&errors);
    let card = scorecard(&portfolio, &policy, day, Part::default()).expect("somebody is scored");
    let mut report = report::build(
        &card,
        BuildOptions { sources: &sources, version: "0.0.0", privacy, called: Called::default() },
    )
    .expect("enough people");
    // Measuring what each act comes to takes its time where there are thousands.
    if portfolio.people.len() < 200 {
        report.add_tasks();
    }
    then(&mut report, 3)
}

/// A report in a format.
pub(crate) fn written(format: &str, report: &Report<'_>, tasks: usize) -> String {
    let format = render::format(format).expect("there is this format");
    let screen = Screen { width: None, colour: false, drawing: true };
    let mut bytes = Vec::new();
    let view = View { top: Some(8), tasks, ..View::whole(screen, Breakdown::Group) };
    (format.render)(report, &view, &mut bytes).expect("memory takes it");
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// A portfolio in a format.
pub(crate) fn rendered(format: &str, yaml: &str) -> String {
    with_report(yaml, |report, tasks| written(format, report, tasks))
}

/// The same, compared with something: the worst factor is new, the second grew, something was repaired.
pub(crate) fn compared(format: &str, yaml: &str, failed: bool) -> String {
    with_report(yaml, |report, tasks| {
        report.change = Some(change(report, failed));
        written(format, report, tasks)
    })
}

fn change(report: &Report<'_>, failed: bool) -> Change {
    let mp = MilliPoints::new;
    let mut rows = report.factors.rows();
    let (first, second) = (rows.next().expect("a factor"), rows.next().expect("two factors"));
    let first_id = first.id.clone();
    let changed = |row: report::FactorRow, from: i64, kind| ChangedRow {
        from_mp: mp(from),
        to_mp: row.mp,
        dates_from: None,
        interest_mp: debt::base::points::MilliPoints::ZERO,
        kind,
        how: None,
        words: row.evidence.first().cloned().expect("a headline"),
        acknowledged: row.acknowledged,
        code: row.code,
        task: Some(row.task),
        owner_label: row.owner_label,
        remedy: Some(row.remedy),
        location: row.location,
        stands: Some(row.id.clone()),
        who: None,
        who_label: None,
        id: row.id,
    };
    let gone = |id: &str, from: i64, kind, how, who: Option<&str>, words: &str| ChangedRow {
        id: Untrusted::new(id),
        from_mp: mp(from),
        to_mp: mp(0),
        dates_from: None,
        interest_mp: mp(0),
        kind,
        how: Some(how),
        who: who.map(|_| Untrusted::new("ana")),
        who_label: who.map(Untrusted::new),
        stands: None,
        acknowledged: None,
        code: "D101",
        task: None,
        words: Untrusted::new(words),
        owner_label: None,
        remedy: None,
        location: None,
    };
    let yaml = "acknowledgements:\n  - factor: D101:meeting:x\n    reason: \"why it waits\"\n";
    let reason = "the debt rose by 5.9 points, <b>0</b> are let pass\n::error::x";
    Change {
        supposed: Ordered::none(),
        against: Some(AgainstRow {
            kind: "revision",
            name: Untrusted::new("origin/main"),
            as_of: Some(report.as_of),
            commit: None,
        }),
        factors_base_policy: Ordered::none(),
        loosened: Ordered::none(),
        from_mp: Some(mp(report.score.mp.mp() - 2_500)),
        to_mp: report.score.mp,
        recalibrated_mp: Some(mp(0)),
        staffing_mp: mp(-1_500),
        introduced_interest_mp: debt::base::points::MilliPoints::ZERO,
        revealed_interest_mp: debt::base::points::MilliPoints::ZERO,
        repaired_interest_mp: debt::base::points::MilliPoints::ZERO,
        withdrawn_interest_mp: debt::base::points::MilliPoints::ZERO,
        trips: Ordered::none(),
        to_acknowledge: failed.then(|| Untrusted::new(yaml)),
        accrued_mp: Some(mp(100)),
        introduced_mp: mp(5_900),
        revealed_mp: mp(1_000),
        repaired_mp: mp(3_000),
        withdrawn_mp: mp(0),
        acknowledged_mp: mp(0),
        rise_mp: mp(2_900),
        rise_base_policy_mp: Some(mp(2_900)),
        gate: Some(GateRow {
            fail_on: vec!["rise"],
            tolerance_mp: mp(0),
            failed,
            failing: if failed { HashSet::from([first_id]) } else { HashSet::new() },
            reasons: if failed { vec![Untrusted::new(reason)] } else { Vec::new() },
        }),
        factors: Ordered::sorted(vec![
            changed(first, 0, "introduced"),
            changed(second, 500, "revealed"),
            gone("D101:meeting:gone", 3_000, "repaired", "changed", None, "a <i>1:1</i> was both"),
            gone("D101:meeting:left", 1_500, "staffing", "left", Some("Ana | <b>\n::x"), "her 1:1 is both"),
        ]),
    }
}

/// The README names every format, in the order of the help.
#[test]
fn every_format_is_in_the_readme() {
    let named: Vec<String> = FORMATS.iter().map(|format| format!("`{}`", format.name)).collect();
    let (last, others) = named.split_last().expect("there are formats");
    let sentence = format!("formats are {} and {last}.", others.join(", "));
    let readme = crate::support::file("README.md").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(readme.contains(&sentence), "README.md does not say: {sentence}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in FORMATS {
        assert_eq!(rendered(format.name, EXAMPLE), rendered(format.name, EXAMPLE), "{}", format.name);
        assert_eq!(
            compared(format.name, EXAMPLE, true),
            compared(format.name, EXAMPLE, true),
            "{}",
            format.name
        );
    }
}
