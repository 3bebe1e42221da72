//! What the formats say of a real comparison, of one whose factors are withheld, and of none at all.

use serde_json::Value;

use crate::gate_kit::{ORG, Place, with};

fn states(sarif: &str) -> Vec<Value> {
    let log: Value = serde_json::from_str(sarif).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    results.iter().map(|result| result["baselineState"].clone()).collect()
}

#[test]
fn budgets_alone_are_no_comparison() {
    let place = Place::plain();
    place.write("portfolio.yaml", ORG);
    let shown = |format: &str| place.debt(&["check", "--max-score", "1", "--format", format]).exits(1).out;
    let markdown = shown("markdown");
    assert!(markdown.contains("### The gate\n") && !markdown.contains("introduced"), "{markdown}");
    let html = shown("html");
    assert!(html.contains("The gate failed") && !html.contains("How the score changed"));
    let gauges = shown("openmetrics");
    assert!(
        gauges.contains("debt_gate_failed{portfolio=\"portfolio\"} 1.0") && !gauges.contains("debt_rise"),
        "{gauges}"
    );
    let states = states(&shown("sarif"));
    assert!(!states.is_empty() && states.iter().all(Value::is_null), "{states:?}");
    // All of it is what is over the budget.
    let annotations = shown("github");
    assert!(annotations.starts_with("::error title=Decision Debt gate::"), "{annotations}");
    assert!(annotations.contains("title=D101 conflated-1on1"), "{annotations}");
}

#[test]
fn an_aggregate_does_not_say_what_it_withholds() {
    let place = Place::plain();
    place.write("old.yaml", &with(ORG, "purpose: both", "purpose: delivery"));
    place.write("new.yaml", ORG);
    let shown = |more: &[&str]| {
        let mut all = vec!["diff", "old.yaml", "new.yaml", "--format", "sarif"];
        all.extend(more);
        states(&place.debt(&all).exits(0).out)
    };
    assert!(shown(&[]).contains(&Value::from("new")));
    // It cannot tell what is new, so it does not call it unchanged either.
    assert!(shown(&["--privacy", "aggregate"]).iter().all(Value::is_null));
    let ran = place.debt(&["check", "new.yaml", "--max-score", "1", "--privacy", "aggregate"]).exits(1);
    assert!(ran.out.contains("Factors, worst first") && !ran.out.contains("nobody yet"), "{}", ran.out);
}

#[test]
fn pages_say_what_they_compare_with() {
    let Some(place) = Place::committed(&with(ORG, "purpose: both", "purpose: delivery")) else { return };
    place.write("portfolio.yaml", ORG);
    for format in ["markdown", "html"] {
        let shown = |more: &[&str]| {
            let mut all = vec!["check", "--against", "main", "--format", format];
            all.extend(more);
            place.debt(&all).exits(1).out
        };
        let text = shown(&[]);
        assert!(text.contains("Compared against main."), "{text}");
        // There is no other policy to speak of.
        assert!(!text.contains("policy it had before"), "{text}");
        assert!(shown(&["--no-locations"]).contains("Compared against a revision."));
    }
}
