//! `pair`: seniors of a guild take mentees.

use super::hand_over::mentoring;
use super::{NoDeed, Request};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{counted, message};
use crate::model::Patch;

/// As many mentorships as the guild lacks: its seniors by id, one each in turn, for members without a mentor, by id.
/// A mentor is never who leads or rates the mentee.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let Subject::Guild(guild) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    let facts = request.facts;
    let lacks = request.count();
    request.only_assumed(
        vec![message!(
            "write ",
            counted(lacks, "entry", "entries"),
            " under `mentorships`, each with `mentor`, `mentee` and `since`"
        )],
        message!("the senior members of guild ", guild, " by id take one mentee each in turn"),
    )?;
    let members = facts.members_of(guild);
    let senior_from = facts.policy.track_from_level;
    let level = |person: &PersonIx| facts.portfolio.person(*person).level;
    let seniors: Vec<PersonIx> =
        members.iter().copied().filter(|one| level(one).is_some_and(|level| level >= senior_from)).collect();
    let alone = members
        .iter()
        .copied()
        .filter(|one| facts.is_junior(level(one)) && facts.free_mentors(*one).is_empty());
    let mut changes = Vec::new();
    let mut turn = 0;
    for mentee in alone {
        if changes.len() >= usize::try_from(lacks).unwrap_or_default() {
            break;
        }
        let in_turn = (0..seniors.len()).map(|step| (turn + step) % seniors.len());
        let Some(next) = in_turn.into_iter().find(|at| !facts.lines.judges(seniors[*at], mentee)) else {
            continue;
        };
        turn = (next + 1) % seniors.len();
        changes.push(mentoring(request, seniors[next], mentee, None));
    }
    if changes.is_empty() {
        return Err(NoDeed::First(message!(
            "no senior member of guild ",
            guild,
            " can mentor without leading or rating"
        )));
    }
    Ok(Patch(changes))
}
