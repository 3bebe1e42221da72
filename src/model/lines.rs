//! Who owns what on a given day: the delivery line, the craft line, the rating, and which of them is in scope.
//! Source: the portfolio's design, "Who owns what".

use super::linker::target;
use super::{Meeting, Person, Portfolio};
use crate::base::day::Day;
use crate::base::ids::{GuildIx, MentorshipIx, PersonIx, SquadIx};
use crate::policy::Policy;
use crate::records::words::{Line, MeetingKind};
use crate::source::Place;

/// Everybody's lines on one day. Owners may be people who are not active; `filter_active` gives who can act.
#[derive(Debug)]
pub struct Lines {
    day: Day,
    people: Vec<Standing>,
    /// By which key each owner is one, delivery and craft.
    hows: Vec<[Option<How>; 2]>,
    squad_members: Vec<u32>,
    guild_members: Vec<u32>,
}

/// By which key of the portfolio somebody owns a line of somebody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum How {
    /// The person's own `delivery_owner` or `craft_owner`.
    OwnKey(PersonIx, Line),
    /// The `lead` of their squad.
    SquadLead(SquadIx),
    /// The `escalates_to` of the squad that they lead.
    SquadEscalation(SquadIx),
    /// The `lead` of their guild.
    GuildLead(GuildIx),
}

impl How {
    /// In the words of the format.
    pub fn words(self) -> &'static str {
        match self {
            How::OwnKey(..) => "own key",
            How::SquadLead(_) => "squad's lead",
            How::SquadEscalation(_) => "squad escalates to",
            How::GuildLead(_) => "guild's lead",
        }
    }

    /// Where that key is written.
    pub fn place(self, portfolio: &Portfolio) -> Place {
        match self {
            How::OwnKey(person, Line::Delivery) => portfolio.person(person).at.at("delivery_owner"),
            How::OwnKey(person, Line::Craft) => portfolio.person(person).at.at("craft_owner"),
            How::SquadLead(squad) => portfolio.squad(squad).at.at("lead"),
            How::SquadEscalation(squad) => portfolio.squad(squad).at.at("escalates_to"),
            How::GuildLead(guild) => portfolio.guild(guild).at.at("lead"),
        }
    }
}

/// One person's place on the lines. Rules look at people in no order, so it is small: those of a large organisation
/// still fit into a processor's cache.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own; no two of them make one state")]
struct Standing {
    delivery: Option<PersonIx>,
    craft: Option<PersonIx>,
    rated_by: Option<PersonIx>,
    active: bool,
    on_long_leave: bool,
    external: bool,
    delivery_in_scope: bool,
    craft_in_scope: bool,
    leads_squad: bool,
    has_leaves: bool,
}

impl Standing {
    fn scored(self) -> bool {
        self.active && !self.external
    }
}

impl Lines {
    /// The lines of a portfolio on a day.
    pub fn new(portfolio: &Portfolio, policy: &Policy, day: Day) -> Lines {
        let mut lines = Lines {
            day,
            people: portfolio.people.iter().map(|person| presence(person, policy, day)).collect(),
            hows: vec![[None; 2]; portfolio.people.len()],
            squad_members: vec![0; portfolio.squads.len()],
            guild_members: vec![0; portfolio.guilds.len()],
        };
        lines.own_delivery(portfolio);
        lines.own_craft(portfolio);
        for (standing, person) in lines.people.iter_mut().zip(&portfolio.people) {
            standing.rated_by = target(person.rated_by).or(standing.delivery);
            // Whoever has a delivery owner here is no outsider.
            standing.external = person.external && standing.delivery.is_none();
        }
        for (_, person) in lines.people.iter().zip(&portfolio.people).filter(|(one, _)| one.scored()) {
            if let Some(squad) = target(person.squad) {
                lines.squad_members[squad.index()] += 1;
            }
            if let Some(guild) = target(person.guild) {
                lines.guild_members[guild.index()] += 1;
            }
        }
        lines.set_scope(portfolio);
        lines
    }

