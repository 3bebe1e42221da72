//! What `debt explain` says, as JSON: a rule's page with the numbers of a policy, one factor with its arithmetic, why
//! there is none, a term, or the code of an error.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::explain::{filled, when_text};
use super::json::Lines;
use super::terms::Term;
use crate::base::day::Day;
use crate::base::ids::RuleIx;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::policy::Policy;
use crate::records::words::ConversationKind;
use crate::report::contract::{self, Version};
use crate::report::{Explained, FactorRow, NoDebt, Report, Tool};
use crate::rules;
use crate::rules::rule::Cost;
use crate::source::Code;

/// What `debt explain` says. Of `rule`, `factor`, `no_factor`, `term`, `error` and `rules` one is what was asked for, and the
/// others are null; beside a factor, and where there is none, `rule` is its rule.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtExplanation")]
pub struct Explanation {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// What wrote it.
    pub tool: Tool,
    /// The portfolio that it speaks of; null where none was read.
    pub portfolio: Option<ExplainedPortfolio>,
    /// SHA-256 over the policy whose numbers these are, in a canonical form; null for a term and for an error.
    pub policy_hash: Option<String>,
    /// The rule.
    pub rule: Option<RuleRow>,
    /// Every factor of that rule in the portfolio, worst first; null but for a rule with a portfolio.
    pub factors: Option<Vec<RuleFactorRow>>,
    /// The factor with that id.
    pub factor: Option<ExplainedFactor>,
    /// Why there is no factor with that id.
    pub no_factor: Option<NoFactorRow>,
    /// The term of the glossary.
    pub term: Option<TermRow>,
    /// The code of an error or warning.
    pub error: Option<ErrorCodeRow>,
    /// Every rule, in the order of codes.
    pub rules: Option<Vec<RuleRow>>,
}

/// Which portfolio, on which day.
#[derive(Serialize, JsonSchema)]
pub struct ExplainedPortfolio {
    /// Its name.
    pub name: Option<Untrusted>,
    /// What programs tell it from others by.
    pub id: Untrusted,
    /// The day that was scored.
    pub as_of: Day,
    /// How much of the people is shown.
    #[schemars(with = "contract::PrivacyMode")]
    pub privacy: &'static str,
}

/// A rule, with the numbers of the policy.
#[derive(Serialize, JsonSchema)]
pub struct RuleRow {
    /// Its code.
    pub code: &'static str,
    /// The fault in a word.
    pub name: &'static str,
    /// The group it is counted in.
    #[schemars(with = "contract::Group")]
    pub group: &'static str,
    /// What it is asked about.
    #[schemars(with = "contract::SubjectType")]
    pub subject_type: &'static str,
    /// Whether the policy switches it off.
    pub disabled: bool,
    /// What one finding costs, or each of what it counts; null where that goes by the kind of a conversation.
    pub principal_mp: Option<MilliPoints>,
    /// What a conversation of each kind costs; [] where it does not go by kind.
    pub by_kind: Vec<KindRow>,
    /// About how many minutes the remedy takes; 0 where only time resolves it.
    pub minutes: i64,
    /// What it finds, in a sentence.
    pub what: String,
    /// Why that is debt.
    pub why: String,
    /// When exactly it fires, and when it is unknown.
    pub when: String,
    /// What it costs, in words.
    pub formula: String,
    /// What to do.
    pub remedy: String,
    /// The rules in its exclusive group, itself included, of which the first that fires counts; [] where there is none.
    pub exclusive_group: Vec<&'static str>,
    /// A portfolio in which it fires, as YAML.
    pub fires: &'static str,
    /// The nearest portfolio in which it does not.
    pub clear: &'static str,
}

/// What a kind of conversation costs.
#[derive(Serialize, JsonSchema)]
pub struct KindRow {
    /// The kind.
    #[schemars(with = "contract::TalkKind")]
    pub key: &'static str,
    /// What one costs.
    pub mp: MilliPoints,
}

/// A factor of a rule.
#[derive(Serialize, JsonSchema)]
pub struct RuleFactorRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// What it costs, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// What is the case, in one sentence.
    pub words: Untrusted,
}

/// One factor, and how its value comes about.
#[derive(Serialize, JsonSchema)]
pub struct ExplainedFactor {
    /// The factor as a report has it.
    #[serde(flatten)]
    pub row: FactorRow,
    /// How its value comes about, line by line; the last line is the value.
    pub arithmetic: Vec<ArithmeticRow>,
    /// What to type when what resolves it is done; null where a person has to write it, or ids are withheld.
    pub command: Option<Untrusted>,
}

/// A line of the arithmetic.
#[derive(Serialize, JsonSchema)]
pub struct ArithmeticRow {
    /// What is added.
    pub words: String,
    /// How much.
    pub mp: MilliPoints,
}

/// Why there is no factor about a subject that there is.
#[derive(Serialize, JsonSchema)]
pub struct NoFactorRow {
    /// The id that was asked for.
    pub id: Untrusted,
    /// Why.
    pub because: NoFactorReason,
    /// The factor that applies first; null but for `excluded`.
    pub excluded_by: Option<Untrusted>,
}

/// Why a rule finds nothing about a subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoFactorReason {
    /// The policy switches the rule off.
    Off,
    /// The rule is not asked about it on that day.
    OutOfScope,
    /// Another rule of the exclusive group applies first.
    Excluded,
    /// The portfolio lacks what the rule needs.
    Unknown,
    /// It was asked, and there is no debt.
    Clear,
}

/// A term of the glossary.
#[derive(Serialize, JsonSchema)]
pub struct TermRow {
    /// The term, with others that its row defines.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// What it is called in a portfolio, a report or the code; null where it has no name there.
    pub in_files: Option<String>,
}

