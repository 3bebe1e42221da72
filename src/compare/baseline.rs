//! A baseline: the debt that a gate lets stand, in a file that is committed. One factor a line, sorted by identity,
//! so that two branches that touch different factors merge by themselves; the header changes only when it is written
//! anew, and the last line shows that nothing was cut off.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::base::day::Day;
use crate::base::points::MilliPoints;
use crate::score::Scorecard;
use crate::source::{Diagnostic, Diagnostics, FileIx, Mark, Place, Said, said};

/// What a baseline holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Baseline {
    /// The day it was written for.
    pub day: Day,
    /// The hash of the policy it was written under.
    pub policy_hash: String,
    /// `principal + fees` of each factor, by identity.
    pub entries: BTreeMap<String, MilliPoints>,
}

/// The first line: what it is, and the version of the format.
const FIRST: &str = "debt-baseline ";
/// The only version there is.
const VERSION: &str = "1";
/// The second line, for whoever opens it.
const NOTE: &str = "# Debt that the gate lets stand: factor, then principal and fees in milli-points. `debt check --baseline FILE` reads it; --update-baseline writes it.";
/// The last line.
const LAST: &str = "end";

impl Baseline {
    /// The baseline of a scorecard.
    pub fn of(head: &Scorecard<'_>, policy_hash: String) -> Baseline {
        let portfolio = head.facts.portfolio;
        let amount = |factor: &crate::score::factor::Factor| factor.amounts.principal + factor.amounts.fees;
        let entries = head.factors.iter().map(|factor| (factor.id(portfolio), amount(factor))).collect();
        Baseline { day: head.facts.day, policy_hash, entries }
    }

    /// Its bytes.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST}{VERSION}\n{NOTE}\nas_of {}\npolicy {}\n", self.day, self.policy_hash);
        for (id, amount) in &self.entries {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{id} {}", amount.mp());
        }
        text.push_str(LAST);
        text.push('\n');
        text
    }

    /// Reads one; what is wrong is reported at its line.
    pub fn read(text: &str, file: FileIx, diagnostics: &mut Diagnostics) -> Option<Baseline> {
        let before = diagnostics.errors();
        let baseline = Reader { file, diagnostics, lines: text.lines().enumerate() }.read();
        baseline.filter(|_| diagnostics.errors() == before)
    }
}

struct Reader<'r, L> {
    file: FileIx,
    diagnostics: &'r mut Diagnostics,
    lines: L,
}

/// What stands on the lines that git leaves where two sides disagree.
const CONFLICTS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

impl<'t, L: Iterator<Item = (usize, &'t str)>> Reader<'_, L> {
    fn wrong(&mut self, code: &'static str, index: usize, line: &str, message: Said, help: Said) {
        let line_number = u32::try_from(index.saturating_add(1)).unwrap_or(u32::MAX);
        let length = u32::try_from(line.chars().count().max(1)).unwrap_or(u32::MAX);
        let place = Place::exact(self.file, Mark { line: line_number, column: 1 }, length);
        self.diagnostics.push(Diagnostic::error(code, message, place).help(help));
    }

    fn read(mut self) -> Option<Baseline> {
        let anew = || said!["write it anew: debt check --baseline FILE --update-baseline"];
        let (_, first) = self.lines.next().unwrap_or_default();
        match first.strip_prefix(FIRST).map(str::trim) {
            Some(VERSION) => {}
            Some(version) if version.parse::<u32>().is_ok_and(|version| version > 1) => {
                let message = said![
                    "this baseline is of version ",
                    version.to_owned(),
                    ", which this debt does not know"
                ];
                self.wrong(
                    "baseline-version",
                    0,
                    first,
                    message,
                    said!["use the debt that wrote it, or a newer one"],
                );
                return None;
            }
            _ => {
                let message = said!["this is no baseline: it does not begin with `debt-baseline 1`"];
                self.wrong("baseline-broken", 0, first, message, anew());
                return None;
            }
        }
        let (mut day, mut policy_hash, mut ended, mut last) = (None, None, false, 0);
        let mut entries: BTreeMap<String, MilliPoints> = BTreeMap::new();
        while let Some((index, line)) = self.lines.next() {
            last = index;
            let line = line.trim_end();
            if CONFLICTS.iter().any(|marker| line.starts_with(marker)) {
                let message = said!["a merge of this baseline was left unfinished"];
                self.wrong("baseline-conflict", index, line, message, anew());
                return None;
            }
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if ended {
                self.wrong("baseline-broken", index, line, said!["nothing stands behind `end`"], anew());
                return None;
            }
            match line.split_once(' ').map(|(key, value)| (key, value.trim())) {
                None if line == LAST => ended = true,
                Some(("as_of", value)) if Day::parse(value).is_some() && day.is_none() => {
                    day = Day::parse(value);
                }
                Some(("policy", value)) if value.starts_with("sha256:") && policy_hash.is_none() => {
                    policy_hash = Some(value.to_owned());
                }
                Some((id, value)) if id.matches(':').count() >= 2 && amount(value).is_some() => {
                    let amount = amount(value).unwrap_or_default();
                    if entries.insert(id.to_owned(), amount).is_some() {
                        let message = said!["this factor stands twice in the baseline"];
                        self.wrong(
                            "baseline-twice",
                            index,
                            line,
                            message,
                            said!["keep one of the two lines"],
                        );
                    }
                }
                _ => {
                    let message = said![
                        "expected a factor and its milli-points, found \u{201C}",
                        line.to_owned(),
                        "\u{201D}"
                    ];
                    self.wrong(
                        "baseline-broken",
                        index,
                        line,
                        message,
                        said!["such as `D101:meeting:bo-ana 5000`"],
                    );
                }
            }
        }
        if !ended {
            let message = said!["this baseline is cut off: its last line is not `end`"];
            self.wrong("baseline-cut-off", last, "", message, anew());
        }
        let (Some(day), Some(policy_hash)) = (day, policy_hash) else {
            let message = said!["this baseline has no `as_of`, or no `policy`"];
            self.wrong("baseline-broken", 0, "", message, anew());
            return None;
        };
        Some(Baseline { day, policy_hash, entries })
    }
}

/// Milli-points: digits and nothing else, so that no amount can be less than nothing.
fn amount(text: &str) -> Option<MilliPoints> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().map(MilliPoints::new)
}
