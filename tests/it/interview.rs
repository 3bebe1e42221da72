//! `debt init --interview`: a squad in at most twelve answers.

use super::import_support::must_score;
use crate::gate_kit::Place;
use crate::run;

const ANSWERS: &str = "Ledger\nBo Lind, Ana, Gus, Mei\n\nCy: Ana, Gus; nobody: Mei\nd b n\n\nGus\nAna promotion 2026-08-03\nGus pay 6 weeks\n\n";

fn interview(place: &Place, file: &str, answers: &str) -> run::Ran {
    run::debt().args(["init", "--interview", file]).within(place.path()).stdin(answers.as_bytes()).end()
}

#[test]
fn answers_become_a_portfolio_that_is_scored_and_planned() {
    let place = Place::plain();
    let (status, out, errors) = interview(&place, "ledger.yaml", ANSWERS).parts();
    assert_eq!(status, 0, "{errors}");
    let text = std::fs::read_to_string(place.path().join("ledger.yaml")).expect("written");
    insta::assert_snapshot!("interview", text);
    must_score(&text);
    insta::assert_snapshot!("interview_shown", out);
    assert!(out.contains("Decision Debt") && out.contains("1 h take"), "{out}");
    assert!(errors.contains("wrote ledger.yaml and portfolio.schema.json"), "{errors}");
    // Nothing is written over, and nobody is asked in vain.
    let (status, _, errors) = interview(&place, "ledger.yaml", "").parts();
    assert!(status == 2 && errors.contains("ledger.yaml already exists"), "{errors}");
    let (status, out, _) = interview(&place, "-", ANSWERS).parts();
    assert!(status == 0 && text.ends_with(&out), "{out}");
}

#[test]
fn few_answers_are_enough_and_wrong_ones_are_named() {
    let place = Place::plain();
    let (status, out, errors) = interview(&place, "-", "\nAna\n").parts();
    assert_eq!(status, 0, "{errors}");
    assert!(out.contains("name: Squad") && out.contains("lead: ana"), "{out}");
    must_score(&out);
    for (answers, says) in [
        ("", "answer 2 (line 2), to \u{201C}Who is in it"),
        ("S\nBo, Bo\n", "Bo is named twice"),
        ("S\nBo, Ana, Gus\n\n\nd\nd x\n", "expected weekly, biweekly, monthly or quarterly"),
        ("S\nBo, Ana, Gus\n\n\nd x\n", "unknown letter `x`, expected d, c, b or n"),
        ("S\nBo, Ana, Gus\n\n\nddd\n", "expected 2 letters, one for each, found 3"),
        ("S\nBo, Ana\n\nCy: Zed\n", "Zed is not in the squad: Bo, Ana"),
        ("S\nBo, Ana\n\n\nn\nAna party yesterday\n", "kinds are exit-risk, performance"),
    ] {
        let (status, out, errors) = interview(&place, "-", answers).parts();
        assert_eq!((status, out.as_str()), (2, ""), "{answers:?}: {errors}");
        assert!(errors.contains(says), "{answers:?}: {errors}");
    }
    assert!(!place.path().join("portfolio.yaml").exists());
}

#[test]
fn hostile_names_stay_names() {
    let place = Place::plain();
    let answers = "x: [1]\n\"quoted\", - dash, yes, 007, \u{202E}evil, {brace}\nnobody\n\n";
    let (status, out, errors) = interview(&place, "-", answers).parts();
    assert_eq!(status, 0, "{errors}");
    must_score(&out);
    assert_eq!(out.matches("squad: \"x-1\"").count(), 6, "{out}");
}

#[test]
fn no_more_than_twelve_questions_are_asked() {
    let place = Place::plain();
    let kinds = ["pay", "role", "feedback", "conflict", "promotion", "other", "performance"];
    let talks: String = kinds.iter().map(|kind| format!("Ana {kind} 2 weeks\n")).collect();
    let (status, out, errors) =
        interview(&place, "-", &format!("S\nBo, Ana\n\nCy\nd\n\nall\n{talks}")).parts();
    assert_eq!(status, 0, "{errors}");
    // Seven questions, and five talks.
    assert_eq!(out.matches("raised:").count(), 5, "{out}");
}
