//! The records of a portfolio, as they are written. One definition gives the reader and the schema: the doc
//! comments here are what an editor shows over a key.

use schemars::JsonSchema;
use serde::Deserialize;

pub use super::organisation::{
    AwayRecord, ContextRecord, ExemptRecord, GuildRecord, LaneRecord, LevelRecord, PersonRecord, SquadRecord,
};
use super::values::{Every, Id, Text, Whole};
use super::words::{ConversationKind, Line, MeetingKind, Purpose, Topic};
use crate::base::day::Day;

/// An optional list; `null` is the same as left out.
pub type Listed<T> = Option<Vec<T>>;

/// A recurring meeting.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingRecord<'t> {
    /// Unique among meetings; by default "OWNER--WITH", or "OWNER" without a `with`.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["bo-ana"]))]
    pub id: Option<Id<'t>>,
    /// Shown instead of the id.
    #[schemars(extend("examples" = ["Bo / Ana"]))]
    pub title: Option<Text<'t>>,
    /// one-on-one by default.
    #[schemars(extend("default" = "one-on-one", "examples" = ["one-on-one"]))]
    pub kind: Option<MeetingKind>,
    /// Whose job it is to hold it.
    #[schemars(extend("examples" = ["bo"]))]
    pub owner: Id<'t>,
    /// The other person; left out for team, optional for other.
    #[schemars(extend("examples" = ["ana"]))]
    pub with: Option<Id<'t>>,
    /// What it is for; leaving it out means that nobody has labelled it.
    #[schemars(extend("examples" = ["delivery"]))]
    pub purpose: Option<Purpose>,
    /// What is talked about.
    #[schemars(extend("examples" = [["blockers", "commitments"]]))]
    pub agenda: Listed<Topic>,
    /// How often: weekly, biweekly, monthly, quarterly, or days or weeks such as 10d or 3w.
    #[schemars(extend("examples" = ["weekly"]))]
    pub every: Option<Every>,
    /// When it was last held.
    #[schemars(extend("examples" = ["2026-11-13"]))]
    pub last_held: Option<Day>,
    /// How many were cancelled since it was last held.
    #[schemars(extend("default" = 0, "examples" = [2]))]
    pub cancelled_in_a_row: Option<Whole<0, { u32::MAX }>>,
    /// Not counted before this day.
    #[schemars(extend("examples" = ["2025-03-01"]))]
    pub since: Option<Day>,
    /// Not counted from this day on.
    #[schemars(extend("examples" = ["2027-01-01"]))]
    pub until: Option<Day>,
    /// Former ids.
    #[schemars(extend("examples" = [["ana-bo"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// A talk that somebody owes somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConversationRecord<'t> {
    /// Unique among conversations; by default "OWNER--WITH--KIND--RAISED".
    #[serde(borrow)]
    #[schemars(extend("examples" = ["ana-promotion"]))]
    pub id: Option<Id<'t>>,
    /// What kind of talk.
    #[schemars(extend("examples" = ["promotion"]))]
    pub kind: ConversationKind,
    /// Who owes it.
    #[schemars(extend("examples" = ["bo"]))]
    pub owner: Id<'t>,
    /// To whom.
    #[schemars(extend("examples" = ["ana"]))]
    pub with: Id<'t>,
    /// What about.
    #[schemars(extend("examples" = ["Staff-plus case"]))]
    pub topic: Option<Text<'t>>,
    /// When it was first wanted.
    #[schemars(extend("examples" = ["2026-08-01"]))]
    pub raised: Day,
    /// The first date promised; by default `raised` and the policy's grace.
    #[schemars(extend("examples" = ["2026-08-15"]))]
    pub due: Option<Day>,
    /// Each new date it was pushed to.
    #[schemars(extend("examples" = [["2026-09-15", "2026-10-30"]]))]
    pub deferred_to: Listed<Day>,
    /// When it was held: then it is closed.
    #[schemars(extend("examples" = ["2026-11-01"]))]
    pub held: Option<Day>,
    /// Closed without being held.
    #[schemars(extend("examples" = [{"date": "2026-11-01", "reason": "Ana moved guilds"}]))]
    pub dropped: Option<DroppedRecord<'t>>,
    /// Former ids.
    #[schemars(extend("examples" = [["ana-case"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// How a conversation was closed without being held.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DroppedRecord<'t> {
    /// When.
    #[schemars(extend("examples" = ["2026-11-01"]))]
    pub date: Day,
    /// Why.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["Ana moved guilds"]))]
    pub reason: Text<'t>,
}

