//! Promotions that were decided.

use super::intake::ItemContext;
use super::linker::{Link, identified};
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::names::Name;
use crate::records::portfolio::PromotionRecord;
use crate::source::ItemAt;

/// A promotion that was decided.
#[derive(Clone, Debug)]
pub struct Promotion {
    /// Its id, written or made from its parts.
    pub id: Name,
    /// Whether the id was made.
    pub derived_id: bool,
    /// Where it is written.
    pub at: ItemAt,
    /// Who was promoted.
    pub person: Link<PersonIx>,
    /// To what.
    pub to: Name,
    /// When.
    pub decided: Day,
    /// Whose craft judgement it rests on.
    pub signed_off_by: Option<Link<PersonIx>>,
    /// Looked at again since.
    pub reviewed: Option<Day>,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

impl Promotion {
    pub(super) fn from_record(
        record: PromotionRecord<'_>,
        at: ItemAt,
        cx: &mut ItemContext<'_>,
    ) -> Promotion {
        let PromotionRecord { id, person, to, decided, signed_off_by, reviewed, aliases } = record;
        Promotion {
            derived_id: id.is_none(),
            id: cx.id(id.as_ref()),
            at,
            person: Link::Written(cx.names.add(&person.0)),
            to: cx.names.add(&to.0),
            decided,
            signed_off_by: cx.link(signed_off_by),
            reviewed,
            aliases: cx.aliases(aliases),
        }
    }
}

identified!(Promotion, derived_id);
