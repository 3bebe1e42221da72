//! What people say: worksheets that are written, extended and read, labels that are typed, and questions on a terminal.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::import_support::debt;

const CALENDAR: &str = "BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
DTSTART:20260106T100000
RRULE:FREQ=WEEKLY
SUMMARY:Ana / Bo
ORGANIZER;CN=Bo:mailto:bo@corp.example
ATTENDEE;CN=Ana:mailto:ana@corp.example
ATTENDEE;CN=Bo:mailto:bo@corp.example
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART:20260106T110000
RRULE:FREQ=WEEKLY
SUMMARY:Cem
ORGANIZER;CN=Bo:mailto:bo@corp.example
ATTENDEE;CN=Cem:mailto:cem@corp.example
END:VEVENT
BEGIN:VEVENT
UID:c
DTSTART:20260108T110000
RRULE:FREQ=MONTHLY;BYDAY=2TH
SUMMARY:Cem growth
ORGANIZER;CN=Bo:mailto:bo@corp.example
ATTENDEE;CN=Cem:mailto:cem@corp.example
END:VEVENT
END:VCALENDAR
";
const ORG: &str = "people:
  - {id: bo, aliases: [bo@corp.example], squad: s}
  - {id: ana, aliases: [ana@corp.example], squad: s}
  - {id: cem, aliases: [cem@corp.example]}
squads: [{id: s, lead: bo}]
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        folder.write("cal.ics", CALENDAR);
        folder.write("org.yaml", ORG);
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("it is there")
    }

    /// An audit with these arguments: status, output and errors. Names in braces are files of the folder.
    fn audit(&self, more: &[&str]) -> (i32, String, String) {
        let more: Vec<String> = more
            .iter()
            .map(|one| one.replace("./", &format!("{}/", self.path("")).replace("//", "/")))
            .collect();
        let calendar = self.path("cal.ics");
        let arguments = ["audit", &calendar, "--me", "bo@corp.example"];
        let all: Vec<&str> = arguments.into_iter().chain(more.iter().map(String::as_str)).collect();
        debt(&all).parts()
    }

    fn labels(&self, more: &[&str]) -> Vec<(String, String, Value)> {
        let (status, out, errors) = self.audit(&[&["--format", "json"], more].concat());
        assert_eq!(status, 0, "{errors}");
        let report: Value = serde_json::from_str(&out).expect("it is JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let rows = report["one_on_ones"].as_array().expect("a list").iter();
        rows.map(|row| (text(&row["title"]), text(&row["label"]), row["label_from"].clone())).collect()
    }
}

fn label_of(rows: &[(String, String, Value)], title: &str) -> String {
    rows.iter().find(|(own, ..)| own == title).map(|(_, label, _)| label.clone()).unwrap_or_default()
}

#[test]
fn a_worksheet_is_written_filled_in_and_extended() {
    for name in ["./labels.yaml", "./labels.csv"] {
        let folder = Folder::new();
        let (status, _, said) = folder.audit(&["--worksheet", name, "--portfolio", "./org.yaml"]);
        assert!(status == 0 && said.contains("3 1:1s added, 2 to fill in"), "{said}");
        let file = name.trim_start_matches("./");
        let written = folder.read(file);
        assert!(written.contains("delivery (Bo leads the squad of Ana)"), "{written}");
        // Nothing to add, nothing changed.
        folder.audit(&["--worksheet", name, "--portfolio", "./org.yaml"]);
        assert_eq!(folder.read(file), written);
        let filled = if name.ends_with("csv") {
            let at = written.find("Bo leads").expect("suggested");
            let end = at + written[at..].find("\r\n").expect("a line");
            format!("{}both{}", &written[..end], &written[end..])
        } else {
            written.replacen("    label:\n", "    label: both\n", 1)
        };
        folder.write(file, &filled);
        let more = "BEGIN:VEVENT\nUID:d\nDTSTART:20260106T120000\nRRULE:FREQ=WEEKLY\nSUMMARY:Dia\nORGANIZER:mailto:bo@corp.example\nATTENDEE:mailto:dia@corp.example\nEND:VEVENT\nEND:VCALENDAR\n";
        folder
            .write("cal.ics", &CALENDAR.replace("END:VCALENDAR\n", more).replace("Ana / Bo", "Ana, renamed"));
        let (_, _, said) = folder.audit(&["--worksheet", name]);
        assert!(said.contains("1 1:1 added, 2 to fill in"), "{said}");
        assert!(folder.read(file).starts_with(&filled), "what is filled in stays");
        // The pair is the key: a new title keeps the label.
        let rows = folder.labels(&["--labels", name]);
        assert_eq!(label_of(&rows, "Ana, renamed"), "conflated", "{rows:?}");
        assert_eq!(
            rows.iter().find(|row| row.0 == "Ana, renamed").map(|row| row.2.clone()),
            Some("person".into())
        );
    }
}

