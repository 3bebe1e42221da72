//! The records of a portfolio, as they are written. One definition gives the reader and the schema: the doc
//! comments here are what an editor shows over a key.

use schemars::JsonSchema;
use serde::Deserialize;

use super::values::{Decimal, Every, Id, Text, Whole};
use super::words::{ConversationKind, Line, MeetingKind, Purpose, Topic, Track};
use crate::base::day::Day;

/// An optional list; `null` is the same as left out.
pub type Listed<T> = Option<Vec<T>>;

/// Somebody on the delivery line, the craft line, or outside.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRecord<'t> {
    /// Unique among people; may be an address or a staff number in quotes.
    #[serde(borrow)]
    pub id: Id<'t>,
    /// Shown instead of the id.
    pub name: Option<Text<'t>>,
    /// Their title.
    pub title: Option<Text<'t>>,
    /// The delivery line runs through this squad's lead.
    pub squad: Option<Id<'t>>,
    /// The craft line runs through this guild's lead.
    pub guild: Option<Id<'t>>,
    /// Who owns outcomes for this person, instead of the squad's lead.
    pub delivery_owner: Option<Id<'t>>,
    /// Who owns craft and career for this person, instead of the guild's lead.
    pub craft_owner: Option<Id<'t>>,
    /// Who owns the performance rating; by default the delivery owner.
    pub rated_by: Option<Id<'t>>,
    /// Level, 1 to 20.
    pub level: Option<Whole<1, 20>>,
    /// The way up that was chosen.
    pub track: Option<Track>,
    /// The first day; not counted before it.
    pub started: Option<Day>,
    /// Gone from this day on.
    pub left: Option<Day>,
    /// Leaves: clocks stop, and nobody is scored on a long one.
    pub away: Listed<AwayRecord>,
    /// Somebody outside (a director, a coach): can own lines, is not scored.
    pub external: Option<bool>,
    /// Lines that this person rightly has none of.
    pub exempt: Option<ExemptRecord<'t>>,
    /// Former ids, so that a rename is not new debt.
    pub aliases: Listed<Id<'t>>,
}

/// A leave.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwayRecord {
    /// The first day away.
    pub from: Day,
    /// The first day back.
    pub until: Day,
}

/// Lines that somebody rightly has none of, each with the reason.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExemptRecord<'t> {
    /// Why there is no delivery line.
    #[serde(borrow)]
    pub delivery: Option<Text<'t>>,
    /// Why there is no craft line.
    pub craft: Option<Text<'t>>,
}

/// A squad: where outcomes are owned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SquadRecord<'t> {
    /// Unique among squads.
    #[serde(borrow)]
    pub id: Id<'t>,
    /// Shown instead of the id.
    pub name: Option<Text<'t>>,
    /// The person who owns its outcomes.
    pub lead: Option<Id<'t>>,
    /// Who closes what the squad cannot; the lead's own delivery owner.
    pub escalates_to: Option<Id<'t>>,
    /// What the squad needs to know to decide by itself.
    pub context: Option<ContextRecord<'t>>,
    /// Former ids.
    pub aliases: Listed<Id<'t>>,
}

/// What a squad needs to know to decide by itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextRecord<'t> {
    /// What success looks like.
    #[serde(borrow)]
    pub success: Option<Text<'t>>,
    /// Which constraints are not negotiable.
    pub constraints: Listed<Text<'t>>,
    /// Which decisions are closed.
    pub closed: Listed<Text<'t>>,
    /// When this was last looked at.
    pub reviewed: Option<Day>,
}

/// A guild: where craft is owned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuildRecord<'t> {
    /// Unique among guilds.
    #[serde(borrow)]
    pub id: Id<'t>,
    /// Shown instead of the id.
    pub name: Option<Text<'t>>,
    /// The person who owns its craft.
    pub lead: Option<Id<'t>>,
    /// The ways up, and what each level pays at its top.
    pub lanes: Listed<LaneRecord>,
    /// Former ids.
    pub aliases: Listed<Id<'t>>,
}

/// A way up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LaneRecord {
    /// Which one.
    pub track: Track,
    /// Its levels.
    pub levels: Listed<LevelRecord>,
}

/// A level of a lane.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelRecord {
    /// Which one, 1 to 20.
    pub level: Whole<1, 20>,
    /// What it pays at its top, in any one unit.
    pub pay: Option<Pay>,
}

/// An amount of pay in millionths of the unit it is written in.
pub type Pay = Decimal<6, 0, 1_000_000_000_000>;

