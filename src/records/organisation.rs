//! The records of people, squads and guilds, as they are written. See `portfolio.rs`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::portfolio::Listed;
use super::values::{Decimal, Id, Text, Whole};
use super::words::Track;
use crate::base::day::Day;

/// Somebody on the delivery line, the craft line, or outside.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRecord<'t> {
    /// Unique among people; may be an address or a staff number in quotes.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["ana"]))]
    pub id: Id<'t>,
    /// Shown instead of the id.
    #[schemars(extend("examples" = ["Ana Souza"]))]
    pub name: Option<Text<'t>>,
    /// Their title.
    #[schemars(extend("examples" = ["Staff engineer"]))]
    pub title: Option<Text<'t>>,
    /// The delivery line runs through this squad's lead.
    #[schemars(extend("examples" = ["ledger"]))]
    pub squad: Option<Id<'t>>,
    /// The craft line runs through this guild's lead.
    #[schemars(extend("examples" = ["backend"]))]
    pub guild: Option<Id<'t>>,
    /// Who owns outcomes for this person, instead of the squad's lead.
    #[schemars(extend("examples" = ["bo"]))]
    pub delivery_owner: Option<Id<'t>>,
    /// Who owns craft and career for this person, instead of the guild's lead.
    #[schemars(extend("examples" = ["cy"]))]
    pub craft_owner: Option<Id<'t>>,
    /// Who owns the performance rating; by default the delivery owner.
    #[schemars(extend("examples" = ["bo"]))]
    pub rated_by: Option<Id<'t>>,
    /// Level, 1 to 20.
    #[schemars(extend("examples" = [5]))]
    pub level: Option<Whole<1, 20>>,
    /// The way up that was chosen.
    #[schemars(extend("examples" = ["warrant"]))]
    pub track: Option<Track>,
    /// The first day; not counted before it.
    #[schemars(extend("examples" = ["2024-02-01"]))]
    pub started: Option<Day>,
    /// Gone from this day on.
    #[schemars(extend("examples" = ["2026-10-01"]))]
    pub left: Option<Day>,
    /// Leaves: clocks stop, and nobody is scored on a long one.
    #[schemars(extend("examples" = [[{"from": "2026-03-01", "until": "2026-09-01"}]]))]
    pub away: Listed<AwayRecord>,
    /// Somebody outside (a director, a coach): can own lines, is not scored.
    #[schemars(extend("default" = false, "examples" = [true]))]
    pub external: Option<bool>,
    /// Lines that this person rightly has none of.
    #[schemars(extend("examples" = [{"craft": "sole lawyer; no guild to belong to"}]))]
    pub exempt: Option<ExemptRecord<'t>>,
    /// Former ids, so that a rename is not new debt.
    #[schemars(extend("examples" = [["asouza"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// A leave.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwayRecord {
    /// The first day away.
    #[schemars(extend("examples" = ["2026-03-01"]))]
    pub from: Day,
    /// The first day back.
    #[schemars(extend("examples" = ["2026-09-01"]))]
    pub until: Day,
}

/// Lines that somebody rightly has none of, each with the reason.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExemptRecord<'t> {
    /// Why there is no delivery line.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["owns the company"]))]
    pub delivery: Option<Text<'t>>,
    /// Why there is no craft line.
    #[schemars(extend("examples" = ["sole lawyer; no guild to belong to"]))]
    pub craft: Option<Text<'t>>,
}

/// A squad: where outcomes are owned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SquadRecord<'t> {
    /// Unique among squads.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["ledger"]))]
    pub id: Id<'t>,
    /// Shown instead of the id.
    #[schemars(extend("examples" = ["Ledger"]))]
    pub name: Option<Text<'t>>,
    /// The person who owns its outcomes.
    #[schemars(extend("examples" = ["bo"]))]
    pub lead: Option<Id<'t>>,
    /// Who closes what the squad cannot; the lead's own delivery owner.
    #[schemars(extend("examples" = ["dee"]))]
    pub escalates_to: Option<Id<'t>>,
    /// What the squad needs to know to decide by itself.
    #[schemars(extend("examples" = [{"success": "Settlement in under a minute"}]))]
    pub context: Option<ContextRecord<'t>>,
    /// Former ids.
    #[schemars(extend("examples" = [["payments"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// What a squad needs to know to decide by itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContextRecord<'t> {
    /// What success looks like.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["Settlement in under a minute, for every merchant"]))]
    pub success: Option<Text<'t>>,
    /// Which constraints are not negotiable.
    #[schemars(extend("examples" = [["No card data leaves the vault"]]))]
    pub constraints: Listed<Text<'t>>,
    /// Which decisions are closed.
    #[schemars(extend("examples" = [["We stay on PostgreSQL"]]))]
    pub closed: Listed<Text<'t>>,
    /// When this was last looked at.
    #[schemars(extend("examples" = ["2026-10-01"]))]
    pub reviewed: Option<Day>,
}

/// A guild: where craft is owned.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuildRecord<'t> {
    /// Unique among guilds.
    #[serde(borrow)]
    #[schemars(extend("examples" = ["backend"]))]
    pub id: Id<'t>,
    /// Shown instead of the id.
    #[schemars(extend("examples" = ["Backend"]))]
    pub name: Option<Text<'t>>,
    /// The person who owns its craft.
    #[schemars(extend("examples" = ["cy"]))]
    pub lead: Option<Id<'t>>,
    /// The ways up, and what each level pays at its top.
    #[schemars(extend("examples" = [[{"track": "warrant", "levels": [{"level": 4, "pay": 100}]}]]))]
    pub lanes: Listed<LaneRecord>,
    /// Former ids.
    #[schemars(extend("examples" = [["servers"]]))]
    pub aliases: Listed<Id<'t>>,
}

/// A way up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LaneRecord {
    /// Which one.
    #[schemars(extend("examples" = ["warrant"]))]
    pub track: Track,
    /// Its levels.
    #[schemars(extend("examples" = [[{"level": 4, "pay": 100}]]))]
    pub levels: Listed<LevelRecord>,
}

/// A level of a lane.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelRecord {
    /// Which one, 1 to 20.
    #[schemars(extend("examples" = [4]))]
    pub level: Whole<1, 20>,
    /// What it pays at its top, in any one unit.
    #[schemars(extend("examples" = [100]))]
    pub pay: Option<Pay>,
}

/// An amount of pay in millionths of the unit it is written in.
pub type Pay = Decimal<6, 0, 1_000_000_000_000>;
