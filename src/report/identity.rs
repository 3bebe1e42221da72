//! What programs call a portfolio: one id in every format, so that two portfolios side by side never mix.

use super::privacy::Privacy;
use super::speak::Speaker;
use crate::base::ids::Subject;
use crate::base::names::Untrusted;
use crate::import::ids::of_name;
use crate::records::itself::Itself;
use crate::rules;
use crate::score::part::Part;

/// What is called so that says nothing else.
const PORTFOLIO: &str = "portfolio";

/// What a portfolio is called besides what it says itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Called<'c> {
    /// With `--id`: it wins over all that is written.
    pub typed: Option<&'c str>,
    /// In the configuration, for one that has no id.
    pub configured: Option<&'c str>,
    /// The stem of its file, for one that has neither an id nor a name.
    pub stem: Option<&'c str>,
}

impl Called<'_> {
    /// The id of a portfolio that says this of itself.
    pub(super) fn id_of(self, id: Option<&str>, name: Option<&str>) -> String {
        let written = self.typed.or(id).or(self.configured).map(str::to_owned);
        let name = name.filter(|name| !name.trim().is_empty());
        written.or_else(|| name.or(self.stem).map(of_name)).unwrap_or_else(|| PORTFOLIO.to_owned())
    }
}

/// The part of a portfolio by its ids as they are written, or as they were typed.
#[derive(Clone, Debug, Default)]
pub struct PartNamed {
    /// Only this squad.
    pub squad: Option<String>,
    /// Only this guild.
    pub guild: Option<String>,
    /// Only these rules, in their order.
    pub only: Vec<&'static str>,
}

impl Privacy {
    /// The identity of a portfolio, with the part of it that is scored: `payments`, `payments/squad:ledger`. No id has a
    /// slash in it.
    pub fn identity(&self, called: Called<'_>, itself: &Itself, part: &PartNamed) -> Untrusted {
        // An aggregate without a key has nothing to make pseudonyms with: there it is what was typed, and no text of the
        // portfolio.
        let own = || called.id_of(itself.id.as_deref(), itself.name.as_deref());
        let key = self.key_of_groups();
        let mut identity = match key {
            Some(key) => key.pseudonym(PORTFOLIO, &own()),
            None if self.withholds_text() => called.typed.unwrap_or(PORTFOLIO).to_owned(),
            None => own(),
        };
        for (kind, id) in [("squad", &part.squad), ("guild", &part.guild)] {
            let Some(id) = id else { continue };
            let shown = match key {
                Some(key) => key.pseudonym(kind, id),
                None if self.withholds_text() => "withheld".to_owned(),
                None => id.clone(),
            };
            identity.push_str(&format!("/{kind}:{shown}"));
        }
        if !part.only.is_empty() {
            identity.push_str(&format!("/only:{}", part.only.join("+")));
        }
        Untrusted::new(identity)
    }
}

impl Speaker<'_> {
    /// The identity of the portfolio, with the part of it that is scored.
    pub(super) fn identity(&self, called: Called<'_>, part: &Part) -> Untrusted {
        let written = |subject| self.id_written(subject).to_owned();
        let part = PartNamed {
            squad: part.squad.map(Subject::Squad).map(written),
            guild: part.guild.map(Subject::Guild).map(written),
            only: part.only.iter().map(|rule| rules::at(*rule).code).collect(),
        };
        self.privacy().identity(called, &self.itself(), &part)
    }
}

#[cfg(test)]
mod tests {
    use super::Called;

    #[test]
    fn what_is_typed_wins_and_each_is_an_id() {
        let stem = Called { typed: None, configured: None, stem: Some("Team A") };
        assert_eq!(stem.id_of(Some("payments"), Some("Payments of Europe")), "payments");
        assert_eq!(stem.id_of(None, Some("Payments of Europe")), "payments-of-europe");
        assert_eq!(stem.id_of(None, Some("  ")), "team-a");
        assert_eq!(stem.id_of(None, None), "team-a");
        assert_eq!(Called { typed: Some("b"), ..stem }.id_of(Some("payments"), None), "b");
        let configured = Called { configured: Some("of-config"), ..stem };
        assert_eq!(configured.id_of(Some("payments"), None), "payments");
        assert_eq!(configured.id_of(None, Some("Payments")), "of-config");
        assert_eq!(Called::default().id_of(None, None), "portfolio");
        // Names without a letter of ASCII are told apart all the same.
        assert_ne!(stem.id_of(None, Some("\u{2603}")), stem.id_of(None, Some("\u{2604}")));
    }
}