#[test]
fn a_label_is_typed_and_a_portfolio_tells_one() {
    let folder = Folder::new();
    let rows = folder.labels(&[
        "--label",
        "ana@corp.example=delivery",
        "--label",
        "cem@corp.example,bo@corp.example=peer",
    ]);
    assert_eq!((label_of(&rows, "Ana / Bo").as_str(), label_of(&rows, "Cem").as_str()), ("delivery", "peer"));
    // What is no 1:1 is neither shown nor imported.
    let rows = folder.labels(&["--label", "cem@corp.example=not-a-1on1"]);
    assert_eq!(rows.len(), 1, "{rows:?}");
    let calendar = folder.path("cal.ics");
    let (status, out, errors) = debt(&[
        "import",
        "ics",
        &calendar,
        "--me",
        "bo@corp.example",
        "--label",
        "cem@corp.example=not-a-1on1",
        "--label",
        "ana@corp.example=craft",
    ])
    .parts();
    assert_eq!(status, 0, "{errors}");
    assert!(
        !out.contains("cem@")
            && out.contains("purpose: craft")
            && out.contains("meetings_of: [bo@corp.example]"),
        "{out}"
    );
    folder.write("org.yaml", &format!("{ORG}meetings: [{{owner: bo, with: ana, purpose: delivery}}]\n"));
    let rows = folder.labels(&["--portfolio", "./org.yaml"]);
    assert_eq!(label_of(&rows, "Ana / Bo"), "delivery");
}

/// An export and a calendar of one run: the people are the same, by their addresses, and so are the ids of meetings.
#[test]
fn an_export_and_a_calendar_agree_on_who_is_who() {
    let folder = Folder::new();
    let export = "Employee ID,Name,Work Email,Manager ID\n001,Bo,bo@corp.example,\n002,Ana,ana@corp.example,001\n003,Cem,cem@corp.example,001\n";
    folder.write("hr.csv", export);
    let (calendar, hr) = (folder.path("cal.ics"), folder.path("hr.csv"));
    let (status, out, errors) =
        debt(&["import", &calendar, &hr, "--email-aliases", "--me", "bo@corp.example"]).parts();
    assert_eq!(status, 0, "{errors}");
    let ids: Vec<&str> = out.lines().filter_map(|line| line.trim().strip_prefix("- id: ")).collect();
    assert!(!ids.iter().any(|id| id.contains('@')), "{ids:?}\n{out}");
    assert!(ids.contains(&"\"002--001\"") && out.contains("meetings_of: [\"001\"]"), "{out}");
}

