//! Every person's lines as a row, who is set aside, and the whole report.

use super::super::contract::Version;
use super::super::factors::Factors;
use super::super::{BuildOptions, PartRow, TooFew, Tool};
use super::forest::Forest;
use super::places::Places;
use super::{
    AbsenceReason, AbsenceRow, LineRow, LinesReport, NamedRow, Ordered, OwnerState, PersonRow, Selection,
    SetAsideRow, block, one_on_one, totals,
};
use crate::base::ids::{PersonIx, Subject};
use crate::base::names::FastMap;
use crate::model::{How, target};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::subjects::people::delivery_may_end;
use crate::score::Scorecard;

/// The lines of those who are asked for, where they are enough people to be shown like that. The sources must still
/// have their texts: where a line comes from is looked up in them.
pub fn build(
    card: &Scorecard<'_>,
    options: BuildOptions<'_>,
    selection: &Selection,
) -> Result<LinesReport, TooFew> {
    let privacy = options.privacy;
    privacy.check(card)?;
    let factors = Factors::new(card, options.sources, privacy);
    let speaker = &factors.speaker;
    let part = &card.part;
    let mut report = LinesReport {
        schema_version: Version,
        tool: Tool { name: "debt", version: options.version },
        portfolio: speaker.portfolio_name(),
        portfolio_id: speaker.identity(options.called, part),
        as_of: card.facts.day,
        privacy: privacy.word(),
        min_group: privacy.pooling().map(|pooling| pooling.min_group),
        part: (!part.is_whole()).then(|| PartRow {
            only: Vec::new(),
            squad: part.squad.map(|squad| speaker.id(Subject::Squad(squad))),
            guild: part.guild.map(|guild| speaker.id(Subject::Guild(guild))),
        }),
        people: Ordered::none(),
        set_aside: Ordered::none(),
        blocks: Ordered::none(),
        totals: totals::of(&[]),
        by_squad: Ordered::none(),
        forests: [Forest::default(), Forest::default()],
    };
    // A line of somebody is a role of two people: by roles it is counted, too.
    if let Some(pooling) = privacy.pooling() {
        (report.totals, report.by_squad) = totals::in_aggregate(card, pooling, speaker);
        return Ok(report);
    }
    let (portfolio, lines) = (card.facts.portfolio, &card.facts.lines);
    let is_asked = |person: &PersonIx| selection.has(*person) && part.has_person(portfolio, *person);
    let asked: Vec<PersonIx> = portfolio.person_positions().filter(is_asked).collect();
    let (scored, aside): (Vec<PersonIx>, Vec<PersonIx>) =
        asked.iter().copied().partition(|person| lines.is_scored(*person));
    let places = Places::of(&asked, lines, portfolio, speaker, options.sources);
    let rows = Rows { factors: &factors, places: &places, mentors: mentors(&card.facts) };
    let people: Vec<PersonRow> = scored.iter().map(|person| rows.person(*person)).collect();
    report.totals = totals::of(&people);
    report.people = Ordered::sorted(people);
    report.set_aside = Ordered::sorted(aside.iter().filter_map(|person| rows.set_aside(*person)).collect());
    let blocks = selection.blocks().filter(is_asked).map(|person| block::of(&rows, person));
    report.blocks = Ordered::sorted(blocks.collect());
    report.forests = [Line::Delivery, Line::Craft].map(|line| Forest::of(&rows, line, &scored));
    Ok(report)
}

/// Makes rows.
pub(super) struct Rows<'r, 'f> {
    pub(super) factors: &'r Factors<'f>,
    places: &'r Places,
    mentors: FastMap<PersonIx, Vec<PersonIx>>,
}

/// Who mentors whom now, by mentee.
fn mentors(facts: &Facts<'_>) -> FastMap<PersonIx, Vec<PersonIx>> {
    let mut mentors: FastMap<PersonIx, Vec<PersonIx>> = FastMap::default();
    let active = |at| facts.lines.mentorship(facts.portfolio, at);
    for (mentor, mentee) in facts.portfolio.mentorship_positions().filter_map(active) {
        let known = mentors.entry(mentee).or_default();
        if !known.contains(&mentor) {
            known.push(mentor);
        }
    }
    mentors
}

