//! `level-pay`: experts can earn as much as managers at the same level.

use super::change::set;
use super::{NoDeed, Request};
use crate::base::ids::{GuildIx, Subject};
use crate::base::message::message;
use crate::model::{Lane, Patch};
use crate::records::words::Track;
use crate::yaml::value::Value;

/// The warrant lane gets the levels of the officer lane at the same pay, where it lacks them or pays less.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let Subject::Guild(at) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    request.only_assumed(
        vec![message!(
            "write the levels and the pay of the warrant lane of guild ",
            at,
            " up to the officer lane"
        )],
        message!("the warrant lane pays what the officer lane pays at the same levels"),
    )?;
    let first = request.portfolio().guild(at).lane(Track::Warrant).and_then(|lane| lane.levels.first());
    let from = first.map_or(0, |(level, _)| *level);
    let lanes = lanes_with(request, at, |level| level >= from);
    Ok(Patch(vec![set(request.name(), "lanes", lanes)]))
}

/// The lanes of a guild, the warrant lane with every level of the officer lane that is wanted, at no less pay.
pub(super) fn lanes_with(request: &Request<'_, '_>, at: GuildIx, wanted: impl Fn(u32) -> bool) -> Value {
    let guild = request.portfolio().guild(at);
    let mut levels: Vec<(u32, Option<i64>)> =
        guild.lane(Track::Warrant).map(|lane| lane.levels.to_vec()).unwrap_or_default();
    let officer = guild.lane(Track::Officer);
    for (level, pay) in officer.into_iter().flat_map(|lane| lane.levels.iter().copied()) {
        match levels.iter_mut().find(|(one, _)| *one == level) {
            Some((_, paid)) => *paid = paid.map(|paid| paid.max(pay.unwrap_or_default())),
            None if wanted(level) => levels.push((level, pay)),
            None => {}
        }
    }
    levels.sort_unstable();
    let others = guild.lanes.iter().flatten().filter(|lane| lane.track != Track::Warrant);
    let mut lanes: Vec<Value> = others.map(Lane::written).collect();
    lanes.push(Lane { track: Track::Warrant, levels: levels.into() }.written());
    Value::List(lanes)
}