    fn own_delivery(&mut self, portfolio: &Portfolio) {
        // Where somebody leads squads without being in one, the first of them by id says who is above.
        let mut first_led: Vec<Option<SquadIx>> = vec![None; self.people.len()];
        for squad in portfolio.squad_positions() {
            if let Some(lead) = target(portfolio.squad(squad).lead) {
                first_led[lead.index()].get_or_insert(squad);
                self.people[lead.index()].leads_squad = true;
            }
        }
        for me in portfolio.person_positions() {
            let person = portfolio.person(me);
            let above = |squad: SquadIx| {
                let owner = target(portfolio.squad(squad).escalates_to).filter(|owner| *owner != me)?;
                Some((owner, How::SquadEscalation(squad)))
            };
            let through_squad = || match target(person.squad) {
                Some(squad) => match target(portfolio.squad(squad).lead) {
                    Some(lead) if lead == me => above(squad),
                    lead => lead.map(|lead| (lead, How::SquadLead(squad))),
                },
                None => first_led[me.index()].and_then(above),
            };
            let own = target(person.delivery_owner).map(|owner| (owner, How::OwnKey(me, Line::Delivery)));
            (self.people[me.index()].delivery, self.hows[me.index()][0]) = own.or_else(through_squad).unzip();
        }
    }

    fn own_craft(&mut self, portfolio: &Portfolio) {
        for me in portfolio.person_positions() {
            let person = portfolio.person(me);
            let lead = || {
                let guild = target(person.guild)?;
                let lead = target(portfolio.guild(guild).lead).filter(|lead| *lead != me)?;
                Some((lead, How::GuildLead(guild)))
            };
            let own = target(person.craft_owner).map(|owner| (owner, How::OwnKey(me, Line::Craft)));
            (self.people[me.index()].craft, self.hows[me.index()][1]) = own.or_else(lead).unzip();
        }
    }

    /// Which lines are in scope: not the exempt ones, nor the craft line of whoever leads a guild of others. It does
    /// not end in a member of a guild that somebody else leads: two who lead each other's guilds have craft lines.
    fn set_scope(&mut self, portfolio: &Portfolio) {
        let mut leads_guild = vec![false; self.people.len()];
        for guild in portfolio.guild_positions() {
            if let Some(lead) = target(portfolio.guild(guild).lead) {
                let is_member = self.is_scored(lead) && target(portfolio.person(lead).guild) == Some(guild);
                leads_guild[lead.index()] |= self.guild_members[guild.index()] > u32::from(is_member);
            }
        }
        for me in portfolio.person_positions() {
            let lead =
                target(portfolio.person(me).guild).and_then(|guild| target(portfolio.guild(guild).lead));
            leads_guild[me.index()] &= lead.is_none_or(|lead| lead == me);
        }
        for (index, person) in portfolio.people.iter().enumerate() {
            let standing = &mut self.people[index];
            standing.delivery_in_scope = !person.exempt_delivery;
            standing.craft_in_scope =
                !person.exempt_craft && (person.craft_owner.is_some() || !leads_guild[index]);
        }
    }

    fn standing(&self, person: PersonIx) -> Standing {
        self.people.get(person.index()).copied().unwrap_or_default()
    }

    /// Whether somebody is there: started, not left, not on a long leave.
    pub fn is_active(&self, person: PersonIx) -> bool {
        self.standing(person).active
    }

    /// Whether somebody is counted: active and not external.
    pub fn is_scored(&self, person: PersonIx) -> bool {
        self.standing(person).scored()
    }

    /// Whether somebody is outside: marked so, and without a delivery owner here.
    pub fn is_external(&self, person: PersonIx) -> bool {
        self.standing(person).external
    }

    /// Whether somebody is on a leave so long that they are not scored.
    pub fn is_on_long_leave(&self, person: PersonIx) -> bool {
        self.standing(person).on_long_leave
    }

    /// Who owns outcomes for somebody; active or not.
    pub fn delivery_owner(&self, person: PersonIx) -> Option<PersonIx> {
        self.standing(person).delivery
    }

    /// Who owns craft and career for somebody; active or not.
    pub fn craft_owner(&self, person: PersonIx) -> Option<PersonIx> {
        self.standing(person).craft
    }

    /// Who owns one line of somebody; active or not.
    pub fn owner(&self, line: Line, person: PersonIx) -> Option<PersonIx> {
        match line {
            Line::Delivery => self.delivery_owner(person),
            Line::Craft => self.craft_owner(person),
        }
    }

    /// By which key that is so; `None` if nobody owns it.
    pub fn how(&self, line: Line, person: PersonIx) -> Option<How> {
        let [delivery, craft] = self.hows.get(person.index()).copied().unwrap_or_default();
        match line {
            Line::Delivery => delivery,
            Line::Craft => craft,
        }
    }

    /// Who owns somebody's rating; active or not.
    pub fn rated_by(&self, person: PersonIx) -> Option<PersonIx> {
        self.standing(person).rated_by
    }

    /// Whether one judges the other: leads or rates them.
    pub fn judges(&self, one: PersonIx, other: PersonIx) -> bool {
        self.delivery_owner(other) == Some(one) || self.rated_by(other) == Some(one)
    }