impl<'f> Rows<'_, 'f> {
    pub(super) fn facts(&self) -> &'f Facts<'f> {
        &self.factors.card().facts
    }

    pub(super) fn named(&self, person: PersonIx) -> NamedRow {
        let speaker = &self.factors.speaker;
        NamedRow { id: speaker.id(Subject::Person(person)), label: speaker.person(person) }
    }

    pub(super) fn person(&self, person: PersonIx) -> PersonRow {
        let (facts, speaker) = (self.facts(), &self.factors.speaker);
        let record = facts.portfolio.person(person);
        let squad = target(record.squad).map(Subject::Squad);
        let guild = target(record.guild).map(Subject::Guild);
        let NamedRow { id, label } = self.named(person);
        let (delivery, craft) = (self.line(Line::Delivery, person), self.line(Line::Craft, person));
        let rater = facts.lines.rated_by(person).map(|rater| self.named(rater));
        let mentors = self.mentors.get(&person).into_iter().flatten().map(|mentor| self.named(*mentor));
        PersonRow {
            id,
            label,
            squad: squad.map(|squad| speaker.id(squad)),
            guild: guild.map(|guild| speaker.id(guild)),
            same_person: delivery.is_owned() && craft.is_owned() && delivery.owner == craft.owner,
            delivery,
            craft,
            mentors: Ordered::sorted(mentors.collect()),
            squad_label: squad.map(|squad| speaker.subject(squad)),
            guild_label: guild.map(|guild| speaker.subject(guild)),
            rated_by_label: rater.as_ref().map(|rater| rater.label.clone()),
            rated_by: rater.map(|rater| rater.id),
        }
    }

    fn line(&self, line: Line, person: PersonIx) -> LineRow {
        let (facts, speaker) = (self.facts(), &self.factors.speaker);
        let state = state(facts, line, person);
        let owner = facts.lines.owner(line, person);
        let how = facts.lines.how(line, person);
        let named = owner.map(|owner| self.named(owner));
        let through = match how {
            Some(How::SquadLead(squad) | How::SquadEscalation(squad)) => Some(Subject::Squad(squad)),
            Some(How::GuildLead(guild)) => Some(Subject::Guild(guild)),
            Some(How::OwnKey(..)) | None => None,
        };
        let [delivery, craft] = facts.portfolio.person(person).exempt_because;
        let because = match line {
            Line::Delivery => delivery,
            Line::Craft => craft,
        };
        LineRow {
            state,
            absence: owner.filter(|_| state == OwnerState::Absent).and_then(|owner| absence(facts, owner)),
            exempt_because: because
                .filter(|_| state == OwnerState::Exempt && !speaker.privacy().withholds_text())
                .map(|because| speaker.text(because)),
            how: how.map(How::words),
            through: through.map(|through| speaker.id(through)),
            location: how.and_then(|how| self.places.get(how)),
            one_on_one: one_on_one::of(self.factors, line, person),
            through_label: through.map(|through| speaker.subject(through)),
            owner_label: named.as_ref().map(|owner| owner.label.clone()),
            owner: named.map(|owner| owner.id),
        }
    }

    fn set_aside(&self, person: PersonIx) -> Option<SetAsideRow> {
        let NamedRow { id, label } = self.named(person);
        Some(SetAsideRow { id, label, because: set_aside(self.facts(), person)? })
    }
}

/// Whether a line of somebody has an owner who can act, and why not.
pub(super) fn state(facts: &Facts<'_>, line: Line, person: PersonIx) -> OwnerState {
    let record = facts.portfolio.person(person);
    let is_exempt = match line {
        Line::Delivery => record.exempt_delivery,
        Line::Craft => record.exempt_craft,
    };
    match facts.lines.owner(line, person) {
        _ if is_exempt => OwnerState::Exempt,
        _ if !facts.lines.in_scope(line, person) => OwnerState::Ends,
        Some(owner) if facts.lines.is_active(owner) => OwnerState::Here,
        Some(_) => OwnerState::Absent,
        None if line == Line::Delivery && delivery_may_end(facts, person) => OwnerState::Unknown,
        None => OwnerState::Nobody,
    }
}

/// Why somebody is not scored; `None` if they are.
pub(super) fn set_aside(facts: &Facts<'_>, person: PersonIx) -> Option<AbsenceRow> {
    let outside = || {
        let is_outside = facts.lines.is_external(person);
        is_outside.then_some(AbsenceRow { reason: AbsenceReason::External, since: None, until: None })
    };
    absence(facts, person).or_else(outside)
}

/// Why somebody is not there; `None` if they are.
pub(super) fn absence(facts: &Facts<'_>, person: PersonIx) -> Option<AbsenceRow> {
    if facts.lines.is_active(person) {
        return None;
    }
    let record = facts.portfolio.person(person);
    let since = facts.missing_since(person);
    Some(if record.left.is_some_and(|left| left <= facts.day) {
        AbsenceRow { reason: AbsenceReason::Left, since, until: None }
    } else if facts.lines.is_on_long_leave(person) {
        let until = record.leave_on(facts.day).and_then(|leave| leave.until);
        AbsenceRow { reason: AbsenceReason::Away, since, until }
    } else {
        AbsenceRow { reason: AbsenceReason::NotStarted, since: None, until: record.started }
    })
}
