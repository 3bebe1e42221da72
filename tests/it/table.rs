//! The table, as people see it: piped, narrow, wide, with wide characters, with no debt, with everything at once.

use debt::base::decimal::thousandths;
use debt::render::{self, Breakdown, Screen, View};
use debt::report::{self, BuildOptions, Called};
use debt::score::part::Part;
use debt::score::scorecard;

use crate::support::{file, read, sources, stdout_of};

/// A table on a screen of so many columns that can draw; none is a pipe.
fn table(text: &str, width: Option<usize>, by: Breakdown) -> String {
    let sources = sources(text);
    let read = read(&sources).expect("valid");
    let card =
        scorecard(&read.portfolio, &read.policy, read.day, Part::default()).expect("somebody is scored");
    let privacy = debt::report::Privacy::names();
    let mut report = report::build(
        &card,
        BuildOptions { sources: &sources, version: "0.0.0", privacy: &privacy, called: Called::default() },
    )
    .expect("names show every portfolio");
    report.add_tasks();
    let screen = Screen { width, colour: false, drawing: width.is_some() };
    let view = View { top: Some(8), tasks: 3, ..View::whole(screen, by) };
    let mut bytes = Vec::new();
    (render::format("table").expect("it is there").render)(&report, &view, &mut bytes)
        .expect("memory takes it");
    String::from_utf8(bytes).expect("UTF-8")
}

/// No line is wider than the screen.
fn fits(text: &str, width: usize) {
    for line in text.lines() {
        let wide = unicode_width::UnicodeWidthStr::width(line);
        assert!(wide <= width, "{wide} columns of {width}: {line}");
        assert_eq!(line, line.trim_end());
    }
}

const EXAMPLE: &str = "examples/portfolio.yaml";

#[test]
fn on_80_columns() {
    let text = table(&file(EXAMPLE), Some(80), Breakdown::Group);
    fits(&text, 80);
    insta::assert_snapshot!(text);
}

#[test]
fn on_60_columns() {
    let text = table(&file(EXAMPLE), Some(60), Breakdown::Group);
    fits(&text, 60);
    insta::assert_snapshot!(text);
}

#[test]
fn on_200_columns() {
    let text = table(&file(EXAMPLE), Some(200), Breakdown::Group);
    // Wider lines than this are hard to follow with the eye.
    fits(&text, 110);
    insta::assert_snapshot!(text);
}

#[test]
fn in_a_pipe() {
    let text = table(&file(EXAMPLE), None, Breakdown::Group);
    assert!(!text.contains('\u{2588}'), "bars are drawn with plain characters in a pipe");
    insta::assert_snapshot!(text);
}

#[test]
fn breakdowns() {
    for by in [Breakdown::Rule, Breakdown::Squad, Breakdown::Guild, Breakdown::Owner, Breakdown::Coverage] {
        let text = table(&file(EXAMPLE), Some(80), by);
        fits(&text, 80);
        let first = text.find("Where it sits").or(text.find("What could be")).expect("a heading");
        let last = text.find("Factors, worst first").expect("a heading");
        insta::assert_snapshot!(format!("by_{by:?}").to_lowercase(), text[first..last].trim_end());
    }
}

/// A portfolio of one with no debt, or with some, whose names are two columns wide or join several characters.
fn wide_names(purpose: &str, held: &str) -> String {
    format!(
        "name: 東京チーム🎉\nas_of: 2026-11-20\npeople:\n  - {{id: a, name: 山田太郎, delivery_owner: x, craft_owner: y, level: 2}}\n  \
         - {{id: x, name: \"👩‍💻 Xenia\", external: true}}\n  - {{id: y, name: Ywette, external: true}}\nmeetings:\n  \
         - {{owner: x, with: a, purpose: delivery, every: weekly, last_held: {held}}}\n  \
         - {{owner: y, with: a, purpose: {purpose}, title: 两人会议：交付与成长，两件事一起谈，每周三下午在五号楼的会议室 🎉, every: weekly, last_held: {held}}}\n\
         conversations: []\ndecisions: []\npromotions: []\nmentorships: []\n"
    )
}

#[test]
fn wide_characters() {
    let text = table(&wide_names("both", "2026-10-19"), Some(60), Breakdown::Group);
    fits(&text, 60);
    insta::assert_snapshot!(text);
}

#[test]
fn no_debt_at_all() {
    let text = table(&wide_names("craft", "2026-11-19"), Some(80), Breakdown::Group);
    insta::assert_snapshot!(text);
}

#[test]
fn nothing_is_cut_in_a_pipe() {
    let long = "x".repeat(300);
    let text =
        format!("as_of: 2026-11-20\nsquads: [{{id: s, name: {long}}}]\npeople: [{{id: a, squad: s}}]\n");
    let squads = table(&text, None, Breakdown::Squad);
    assert!(squads.contains(&long), "{squads}");
    let on_screen = table(&text, Some(80), Breakdown::Squad);
    assert!(on_screen.contains('\u{2026}'));
    fits(&on_screen, 80);
}

#[test]
fn controls_are_shown_and_never_obeyed() {
    let text =
        "as_of: 2026-11-20\nname: \"a\\e[31mb\\u202Ec\\n\"\npeople: [{id: a, name: \"\\u0007\\u009Bx\"}]\n";
    let shown = table(text, Some(80), Breakdown::Owner);
    assert!(shown.contains("a\\u{1B}[31mb\\u{202E}c\\n"), "{shown}");
    assert!(shown.chars().all(|character| character == '\n' || !render::escape::is_control(character)));
}

/// The breakdowns that a person sees sum to what the headline says.
#[test]
fn rows_sum_to_the_headline() {
    let report: serde_json::Value =
        serde_json::from_str(&stdout_of(&["score", EXAMPLE, "--format", "json"])).expect("JSON");
    let score = report["score"]["mp"].as_i64().expect("a number");
    for by in ["by_rule", "by_group", "by_squad", "by_guild", "by_owner", "factors"] {
        let rows = report[by].as_array().expect("a list");
        let sum: i64 = rows.iter().map(|row| row["mp"].as_i64().expect("a number")).sum();
        assert_eq!(sum, score, "{by}");
    }
    assert_eq!(report["score"]["points"].to_string(), thousandths(score));
}
