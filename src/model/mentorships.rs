//! Who teaches whom.

use super::intake::ItemContext;
use super::linker::{Link, identified};
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::names::Name;
use crate::records::portfolio::MentorshipRecord;
use crate::source::ItemAt;

/// Somebody who teaches somebody.
#[derive(Clone, Debug)]
pub struct Mentorship {
    /// Its id, written or made from its parts.
    pub id: Name,
    /// Whether the id was made.
    pub derived_id: bool,
    /// Where it is written.
    pub at: ItemAt,
    /// Who teaches.
    pub mentor: Link<PersonIx>,
    /// Who learns.
    pub mentee: Link<PersonIx>,
    /// What about.
    pub topic: Option<Name>,
    /// Not counted before this day.
    pub since: Option<Day>,
    /// Not counted from this day on.
    pub until: Option<Day>,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

impl Mentorship {
    pub(super) fn from_record(
        record: MentorshipRecord<'_>,
        at: ItemAt,
        cx: &mut ItemContext<'_>,
    ) -> Mentorship {
        let MentorshipRecord { id, mentor, mentee, topic, since, until, aliases } = record;
        cx.in_order(at, ("since", since), ("until", until));
        Mentorship {
            derived_id: id.is_none(),
            id: cx.id(id.as_ref()),
            at,
            mentor: Link::Written(cx.names.add(&mentor.0)),
            mentee: Link::Written(cx.names.add(&mentee.0)),
            topic: cx.text(topic),
            since,
            until,
            aliases: cx.aliases(aliases),
        }
    }
}

identified!(Mentorship, derived_id);
