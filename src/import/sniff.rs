//! What a file is, by its first words: which reader it belongs to, or what it is that nobody here reads.

use super::{csv, events};
use crate::source::foreign::Foreign;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FileKind {
    /// An iCalendar file.
    Calendar,
    /// A delimited text with people.
    Csv,
    /// An Excel workbook.
    Workbook,
    /// SCIM users and groups.
    Scim,
    /// Users of Microsoft Graph.
    Graph,
    /// A Backstage catalogue.
    Backstage,
    /// Teams of a GitHub organisation.
    Github,
    /// Events of the Google Calendar API.
    GoogleEvents,
    /// Events of Microsoft Graph.
    GraphEvents,
    /// Outlook's export of a calendar.
    OutlookEvents,
}

impl FileKind {
    /// Whether it holds events.
    pub fn is_calendar(self) -> bool {
        matches!(
            self,
            FileKind::Calendar | FileKind::GoogleEvents | FileKind::GraphEvents | FileKind::OutlookEvents
        )
    }

    /// How it is called in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            FileKind::Calendar => "a calendar",
            FileKind::Csv => "a table of people (CSV)",
            FileKind::Workbook => "an Excel workbook",
            FileKind::Scim => "SCIM users and groups",
            FileKind::Graph => "Microsoft Graph users",
            FileKind::Backstage => "a Backstage catalogue",
            FileKind::Github => "teams of a GitHub organisation",
            FileKind::GoogleEvents => "events of the Google Calendar API",
            FileKind::GraphEvents => "events of Microsoft Graph",
            FileKind::OutlookEvents => "an Outlook calendar (CSV)",
        }
    }
}

/// What is known about a file that belongs to no reader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// What it is.
    pub what: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// So much of a text is looked at.
const LOOKED_AT: usize = 1 << 18;

const TABLE: &str = "export it as CSV or .xlsx";

