//! Programs that read what a job leaves: `JUnit` by two of Python's readers, Markdown by the renderer of GitHub.

use super::both_kinds;
use crate::gate_kit::{ORG, Place, with};
use crate::{needs, run};

/// A gate that fails, one that holds, a score, and a run that scored nothing.
fn written(format: &str) -> Option<(Place, [String; 4])> {
    let place = both_kinds()?;
    let check = ["check", "--against", "HEAD", "--format", format];
    let fails = place.debt(&check).exits(1).out;
    place.write("portfolio.yaml", &format!("# said\n{ORG}"));
    let holds = place.debt(&check).exits(0).out;
    let score = place.debt(&["score", "--format", format]).ok();
    place.write("portfolio.yaml", &with(ORG, "as_of:", "as_off:"));
    let broken = place.debt(&["score", "--format", format]).exits(2).out;
    Some((place, [fails, holds, score, broken]))
}

#[test]
fn junitparser_and_junit2html_read_every_kind() {
    let Some(python) = needs::JUNIT.there() else { return };
    let Some((place, texts)) = written("junit") else { return };
    for (name, text) in ["fails", "holds", "score", "broken"].iter().zip(&texts) {
        place.write(&format!("{name}.xml"), text);
    }
    let script = "import sys\n\
                  from junitparser import JUnitXml\n\
                  from junit2htmlreport import parser\n\
                  for name in ['fails', 'holds', 'score', 'broken']:\n\
                  \x20   xml = JUnitXml.fromfile(name + '.xml')\n\
                  \x20   said = (xml.tests, xml.failures, xml.errors)\n\
                  \x20   xml.update_statistics()\n\
                  \x20   assert said == (xml.tests, xml.failures, xml.errors), (name, said, xml.tests, xml.failures, xml.errors)\n\
                  \x20   report = parser.Junit(name + '.xml')\n\
                  \x20   cases = [case for suite in report.suites for case in suite.all()]\n\
                  \x20   assert len(cases) == xml.tests, (name, len(cases))\n\
                  \x20   assert len({(case.testclass.name, case.name) for case in cases}) == len(cases)\n\
                  \x20   page = report.html()\n\
                  \x20   print(name, xml.failures, xml.errors, 'bo-ana' in page)\n";
    let said = run::tool(python).within(place.path()).args(["-c", script]).end().ok();
    assert_eq!(said, "fails 3 0 True\nholds 0 0 True\nscore 0 0 True\nbroken 0 1 False\n");
}

#[test]
fn the_renderer_of_github_folds_what_is_folded() {
    let Some(cmark) = needs::CMARK.there() else { return };
    let Some((_, texts)) = written("markdown") else { return };
    let html =
        |text: &String| run::tool(cmark).args(["--unsafe", "-e", "table"]).stdin(text.as_str()).end().ok();
    let [fails, holds, score, broken] = texts.each_ref().map(html);
    let (above, folded) = fails.split_once("<details><summary>").expect("a fold");
    assert_eq!(above.matches("<li>").count(), 2, "{above}");
    assert!(above.contains("<h3>\u{274C} The gate failed") && !above.contains("<table>"), "{above}");
    // Tables in a fold are tables, and it ends where it should.
    assert!(folded.matches("<table>").count() >= 4 && !folded.contains("| ---"), "{folded}");
    assert!(folded.trim_end().ends_with("</details>"), "{folded}");
    assert_eq!(holds.matches("<p>").count(), 1, "{holds}");
    assert!(
        score.contains("<h2>Decision Debt of") && broken.contains("<li>portfolio.yaml:2:1: "),
        "{broken}"
    );
}