/// The code of an error or warning.
#[derive(Serialize, JsonSchema)]
pub struct ErrorCodeRow {
    /// The code.
    pub code: Code,
    /// `error` or `warning`; a code that can be both is listed as the worse.
    pub severity: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// A message that has it.
    pub example: &'static str,
    /// What usually resolves it.
    pub fix: &'static str,
}

impl Explanation {
    fn empty(version: &'static str) -> Explanation {
        Explanation {
            schema_version: Version,
            tool: Tool { name: "debt", version },
            portfolio: None,
            policy_hash: None,
            rule: None,
            factors: None,
            factor: None,
            no_factor: None,
            term: None,
            error: None,
            rules: None,
        }
    }

    /// Every rule.
    pub fn of_rules(policy: &Policy, version: &'static str) -> Explanation {
        let all = (0..rules::all().count()).map(|at| RuleRow::new(RuleIx::at(at), policy)).collect();
        Explanation { rules: Some(all), ..Explanation::empty(version).under(policy) }
    }

    /// A rule.
    pub fn of_rule(rule: RuleIx, policy: &Policy, version: &'static str) -> Explanation {
        Explanation { rule: Some(RuleRow::new(rule, policy)), ..Explanation::empty(version).under(policy) }
    }

    /// A term of the glossary.
    pub fn of_term(term: &Term<'_>, version: &'static str) -> Explanation {
        let row = TermRow {
            name: term.title(),
            meaning: term.meaning(),
            in_files: term.in_files().map(str::to_owned),
        };
        Explanation { term: Some(row), ..Explanation::empty(version) }
    }

    /// The code of an error or warning.
    pub fn of_code(code: Code, version: &'static str) -> Explanation {
        let page = code.page();
        let (meaning, example, fix) = (page.meaning, page.example, page.fix);
        let row = ErrorCodeRow { code, severity: page.severity, meaning, example, fix };
        Explanation { error: Some(row), ..Explanation::empty(version) }
    }

    fn under(self, policy: &Policy) -> Explanation {
        Explanation { policy_hash: Some(policy.hash(&rules::catalog())), ..self }
    }

    /// The same, asked of a portfolio.
    #[must_use]
    pub fn within(self, report: &Report<'_>) -> Explanation {
        let portfolio = ExplainedPortfolio {
            name: report.portfolio.clone(),
            id: report.portfolio_id.clone(),
            as_of: report.as_of,
            privacy: report.privacy,
        };
        Explanation { portfolio: Some(portfolio), ..self }
    }

    /// The same with every factor of a report on that rule alone.
    #[must_use]
    pub fn with_factors(self, report: &Report<'_>) -> Explanation {
        let row = |row: FactorRow| RuleFactorRow {
            id: row.id,
            mp: row.mp,
            points: row.points,
            words: row.evidence.into_iter().next().unwrap_or_else(|| Untrusted::new("")),
        };
        let factors = report.factors.rows().map(row).collect();
        Explanation { factors: Some(factors), ..self.within(report) }
    }

    /// The same with one factor, and the command that records it as resolved.
    #[must_use]
    pub fn with_factor(self, explained: Explained, command: Option<String>) -> Explanation {
        let Explained { row, arithmetic, command: _ } = explained;
        let line = |(words, amount)| ArithmeticRow { words, mp: MilliPoints::new(amount) };
        let factor = ExplainedFactor {
            row,
            arithmetic: arithmetic.into_iter().map(line).collect(),
            command: command.map(Untrusted::new),
        };
        Explanation { factor: Some(factor), ..self }
    }

    /// The same with why there is no factor with this id.
    #[must_use]
    pub fn without_factor(self, id: &str, why: NoDebt) -> Explanation {
        let (because, excluded_by) = match why {
            NoDebt::Off => (NoFactorReason::Off, None),
            NoDebt::OutOfScope => (NoFactorReason::OutOfScope, None),
            NoDebt::Excluded(other) => (NoFactorReason::Excluded, Some(other)),
            NoDebt::Unknown => (NoFactorReason::Unknown, None),
            NoDebt::Clear => (NoFactorReason::Clear, None),
        };
        let row = NoFactorRow { id: Untrusted::new(id), because, excluded_by };
        Explanation { no_factor: Some(row), ..self }
    }

    /// As JSON.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut serializer = serde_json::Serializer::with_formatter(&mut *to, Lines::default());
        self.serialize(&mut serializer)?;
        to.write_all(b"\n")
    }
}

impl RuleRow {
    fn new(position: RuleIx, policy: &Policy) -> RuleRow {
        let (rule, principal) = (rules::at(position), policy.principal(position));
        let fill = |text| filled(text, rule, principal, policy);
        let (flat, by_kind) = match rule.cost {
            Cost::Flat | Cost::Each(_) => (Some(principal), Vec::new()),
            Cost::ByKind => {
                let row =
                    |kind: &ConversationKind| KindRow { key: kind.word(), mp: policy.conversation(*kind) };
                (None, ConversationKind::ALL.iter().map(row).collect())
            }
        };
        let group = rules::exclusive_group(position);
        let exclusive_group = if group.len() > 1 { group } else { 0..0 };
        RuleRow {
            code: rule.code,
            name: rule.name,
            group: rule.group.key(),
            subject_type: rule.subject_type(),
            disabled: policy.is_disabled(position),
            principal_mp: flat,
            by_kind,
            minutes: rule.minutes,
            what: fill(rule.page.what),
            why: fill(rule.page.why),
            when: when_text(rule, principal, policy),
            formula: fill(rule.page.formula),
            remedy: fill(rule.page.remedy),
            exclusive_group: exclusive_group.map(|at| rules::at(RuleIx::at(at)).code).collect(),
            fires: rule.page.fires,
            clear: rule.page.clear,
        }
    }
}