/// What a file is.
pub fn kind(foreign: &Foreign, text: &str) -> Result<FileKind, Unknown> {
    if foreign.is_workbook {
        return Ok(FileKind::Workbook);
    }
    let end = (0..=LOOKED_AT.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = text[..end].trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.is_empty() {
        return Err(Unknown { what: "an empty file", help: "name a file with content" });
    }
    let has_line = |line: &str| start.lines().any(|one| one.trim().eq_ignore_ascii_case(line));
    if has_line("BEGIN:VCALENDAR") || has_line("BEGIN:VEVENT") {
        return Ok(FileKind::Calendar);
    }
    if let Some(unknown) = named_by_its_beginning(start) {
        return Err(unknown);
    }
    if start.starts_with(['{', '[']) {
        return json(start);
    }
    if let Some(kind) = yaml(start) {
        return kind;
    }
    if events::is_outlook(start.lines().next().unwrap_or_default()) {
        return Ok(FileKind::OutlookEvents);
    }
    if csv::words_known(start) >= 2 {
        return Ok(FileKind::Csv);
    }
    table_or_text(start)
}

fn named_by_its_beginning(start: &str) -> Option<Unknown> {
    let begins = |word: &str| start.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let unknown = |what, help| Some(Unknown { what, help });
    match () {
        () if begins("BEGIN:VCARD") => unknown("a file of contacts (vCard)", TABLE),
        () if begins("dn:") || begins("version: 1\ndn:") || begins("version: 1\r\ndn:") => unknown(
            "an export of a directory as LDIF",
            "export it as CSV, such as with csvde or Get-ADUser | Export-Csv",
        ),
        () if begins("<!doctype html") || begins("<html") => {
            unknown("a web page, perhaps that of a sign-in", "download the export again, signed in")
        }
        () if begins("<?xml") || begins("<") => unknown("an XML file", TABLE),
        () if begins("{\\rtf") => unknown("a rich text document", TABLE),
        () if begins("version https://git-lfs") => {
            unknown("a pointer of Git LFS, not the file itself", "fetch it: git lfs pull")
        }
        () if begins("-----BEGIN PGP") => unknown("an encrypted message", "decrypt it first"),
        () if begins("From ") || begins("Return-Path:") || begins("MIME-Version:") => {
            unknown("an e-mail message", "save its attachment, and name that")
        }
        () => None,
    }
}

/// Which system's answer a JSON text is, by the names that only that system uses.
fn json(start: &str) -> Result<FileKind, Unknown> {
    let has = |word: &str| start.contains(word);
    if has("urn:ietf:params:scim") || has("urn:scim:schemas") {
        return Ok(FileKind::Scim);
    }
    if has("calendar#event") {
        return Ok(FileKind::GoogleEvents);
    }
    if has("backstage.io/") || (has("\"metadata\"") && has("\"kind\"") && has("\"spec\"")) {
        return Ok(FileKind::Backstage);
    }
    if (has("\"organizer\"") || has("\"attendees\"") || has("\"seriesMasterId\"")) && has("\"subject\"") {
        return Ok(FileKind::GraphEvents);
    }
    if has("userPrincipalName") || has("graph.microsoft.com") || has("#microsoft.graph.") {
        return Ok(FileKind::Graph);
    }
    let github = [
        "api.github.com",
        "members_url",
        "\"parentTeam\"",
        "\"maintainers\"",
        "\"teams\"",
        "\"slug\"",
        "avatar_url",
    ];
    if github.iter().any(|word| has(word)) {
        return Ok(FileKind::Github);
    }
    if has("\"userName\"") || has("\"Resources\"") || has("\"totalResults\"") {
        return Ok(FileKind::Scim);
    }
    if has("\"people\"") && (has("\"squads\"") || has("\"meetings\"") || has("\"version\"")) {
        return Err(PORTFOLIO);
    }
    if has("displayName") && (has("\"manager\"") || has("jobTitle") || has("\"mail\"")) {
        return Ok(FileKind::Graph);
    }
    Err(Unknown {
        what: "JSON of a kind that is not known here: no SCIM, Graph, GitHub or Backstage",
        help: "name its kind, such as debt import scim FILE, or export a CSV",
    })
}

const PORTFOLIO: Unknown = Unknown {
    what: "a portfolio already",
    help: "debt score reads it; --into PORTFOLIO adds an import to it",
};

/// Which YAML it is, where it is one that is known.
fn yaml(start: &str) -> Option<Result<FileKind, Unknown>> {
    let key = |wanted: &str| {
        start.lines().any(|line| line.trim_end() == wanted || line.starts_with(&format!("{wanted} ")))
    };
    let kind = |line: &str| {
        line.split_once(':').is_some_and(|(key, kind)| {
            key.trim() == "kind"
                && matches!(kind.trim().trim_matches(['"', '\'']).to_lowercase().as_str(), "user" | "group")
        })
    };
    if start.contains("backstage.io/") || start.lines().any(kind) {
        return Some(Ok(FileKind::Backstage));
    }
    let teams = start.contains("members:") || start.contains("maintainers:") || start.contains("admins:");
    if (key("orgs:") || key("teams:") || key("members:") || key("admins:")) && teams {
        return Some(Ok(FileKind::Github));
    }
    (key("people:") && (key("version:") || key("squads:") || key("meetings:") || key("as_of:")))
        .then_some(Err(PORTFOLIO))
}

fn table_or_text(start: &str) -> Result<FileKind, Unknown> {
    let delimited = [',', ';', '\t', '|']
        .iter()
        .any(|delimiter| start.lines().take(5).filter(|line| line.contains(*delimiter)).count() >= 2);
    Err(if delimited {
        Unknown {
            what: "a table whose columns are not known here",
            help: "name its kind and the columns: debt import csv FILE --map id=COLUMN,name=COLUMN,manager=COLUMN",
        }
    } else {
        Unknown {
            what: "a text that is no calendar, no table and no directory",
            help: "debt import --help lists what can be read",
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{FileKind, kind};
    use crate::source::FileIx;
    use crate::source::foreign::Foreign;

    #[test]
    fn files_are_told_by_what_is_in_them() {
        let foreign = Foreign {
            file: FileIx(0),
            encoding: String::new(),
            damaged: false,
            guessed: false,
            is_workbook: false,
            workbook: None,
        };
        let told = |text: &str| kind(&foreign, text);
        for (text, expected) in [
            ("\u{feff}BEGIN:VCALENDAR\r\n", FileKind::Calendar),
            ("Employee ID,Name,Manager\n1,Ana,\n", FileKind::Csv),
            ("sep=;\nVorname;Nachname;E-Mail\n", FileKind::Csv),
            ("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"]}", FileKind::Scim),
            ("{\"value\":[{\"userPrincipalName\":\"a@x.org\"}]}", FileKind::Graph),
            ("[{\"kind\":\"User\",\"apiVersion\":\"backstage.io/v1alpha1\"}]", FileKind::Backstage),
            ("apiVersion: backstage.io/v1alpha1\nkind: Group\n", FileKind::Backstage),
            ("orgs:\n  acme:\n    members:\n    - ana\n", FileKind::Github),
            ("Subject,Start Date,Start Time\n", FileKind::OutlookEvents),
            ("{\"kind\": \"calendar#events\", \"items\": []}", FileKind::GoogleEvents),
            ("{\"value\":[{\"subject\":\"a\",\"attendees\":[]}]}", FileKind::GraphEvents),
            ("[{\"slug\":\"pay\",\"members_url\":\"…\"}]", FileKind::Github),
        ] {
            assert_eq!(told(text), Ok(expected), "{text}");
        }
        for (text, what) in [
            ("BEGIN:VCARD\n", "contacts"),
            ("dn: cn=a\n", "LDIF"),
            ("<!DOCTYPE html>", "web page"),
            ("version: 1\npeople:\n  - id: a\n", "portfolio"),
            ("hello\n", "text"),
            ("a,b\n1,2\n", "table"),
            ("", "empty"),
            ("{\"a\": 1}", "JSON"),
        ] {
            assert!(told(text).is_err_and(|unknown| unknown.what.contains(what)), "{text}");
        }
    }
}