/// A recurring meeting.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingRecord<'t> {
    /// Unique among meetings; by default "OWNER--WITH", or "OWNER" without a `with`.
    #[serde(borrow)]
    pub id: Option<Id<'t>>,
    /// Shown instead of the id.
    pub title: Option<Text<'t>>,
    /// one-on-one by default.
    pub kind: Option<MeetingKind>,
    /// Whose job it is to hold it.
    pub owner: Id<'t>,
    /// The other person; left out for team, optional for other.
    pub with: Option<Id<'t>>,
    /// What it is for; leaving it out means that nobody has labelled it.
    pub purpose: Option<Purpose>,
    /// What is talked about.
    pub agenda: Listed<Topic>,
    /// How often: weekly, biweekly, monthly, quarterly, or days or weeks such as 10d or 3w.
    pub every: Option<Every>,
    /// When it was last held.
    pub last_held: Option<Day>,
    /// How many were cancelled since it was last held.
    pub cancelled_in_a_row: Option<Whole<0, { u32::MAX }>>,
    /// Not counted before this day.
    pub since: Option<Day>,
    /// Not counted from this day on.
    pub until: Option<Day>,
    /// Former ids.
    pub aliases: Listed<Id<'t>>,
}

/// A talk that somebody owes somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConversationRecord<'t> {
    /// Unique among conversations; by default "OWNER--WITH--KIND--RAISED".
    #[serde(borrow)]
    pub id: Option<Id<'t>>,
    /// What kind of talk.
    pub kind: ConversationKind,
    /// Who owes it.
    pub owner: Id<'t>,
    /// To whom.
    pub with: Id<'t>,
    /// What about.
    pub topic: Option<Text<'t>>,
    /// When it was first wanted.
    pub raised: Day,
    /// The first date promised; by default `raised` and the policy's grace.
    pub due: Option<Day>,
    /// Each new date it was pushed to.
    pub deferred_to: Listed<Day>,
    /// When it was held: then it is closed.
    pub held: Option<Day>,
    /// Closed without being held.
    pub dropped: Option<DroppedRecord<'t>>,
    /// Former ids.
    pub aliases: Listed<Id<'t>>,
}

/// How a conversation was closed without being held.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DroppedRecord<'t> {
    /// When.
    pub date: Day,
    /// Why.
    #[serde(borrow)]
    pub reason: Text<'t>,
}

/// A priority call or an escalation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRecord<'t> {
    /// Unique among decisions.
    #[serde(borrow)]
    pub id: Id<'t>,
    /// Shown instead of the id.
    pub title: Option<Text<'t>>,
    /// The squad it is about.
    pub squad: Option<Id<'t>>,
    /// Who must decide.
    pub owner: Id<'t>,
    /// When it was first wanted.
    pub raised: Day,
    /// The date promised; by default `raised` and the policy's grace.
    pub due: Option<Day>,
    /// The last closing.
    pub closed: Option<Day>,
    /// Each day it was reopened; it counts as open again until the next `closed`.
    pub reopened: Listed<Day>,
    /// Former ids.
    pub aliases: Listed<Id<'t>>,
}

/// A promotion that was decided.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PromotionRecord<'t> {
    /// Unique among promotions; by default "PERSON--DECIDED".
    #[serde(borrow)]
    pub id: Option<Id<'t>>,
    /// Who was promoted.
    pub person: Id<'t>,
    /// To what.
    pub to: Text<'t>,
    /// When.
    pub decided: Day,
    /// Whose craft judgement it rests on.
    pub signed_off_by: Option<Id<'t>>,
    /// Looked at again since, with the craft owner.
    pub reviewed: Option<Day>,
    /// Former ids.
    pub aliases: Listed<Id<'t>>,
}

/// Somebody who teaches somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentorshipRecord<'t> {
    /// Unique among mentorships; by default "MENTOR--MENTEE".
    #[serde(borrow)]
    pub id: Option<Id<'t>>,
    /// Who teaches.
    pub mentor: Id<'t>,
    /// Who learns.
    pub mentee: Id<'t>,
    /// What about.
    pub topic: Option<Text<'t>>,
    /// Not counted before this day.
    pub since: Option<Day>,
    /// Not counted from this day on.
    pub until: Option<Day>,
    /// Former ids.
    pub aliases: Listed<Id<'t>>,
}

/// The system that shows who reports to whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HrSystemRecord<'t> {
    /// Its name.
    #[serde(borrow)]
    pub name: Option<Text<'t>>,
    /// The lines it can show; an empty list where it shows neither.
    pub shows: Vec<Line>,
}

/// The conflict named out loud: shown, not hidden; the gate lets it pass until it ends.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{"required": ["factor"]}, {"required": ["finding"]}]))]
pub struct AcknowledgementRecord<'t> {
    /// The factor's id, such as D101:meeting:bo-ana.
    #[serde(borrow)]
    pub factor: Option<Text<'t>>,
    /// What `factor` was called in 0.1.0; still read, with a warning.
    #[schemars(extend("deprecated" = true))]
    pub finding: Option<Text<'t>>,
    /// Why it stands for now.
    pub reason: Text<'t>,
    /// When it was named.
    pub named_on: Day,
    /// The last day it holds; at most 31 days after `named_on`.
    pub through: Day,
}
