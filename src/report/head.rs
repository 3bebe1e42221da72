//! What every document that is not a report says first: whose it is, of which day, under which policy.

use schemars::JsonSchema;
use serde::Serialize;

use super::build::BuildOptions;
use super::speak::Speaker;
use super::{Tool, contract};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::rules;
use crate::score::Scorecard;
use crate::score::part::Part;

/// Whose document it is, of which day, under which policy.
#[derive(Clone, Serialize, JsonSchema)]
pub struct Head {
    /// What wrote it.
    pub tool: Tool,
    /// The portfolio's name.
    pub portfolio: Option<Untrusted>,
    /// What programs tell it from others by; with a slash and the part behind it: `payments/squad:ledger`.
    pub portfolio_id: Untrusted,
    /// The day that was scored.
    pub as_of: Day,
    /// SHA-256 over the effective policy in a canonical form.
    pub policy_hash: String,
    /// How much of the people it shows.
    #[schemars(with = "contract::PrivacyMode")]
    pub privacy: &'static str,
    /// How many people are scored.
    pub people: u64,
}

impl Head {
    /// That of a scorecard.
    pub(super) fn of(card: &Scorecard<'_>, options: BuildOptions<'_>) -> Head {
        Head::of_part(card, &card.part, options)
    }

    /// That of a part, told with the people of the scorecard.
    pub(super) fn of_part(card: &Scorecard<'_>, part: &Part, options: BuildOptions<'_>) -> Head {
        let facts = &card.facts;
        let speaker = Speaker::new(facts.portfolio, facts.day, options.privacy);
        Head {
            tool: Tool { name: "debt", version: options.version },
            portfolio: speaker.portfolio_name(),
            portfolio_id: speaker.identity(options.called, part),
            as_of: facts.day,
            policy_hash: facts.policy.hash(&rules::catalog()),
            privacy: options.privacy.word(),
            people: card.people,
        }
    }
}