    /// Whether a line of somebody is in scope.
    pub fn in_scope(&self, line: Line, person: PersonIx) -> bool {
        match line {
            Line::Delivery => self.standing(person).delivery_in_scope,
            Line::Craft => self.standing(person).craft_in_scope,
        }
    }

    /// Whether any leave of somebody is written: days are counted around leaves.
    pub fn has_leaves(&self, person: PersonIx) -> bool {
        self.standing(person).has_leaves
    }

    /// Whether somebody leads any squad.
    pub fn leads_squad(&self, person: PersonIx) -> bool {
        self.standing(person).leads_squad
    }

    /// The person, if active.
    pub fn filter_active(&self, person: Option<PersonIx>) -> Option<PersonIx> {
        person.filter(|person| self.is_active(*person))
    }

    /// How many scored people a squad has.
    pub fn squad_members(&self, squad: SquadIx) -> u32 {
        self.squad_members[squad.index()]
    }

    /// How many scored people a guild has.
    pub fn guild_members(&self, guild: GuildIx) -> u32 {
        self.guild_members[guild.index()]
    }

    /// Whether one is a line owner of the other.
    fn is_line_owner(&self, owner: PersonIx, of: PersonIx) -> bool {
        self.delivery_owner(of) == Some(owner) || self.craft_owner(of) == Some(owner)
    }

    /// Whether a 1:1 of two that is written as this owner's is the other one's job.
    pub fn is_turned(&self, owner: PersonIx, with: PersonIx) -> bool {
        self.is_line_owner(with, owner) && !self.is_line_owner(owner, with)
    }

    /// Whose job a meeting between two is, and who the other one is: as written, or the other way round where it
    /// was written from the other side.
    pub fn sides(&self, meeting: &Meeting) -> Option<(PersonIx, PersonIx)> {
        let (owner, with) = (meeting.owner.target()?, target(meeting.with)?);
        let turned = meeting.kind != MeetingKind::Team && self.is_turned(owner, with);
        Some(if turned { (with, owner) } else { (owner, with) })
    }

    /// The two sides of a 1:1: an active meeting whose `with` is scored, and that is called a one-on-one or is
    /// held by a line owner.
    pub fn one_on_one(&self, meeting: &Meeting) -> Option<(PersonIx, PersonIx)> {
        let (owner, with) = self.sides(meeting)?;
        let is_one = match meeting.kind {
            MeetingKind::OneOnOne => true,
            MeetingKind::Team => false,
            MeetingKind::SkipLevel | MeetingKind::Peer | MeetingKind::Other => {
                self.is_line_owner(owner, with)
            }
        };
        (is_one
            && self.is_scored(with)
            && self.is_active(owner)
            && self.is_within(meeting.since, meeting.until))
        .then_some((owner, with))
    }

    /// The two people of an active meeting that is called `peer`.
    pub fn peers(&self, meeting: &Meeting) -> Option<(PersonIx, PersonIx)> {
        let (owner, with) = (meeting.owner.target()?, target(meeting.with)?);
        let active =
            self.is_active(owner) && self.is_active(with) && self.is_within(meeting.since, meeting.until);
        (meeting.kind == MeetingKind::Peer && active).then_some((owner, with))
    }

    /// Mentor and mentee of an active mentorship.
    pub fn mentorship(&self, portfolio: &Portfolio, at: MentorshipIx) -> Option<(PersonIx, PersonIx)> {
        let mentorship = portfolio.mentorship(at);
        let (mentor, mentee) = (mentorship.mentor.target()?, mentorship.mentee.target()?);
        let active = self.is_active(mentor)
            && self.is_active(mentee)
            && self.is_within(mentorship.since, mentorship.until);
        active.then_some((mentor, mentee))
    }

    fn is_within(&self, since: Option<Day>, until: Option<Day>) -> bool {
        since.is_none_or(|since| since <= self.day) && until.is_none_or(|until| until > self.day)
    }
}

/// Whether somebody is there on a day.
fn presence(person: &Person, policy: &Policy, day: Day) -> Standing {
    let started = person.started.is_none_or(|started| started <= day);
    let left = person.left.is_some_and(|left| left <= day);
    let long = |leave: super::Away| leave.is_long(policy.away_grace_days);
    let on_long_leave = person.leave_on(day).is_some_and(long);
    Standing {
        active: started && !left && !on_long_leave,
        on_long_leave,
        has_leaves: !person.away.is_empty(),
        ..Standing::default()
    }
}
