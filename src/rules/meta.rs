//! What is known of a rule without asking it: its code and name, where it is counted, what it costs, and its page.

use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// What is known of a rule without asking it.
#[derive(Debug)]
pub struct Meta {
    /// `D101`; never used again for another rule.
    pub code: &'static str,
    /// The fault in a word: `conflated-1on1`.
    pub name: &'static str,
    /// Where it is counted.
    pub group: Group,
    /// What one unit of it costs by default.
    pub principal: MilliPoints,
    /// What the principal is of.
    pub cost: Cost,
    /// About how many minutes the remedy takes.
    pub minutes: i64,
    /// The line that a person must have in scope for the rule to be asked of them.
    pub line: Option<Line>,
    /// The lines whose exemption makes its answer clear.
    pub uses: &'static [Line],
    /// What it answers where the section of its subjects is not written.
    pub absent: Absent,
    /// Whether it finds that nobody has said what the subject is for: once somebody has, what the rules of its
    /// exclusive group find there is only told.
    pub is_label: bool,
    /// What `explain`, the page and code scanning say of it.
    pub page: Page,
}

/// What the principal of a rule is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cost {
    /// One finding.
    Flat,
    /// Each of what it counts.
    Each(Counted),
    /// One finding, at an amount that the policy gives for each kind of conversation.
    ByKind,
}

/// What a rule counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// People, who come and go by the calendar.
    People,
    /// Entries of a record, which come and go by hand.
    Entries,
}

/// What a rule answers where the section it asks about is not written at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absent {
    /// No answer.
    Silent,
    /// One unknown.
    OneUnknown,
    /// One unknown for each scored person.
    UnknownForEachPerson,
}

/// What a person is told about a rule. `{name}` stands for a number of the policy.
#[derive(Debug)]
pub struct Page {
    /// What it finds, in a sentence.
    pub what: &'static str,
    /// Why that is debt.
    pub why: &'static str,
    /// When exactly it fires, and when it is unknown.
    pub when: &'static str,
    /// What it costs.
    pub formula: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// A portfolio in which it fires: its fixture.
    pub fires: &'static str,
    /// The nearest portfolio in which it does not: its fixture.
    pub clear: &'static str,
}

/// The two examples of a rule's page, which are its fixtures: one text serves the reader and the test.
macro_rules! page {
    ($folder:literal, what: $what:expr, why: $why:expr, when: $when:expr, formula: $formula:expr, remedy: $remedy:expr $(,)?) => {
        $crate::rules::meta::Page {
            what: $what,
            why: $why,
            when: $when,
            formula: $formula,
            remedy: $remedy,
            fires: include_str!(concat!("../../tests/fixtures/rules/", $folder, "/found.yaml")),
            clear: include_str!(concat!("../../tests/fixtures/rules/", $folder, "/clear.yaml")),
        }
    };
}
pub(super) use page;

/// The groups of a breakdown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the keys say it")]
pub enum Group {
    OneOnOnes,
    CraftLine,
    DeferredConversations,
    DeliveryLine,
    Decisions,
    Context,
    Lanes,
    Mentoring,
}

impl Group {
    /// Every group, in the order of codes.
    pub const ALL: [Group; 8] = [
        Group::OneOnOnes,
        Group::CraftLine,
        Group::DeferredConversations,
        Group::DeliveryLine,
        Group::Decisions,
        Group::Context,
        Group::Lanes,
        Group::Mentoring,
    ];

    /// Its key in reports.
    pub fn key(self) -> &'static str {
        match self {
            Group::OneOnOnes => "1:1s",
            Group::CraftLine => "craft line",
            Group::DeferredConversations => "deferred conversations",
            Group::DeliveryLine => "delivery line",
            Group::Decisions => "decisions",
            Group::Context => "context",
            Group::Lanes => "lanes",
            Group::Mentoring => "mentoring",
        }
    }
}

/// By their keys, since in a report ties go by the key.
impl Ord for Group {
    fn cmp(&self, other: &Group) -> std::cmp::Ordering {
        self.key().cmp(other.key())
    }
}

impl PartialOrd for Group {
    fn partial_cmp(&self, other: &Group) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
