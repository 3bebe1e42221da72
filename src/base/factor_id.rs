//! The identity of a factor as it is written in an acknowledgement, a baseline or an argument: `CODE:TYPE:ID`. Only
//! this file takes it apart.

use super::catalog::Catalog;
use super::ids::RuleIx;

/// The parts of a text that should be a factor's identity. An id may have colons of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FactorId<'t> {
    /// The text before the first colon.
    pub code: &'t str,
    /// The text between the first colon and the second.
    pub kind: Option<&'t str>,
    /// The text after the second colon.
    pub id: Option<&'t str>,
}

/// Why a text is no factor's identity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoFactorId {
    /// No rule has this code.
    UnknownCode,
    /// The rule is about subjects of another type, which is given.
    WrongType(&'static str),
    /// There is no type or no id; the rule is about subjects of this type.
    Incomplete(&'static str),
}

impl<'t> FactorId<'t> {
    /// Takes a text apart, whatever it is.
    pub fn split(text: &'t str) -> FactorId<'t> {
        let mut parts = text.splitn(3, ':');
        FactorId { code: parts.next().unwrap_or_default(), kind: parts.next(), id: parts.next() }
    }

    /// The rule that is named, where code and type are a rule's and there is an id.
    pub fn rule(self, catalog: &Catalog) -> Result<RuleIx, NoFactorId> {
        let rule = catalog.find(self.code).ok_or(NoFactorId::UnknownCode)?;
        let expected = catalog.0.get(rule.index()).map_or("", |entry| entry.subject);
        match (self.kind, self.id) {
            (Some(kind), Some(id)) if kind == expected && !id.is_empty() => Ok(rule),
            (Some(kind), Some(_)) if kind != expected => Err(NoFactorId::WrongType(expected)),
            _ => Err(NoFactorId::Incomplete(expected)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::catalog::CatalogEntry;
    use crate::base::points::MilliPoints;

    #[test]
    fn each_fault_has_its_own_answer() {
        let entry = CatalogEntry {
            code: "D101",
            name: "conflated-1on1",
            subject: "meeting",
            principal: MilliPoints::ZERO,
            by_kind: false,
        };
        let catalog = Catalog(vec![entry]);
        let rule = |text| FactorId::split(text).rule(&catalog);
        assert_eq!(rule("D101:meeting:bo:ana"), Ok(RuleIx::at(0)));
        assert_eq!(FactorId::split("D101:meeting:bo:ana").id, Some("bo:ana"));
        assert_eq!(rule("D977:meeting:x"), Err(NoFactorId::UnknownCode));
        assert_eq!(rule("D101:person:x"), Err(NoFactorId::WrongType("meeting")));
        for text in ["D101", "D101:meeting", "D101:meeting:"] {
            assert_eq!(rule(text), Err(NoFactorId::Incomplete("meeting")), "{text}");
        }
    }
}