/// A priority call or an escalation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord<'t> {
    /// Unique among decisions.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["vendor-switch"]))]
    pub id: Id<'t>,
    /// Shown instead of the id.
    #[schemars(extend("examples" = ["Leave vendor X"]))]
    pub title: Option<Text<'t>>,
    /// The squad it is about.
    #[schemars(extend("examples" = ["ledger"]))]
    pub squad: Option<Id<'t>>,
    /// Who must decide.
    #[schemars(extend("examples" = ["dee"]))]
    pub owner: Id<'t>,
    /// When it was first wanted.
    #[schemars(extend("examples" = ["2026-09-01"]))]
    pub raised: Day,
    /// The date promised; by default `raised` and the policy's grace.
    #[schemars(extend("examples" = ["2026-09-30"]))]
    pub due: Option<Day>,
    /// The last closing.
    #[schemars(extend("examples" = ["2026-10-02"]))]
    pub closed: Option<Day>,
    /// Each day it was reopened; it counts as open again until the next `closed`.
    #[schemars(extend("examples" = [["2026-10-20"]]))]
    pub reopened: Listed<Day>,
    /// Former ids.
    #[schemars(extend("examples" = [["vendor"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// A promotion that was decided.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PromotionRecord<'t> {
    /// Unique among promotions; by default "PERSON--DECIDED".
    #[serde(borrow)]
    #[schemars(extend("examples" = ["gus-staff"]))]
    pub id: Option<Id<'t>>,
    /// Who was promoted.
    #[schemars(extend("examples" = ["gus"]))]
    pub person: Id<'t>,
    /// To what.
    #[schemars(extend("examples" = ["Staff engineer"]))]
    pub to: Text<'t>,
    /// When.
    #[schemars(extend("examples" = ["2026-07-01"]))]
    pub decided: Day,
    /// Whose craft judgement it rests on.
    #[schemars(extend("examples" = ["cy"]))]
    pub signed_off_by: Option<Id<'t>>,
    /// Looked at again since, with the craft owner.
    #[schemars(extend("examples" = ["2026-10-01"]))]
    pub reviewed: Option<Day>,
    /// Former ids.
    #[schemars(extend("examples" = [["gus-5"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// Somebody who teaches somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentorshipRecord<'t> {
    /// Unique among mentorships; by default "MENTOR--MENTEE".
    #[serde(borrow)]
    #[schemars(extend("examples" = ["eve-gus"]))]
    pub id: Option<Id<'t>>,
    /// Who teaches.
    #[schemars(extend("examples" = ["eve"]))]
    pub mentor: Id<'t>,
    /// Who learns.
    #[schemars(extend("examples" = ["gus"]))]
    pub mentee: Id<'t>,
    /// What about.
    #[schemars(extend("examples" = ["System design"]))]
    pub topic: Option<Text<'t>>,
    /// Not counted before this day.
    #[schemars(extend("examples" = ["2026-01-10"]))]
    pub since: Option<Day>,
    /// Not counted from this day on.
    #[schemars(extend("examples" = ["2026-12-31"]))]
    pub until: Option<Day>,
    /// Former ids.
    #[schemars(extend("examples" = [["eve--augustus"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// The system that shows who reports to whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HrSystemRecord<'t> {
    /// Its name.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["PeopleBase"]))]
    pub name: Option<Text<'t>>,
    /// The lines it can show; an empty list where it shows neither.
    #[schemars(extend("examples" = [["delivery"]]))]
    pub shows: Vec<Line>,
}

/// The conflict named out loud: shown, not hidden; the gate lets it pass until it ends.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{"required": ["factor"]}, {"required": ["finding"]}]))]
pub struct AcknowledgementRecord<'t> {
    /// The factor's id, such as D101:meeting:bo-ana.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["D101:meeting:bo-ana"]))]
    pub factor: Option<Text<'t>>,
    /// What `factor` was called in 0.1.0; still read, with a warning.
    #[schemars(extend("deprecated" = true, "examples" = ["D101:meeting:bo-ana"]))]
    pub finding: Option<Text<'t>>,
    /// Why it stands for now.
    #[schemars(extend("examples" = ["Cy joins on 1 December; Bo told Ana so"]))]
    pub reason: Text<'t>,
    /// When it was named.
    #[schemars(extend("examples" = ["2026-11-10"]))]
    pub named_on: Day,
    /// The last day it holds; at most 31 days after `named_on`.
    #[schemars(extend("examples" = ["2026-12-10"]))]
    pub through: Day,
}
