//! What the gate tells in the formats that a pull request is read in: nothing that is loosened, acknowledged or risen
//! under the former policy passes unseen there.

use crate::gate_kit::{ORG, Place, with};

const FORMATS: [&str; 3] = ["github", "markdown", "html"];

/// New debt, and in the same change its rule is switched off.
fn rule_off() -> String {
    let rising = with(
        ORG,
        "with: ana, purpose: both}",
        "with: ana, purpose: both}\n  - {id: two, owner: cy, with: ana, purpose: both}",
    );
    format!("{rising}policy: {{disable: [D101]}}\n")
}

#[test]
fn a_rule_switched_off_is_named_with_what_it_would_hide() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rule_off());
    for format in FORMATS {
        let ran = place.debt(&["check", "--against", "HEAD", "--format", format]).exits(1);
        for words in ["Asked less strictly than before", "D101 (conflated-1on1) is switched off"] {
            assert!(ran.out.contains(words), "{format} lacks {words}:\n{}", ran.out);
        }
        assert!(
            ran.out.contains("cy\u{2019}s 1:1 with ana is delivery and craft at once"),
            "{format}:\n{}",
            ran.out
        );
        assert!(ran.out.contains("under the policy it had before"), "{format}:\n{}", ran.out);
    }
    let github = place.debt(&["check", "--against", "HEAD", "--format", "github"]).out;
    assert!(
        github.contains("title=D101 introduced under the policy it had before%3A 5.0 points more"),
        "{github}"
    );
}

#[test]
fn loosening_alone_is_named_where_the_gate_holds() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &format!("{ORG}policy: {{disable: [D101]}}\n"));
    for format in FORMATS {
        let ran = place.debt(&["check", "--against", "HEAD", "--format", format]).exits(0);
        assert!(ran.out.contains("D101 (conflated-1on1) is switched off"), "{format}:\n{}", ran.out);
    }
}

#[test]
fn what_is_acknowledged_says_so_and_is_no_error() {
    let Some(place) = Place::committed(ORG) else { return };
    let rising = with(
        ORG,
        "with: ana, purpose: both}",
        "with: ana, purpose: both}\n  - {id: two, owner: cy, with: ana, purpose: both}",
    );
    let named = "acknowledgements:\n  - {factor: D101:meeting:two, reason: until spring, named_on: 2026-11-20, through: 2026-12-01}\n";
    place.write("portfolio.yaml", &format!("{rising}{named}"));
    for format in FORMATS {
        let ran = place.debt(&["check", "--against", "HEAD", "--format", format]).exits(0);
        let words = "acknowledged through 2026-12-01, 11 days left: until spring";
        assert!(ran.out.contains(words), "{format}:\n{}", ran.out);
    }
    // Beside something that fails, it is still let pass.
    let more = with(
        &rising,
        "meetings:\n",
        "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n",
    );
    place.write("portfolio.yaml", &format!("{more}{named}"));
    let github = place.debt(&["check", "--against", "HEAD", "--format", "github"]).exits(1).out;
    let of = |code: &str| {
        github
            .lines()
            .find(|line| line.contains(&format!("title={code} introduced")))
            .unwrap_or_default()
            .to_owned()
    };
    assert!(of("D104").starts_with("::error"), "{github}");
    assert!(of("D101").starts_with("::warning"), "{github}");
}
