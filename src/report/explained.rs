//! One factor by its id, with its arithmetic: the only way from an id that was typed to a row.

use super::FactorRow;
use super::factors::{Factors, arithmetic};
use crate::base::nearest::nearest;

/// A factor, and how its value comes about.
pub struct Explained {
    /// Its row.
    pub row: FactorRow,
    /// Line by line what it is, and the amount in milli-points; the last line is the value.
    pub arithmetic: Vec<(String, i64)>,
}

/// Why there is none.
pub enum NoFactor {
    /// Ids are withheld, so that neither the one that was typed nor a near one may be shown.
    Withheld,
    /// There is no such id; perhaps this one is meant.
    Unknown(Option<String>),
}

impl Factors<'_> {
    /// The factor with this id. Under pseudonyms both are understood: the id as it is written, and as it is shown.
    pub fn explain(&self, id: &str) -> Result<Explained, NoFactor> {
        let (card, portfolio) = (self.card(), self.card().facts.portfolio);
        let written = |factor: &crate::score::factor::Factor| factor.id(portfolio);
        let factor = card.factors.iter().find(|factor| written(factor) == id || self.id(factor).raw() == id);
        if let Some(factor) = factor {
            return Ok(Explained { row: self.row(factor), arithmetic: arithmetic(card, factor) });
        }
        if self.privacy().withholds_text() {
            return Err(NoFactor::Withheld);
        }
        let ids: Vec<String> = card.factors.iter().map(written).collect();
        Err(NoFactor::Unknown(nearest(id, ids.iter().map(String::as_str)).map(str::to_owned)))
    }
}