#[test]
fn what_is_wrong_with_a_label_is_said_with_its_place() {
    let folder = Folder::new();
    let worksheet = |entries: &str| format!("version: 1\nlabels:\n{entries}");
    let entry = |pair: &str, label: &str| format!("  - pair: [{pair}]\n    label: {label}\n");
    let ana = "ana@corp.example, bo@corp.example";
    for (text, expected) in [
        (worksheet(&entry(ana, "delivry")), "labels.yaml:4:12"),
        (worksheet(&entry(ana, "delivry")), "did you mean delivery?"),
        (
            worksheet(&entry("zoe@corp.example", "craft")),
            "no meeting of two on these calendars is between zoe@corp.example",
        ),
        (
            worksheet(&(entry(ana, "craft") + &entry(ana, "delivery"))),
            "two labels for one pair: craft and delivery",
        ),
        (worksheet("  - label: craft\n"), "expected `pair`"),
        ("labels: craft\n".to_owned(), "expected a list of entries"),
        ("- a\n".to_owned(), "expected a mapping"),
    ] {
        folder.write("labels.yaml", &text);
        let (status, out, errors) = folder.audit(&["--labels", "./labels.yaml"]);
        assert!(status == 2 && out.is_empty() && errors.contains(expected), "{text}{errors}");
    }
    let (status, _, errors) = folder.audit(&["--label", "ana@corp.example=delivry"]);
    assert!(status == 2 && errors.contains("unknown label `delivry`"), "{errors}");
    let (status, _, errors) = folder.audit(&["--label", "zoe@corp.example=craft"]);
    assert!(status == 2 && errors.contains("zoe@corp.example"), "{errors}");
    // Several 1:1s of one pair have an entry each.
    let two = "  - pair: [cem@corp.example]\n    title: Cem\n    label: delivery\n  - pair: [cem@corp.example]\n    title: Cem growth\n    label: craft\n";
    folder.write("labels.yaml", &worksheet(two));
    let rows = folder.labels(&["--labels", "./labels.yaml"]);
    assert_eq!(
        (label_of(&rows, "Cem").as_str(), label_of(&rows, "Cem growth").as_str()),
        ("delivery", "craft")
    );
    let (status, _, errors) = folder.audit(&["--ask", "--worksheet", "./labels.yaml"]);
    assert!(status != 0 && errors.contains("needs a terminal"), "{errors}");
    folder.write("flow.yaml", "labels: [{pair: [ana@corp.example], label: craft}]\n");
    let (status, _, errors) = folder.audit(&["--worksheet", "./flow.yaml"]);
    assert!(status != 0 && errors.contains("cannot be added to"), "{errors}");
    assert_eq!(folder.read("flow.yaml"), "labels: [{pair: [ana@corp.example], label: craft}]\n");
}

/// Runs an audit on a terminal on which this is typed.
#[cfg(target_os = "linux")]
fn typed(folder: &Path, keys: &str) -> Option<String> {
    let script = crate::needs::SCRIPT.there()?;
    let command = format!(
        "exec env -i PATH=\"$PATH\" DEBT_TODAY=2026-11-20 LANG=C.UTF-8 {} audit cal.ics --me bo@corp.example --portfolio org.yaml --worksheet labels.yaml --ask --no-pager",
        crate::run::program().display()
    );
    let run = crate::run::bare(script).within(folder).args(["-q", "-e", "-c", &command, "/dev/null"]);
    Some(run.stdin(keys).limit(std::time::Duration::from_secs(60)).end().out.replace('\r', ""))
}

#[test]
#[cfg(target_os = "linux")]
fn questions_are_asked_and_answers_remembered() {
    let folder = Folder::new();
    let Some(shown) = typed(folder.0.path(), "\nx\nn\n") else { return };
    assert!(
        shown.contains("Suggested: delivery (Bo leads the squad of Ana)") && shown.contains("One of d, c, b"),
        "{shown}"
    );
    let worksheet = folder.read("labels.yaml");
    assert!(worksheet.contains("label: delivery") && worksheet.contains("label: not-a-1on1"), "{worksheet}");
    let rows = folder.labels(&["--labels", "./labels.yaml"]);
    assert_eq!(label_of(&rows, "Ana / Bo"), "delivery");
    assert!(rows.iter().all(|row| row.0 != "Cem"), "{rows:?}");
}
