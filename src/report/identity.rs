//! What programs call a portfolio: one id in every format, so that two portfolios side by side never mix.

use super::speak::Speaker;
use crate::base::ids::Subject;
use crate::base::names::Untrusted;
use crate::import::ids::of_name;
use crate::rules;
use crate::score::part::Part;

/// What is called so that says nothing else.
const PORTFOLIO: &str = "portfolio";

/// What a portfolio is called besides what it says itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Called<'c> {
    /// With `--id`: it wins over all that is written.
    pub typed: Option<&'c str>,
    /// The stem of its file, for one that has neither an id nor a name.
    pub stem: Option<&'c str>,
}

impl Called<'_> {
    /// The id of a portfolio that says this of itself.
    pub(super) fn id_of(self, id: Option<&str>, name: Option<&str>) -> String {
        let written = self.typed.or(id).map(str::to_owned);
        let name = name.filter(|name| !name.trim().is_empty());
        written.or_else(|| name.or(self.stem).map(of_name)).unwrap_or_else(|| PORTFOLIO.to_owned())
    }
}

impl Speaker<'_> {
    /// The portfolio's identity, with the part of it that is scored: `payments`, `payments/squad:ledger`. No id has a
    /// slash in it.
    pub(super) fn identity(&self, called: Called<'_>, part: &Part) -> Untrusted {
        let squad = part.squad.map(|squad| format!("/squad:{}", self.part_of(Subject::Squad(squad))));
        let guild = part.guild.map(|guild| format!("/guild:{}", self.part_of(Subject::Guild(guild))));
        let codes: Vec<&str> = part.only.iter().map(|rule| rules::at(*rule).code).collect();
        let only = (!codes.is_empty()).then(|| format!("/only:{}", codes.join("+")));
        let parts: String = squad.into_iter().chain(guild).chain(only).collect();
        Untrusted::new(format!("{}{parts}", self.portfolio_id(called)))
    }

    /// An aggregate without a key has nothing to make a pseudonym with, so there it is what was typed, and no text of the
    /// portfolio.
    fn portfolio_id(&self, called: Called<'_>) -> String {
        let (id, name) = self.called_itself();
        match self.privacy().key_of_groups() {
            Some(key) => key.pseudonym(PORTFOLIO, &called.id_of(id, name)),
            None if self.privacy().withholds_text() => called.typed.unwrap_or(PORTFOLIO).to_owned(),
            None => called.id_of(id, name),
        }
    }

    fn part_of(&self, group: Subject) -> String {
        match self.privacy().key_of_groups() {
            Some(key) => key.pseudonym(group.type_name(), self.id_written(group)),
            None if self.privacy().withholds_text() => "withheld".to_owned(),
            None => self.id_written(group).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Called;

    #[test]
    fn what_is_typed_wins_and_each_is_an_id() {
        let stem = Called { typed: None, stem: Some("Team A") };
        assert_eq!(stem.id_of(Some("payments"), Some("Payments of Europe")), "payments");
        assert_eq!(stem.id_of(None, Some("Payments of Europe")), "payments-of-europe");
        assert_eq!(stem.id_of(None, Some("  ")), "team-a");
        assert_eq!(stem.id_of(None, None), "team-a");
        assert_eq!(Called { typed: Some("b"), ..stem }.id_of(Some("payments"), None), "b");
        assert_eq!(Called::default().id_of(None, None), "portfolio");
        // Names without a letter of ASCII are told apart all the same.
        assert_ne!(stem.id_of(None, Some("\u{2603}")), stem.id_of(None, Some("\u{2604}")));
    }
}
