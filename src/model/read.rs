//! Texts become a portfolio, or a list of everything that is wrong with them.

use super::acknowledgements::check_renewals;
use super::intake::Intake;
use super::linker::{Index, Link, Linker, MOST_NEAR_MISSES, sorted};
use super::{Person, Portfolio, derived, display_names};
use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::base::ids::{
    ConversationIx, DecisionIx, GuildIx, MeetingIx, MentorshipIx, PersonIx, PromotionIx, SquadIx,
};
use crate::base::message::{Message, message};
use crate::base::names::{FastMap, Name, Names};
use crate::policy::{self, Policy};
use crate::records::parallel::How;
use crate::records::sections::List;
use crate::records::{locate, parallel};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, ItemAt, Place, Sources, Step, files, odd};
use crate::yaml::cut_text;

/// The days that come from outside.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// The day that was asked for with `--as-of`.
    pub as_of: Option<Day>,
    /// Today in UTC, or the day of the revision.
    pub today: Day,
}

/// What else decides how texts are read.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions<'o> {
    /// The days that come from outside.
    pub clock: Clock,
    /// Which source is a policy and no part of the portfolio.
    pub policy_file: Option<FileIx>,
    /// Every rule.
    pub catalog: &'o Catalog,
}

/// A portfolio with the policy it brings along, and the day to score it at.
#[derive(Debug)]
pub struct OwnPolicy {
    /// The portfolio.
    pub portfolio: Portfolio,
    /// Its policy, or the one of the file that was named, or the default.
    pub policy: Policy,
    /// The day to score at: `--as-of`, else the portfolio's own, else today.
    pub day: Day,
    /// Whether the policy was written, in the portfolio or in a file that was named.
    pub has_policy: bool,
}

/// Reads every source into one portfolio. `None` where anything is wrong; then `found` says what, with places.
pub fn read(sources: &Sources, options: ReadOptions<'_>, diagnostics: &mut Diagnostics) -> Option<OwnPolicy> {
    let outcome = take_in(sources, options, diagnostics).map(|unlinked| unlinked.link(diagnostics));
    diagnostics.resolve(|places| locate::resolve(sources, places));
    if diagnostics.errors() > 0 {
        odd::explain(sources, diagnostics);
    }
    outcome.filter(|_| diagnostics.errors() == 0)
}

/// A portfolio in which references are still what was written: to be linked before anybody asks it anything.
#[derive(Debug)]
pub struct Unlinked(OwnPolicy);

impl Unlinked {
    /// Sorts every section, and turns references into positions; those that lead nowhere are errors.
    pub fn link(mut self, diagnostics: &mut Diagnostics) -> OwnPolicy {
        link(&mut self.0.portfolio, diagnostics);
        display_names::explain(&self.0.portfolio, diagnostics);
        self.0
    }
}

/// The first half of `read`: texts to records, each checked by itself. `None` where a part could not be read at all;
/// other errors are in `diagnostics`, with places that still have to be looked up.
pub fn take_in(
    sources: &Sources,
    options: ReadOptions<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Unlinked> {
    let mut named_policy = None;
    let mut cut_short = diagnostics.errors() > 0;
    let mut intake = Intake::new(options.catalog, diagnostics);
    let mut files = Vec::new();
    for index in 0..sources.0.len() {
        let file = FileIx(u32::try_from(index).unwrap_or(u32::MAX));
        if files::is_refused(file, intake.diagnostics) {
            cut_short = true;
        } else if options.policy_file == Some(file) {
            named_policy =
                Some(policy::from_text(sources.text(file), file, options.catalog, intake.diagnostics));
        } else {
            files.push(file);
        }
    }
    let texts = files.iter().map(|file| sources.text(*file));
    intake.portfolio.names = Names::of_texts(texts.clone().map(str::len).sum());
    parallel::ahead(texts, parallel::CHUNK, How::PORTFOLIO, |ahead| {
        for &file in &files {
            intake.begin(file);
            if let Err(fault) = ahead.read_next(&mut intake) {
                intake.diagnostics.push(fault.diagnose(file));
                cut_short = true;
            }
        }
    });
    let Intake { mut portfolio, policy: own_policy, people_at, .. } = intake;
    for &file in &files {
        let cut = cut_text::find(sources.text(file)).into_iter();
        portfolio.cut_texts.extend(cut.map(|mark| ItemAt { file, mark }));
    }
    let taken = Taken { portfolio, own_policy, named_policy, people_at, cut_short };
    taken.checked(options, diagnostics)
}

/// Everything that was taken in from texts, with what may have been left out.
pub(super) struct Taken {
    pub(super) portfolio: Portfolio,
    pub(super) own_policy: Option<(Policy, ItemAt)>,
    pub(super) named_policy: Option<Policy>,
    /// Where `people` is first written.
    pub(super) people_at: Option<Place>,
    /// Whether a part could not be read at all.
    pub(super) cut_short: bool,
}

impl Taken {
    /// Checks what no item says by itself.
    pub(super) fn checked(self, options: ReadOptions<'_>, diagnostics: &mut Diagnostics) -> Option<Unlinked> {
        let Taken { portfolio, own_policy, named_policy, people_at, cut_short } = self;
        if let (Some(_), Some((_, at))) = (&named_policy, &own_policy) {
            let message = message!("the portfolio has a `policy` of its own, and `--policy` names another");
            diagnostics.push(
                Diagnostic::error(Code::TwoPolicies, message, at.place())
                    .help(message!("keep one of the two")),
            );
        }
        let own_day = own_day(&portfolio, options.clock);
        check_happened(&portfolio, own_day, diagnostics);
        display_names::explain(&portfolio, diagnostics);
        // References into a part that could not be read would all seem wrong.
        if cut_short {
            return None;
        }
        if portfolio.people.is_empty() {
            // With people that do not read, their own errors say enough.
            if diagnostics.errors() == 0 {
                let place = people_at.unwrap_or(Place::whole(FileIx(0)));
                let message = message!("this portfolio has no people, so there is nothing to score");
                let help = message!(
                    "write `people:` with at least one person; `debt init` writes a portfolio to start from"
                );
                diagnostics.push(Diagnostic::error(Code::Nobody, message, place).help(help));
            }
            return None;
        }
        let written = named_policy.or(own_policy.map(|(policy, _)| policy));
        let has_policy = written.is_some();
        let policy = written.unwrap_or_else(|| Policy::defaults(options.catalog));
        let day = options.clock.as_of.or(portfolio.as_of).unwrap_or(own_day);
        Some(Unlinked(OwnPolicy { portfolio, policy, day, has_policy }))
    }
}

/// The day on which the data are checked: the one they are pinned to, else the clock's or the one asked for,
/// whichever is later; a day that is one ahead of the clock is taken as today somewhere east of UTC.
fn own_day(portfolio: &Portfolio, clock: Clock) -> Day {
    if let Some(day) = portfolio.as_of {
        return day;
    }
    let day = clock.as_of.map_or(clock.today, |asked| asked.max(clock.today));
    let tomorrow = clock.today.day_after();
    let mut holds_tomorrow = false;
    happened(portfolio, &mut |happened, _, _| holds_tomorrow |= happened == tomorrow);
    if holds_tomorrow { day.max(tomorrow) } else { day }
}

fn check_happened(portfolio: &Portfolio, own_day: Day, diagnostics: &mut Diagnostics) {
    happened(portfolio, &mut |day, at, path| {
        if day > own_day {
            let steps = path();
            let keys = steps.iter().filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            });
            let key = keys.collect::<Vec<_>>().join(".");
            let message =
                Message::words(format!("`{key}` must not be in the future, but {day} is after {own_day}"));
            let diagnostic = Diagnostic::error(Code::FutureDate, message, at.value(steps));
            diagnostics.push(diagnostic.expected(message!(own_day, " or earlier")));
        }
    });
}

type Happened<'h> = dyn FnMut(Day, ItemAt, &dyn Fn() -> Vec<Step>) + 'h;

/// Every day that has happened by its meaning, with its place.
fn happened(portfolio: &Portfolio, each: &mut Happened<'_>) {
    let mut key = |day: Option<Day>, at: ItemAt, key: &str| {
        if let Some(day) = day {
            each(day, at, &|| key.split('.').map(Step::from).collect());
        }
    };
    for person in &portfolio.people {
        key(person.exit.and_then(|exit| exit.reviewed), person.at, "exit.reviewed");
    }
    for squad in &portfolio.squads {
        key(squad.context.and_then(|context| context.reviewed), squad.at, "context.reviewed");
    }
    for meeting in &portfolio.meetings {
        key(meeting.last_held, meeting.at, "last_held");
    }
    for talk in portfolio.conversations.iter().flatten() {
        key(Some(talk.raised), talk.at, "raised");
        key(talk.held, talk.at, "held");
        key(talk.dropped.map(|dropped| dropped.date), talk.at, "dropped.date");
    }
    for decision in portfolio.decisions.iter().flatten() {
        key(Some(decision.raised), decision.at, "raised");
        key(decision.closed, decision.at, "closed");
        key(decision.escalated, decision.at, "escalated");
    }
    for promotion in portfolio.promotions.iter().flatten() {
        key(Some(promotion.decided), promotion.at, "decided");
        key(promotion.reviewed, promotion.at, "reviewed");
    }
    for acknowledgement in &portfolio.acknowledgements {
        key(Some(acknowledgement.named_on), acknowledgement.at, "named_on");
    }
    for decision in portfolio.decisions.iter().flatten() {
        for (index, day) in decision.reopened.iter().enumerate() {
            each(*day, decision.at, &|| vec!["reopened".into(), index.into()]);
        }
    }
}

/// Sorts, indexes and links everything.
pub(super) fn link(portfolio: &mut Portfolio, diagnostics: &mut Diagnostics) {
    relink(portfolio, List::ALL, diagnostics);
}

/// Sorts, indexes and links lists that have changed. The others are in order and linked, and what they link to is at the
/// position where it was.
pub(super) fn relink(portfolio: &mut Portfolio, changed: &[List], diagnostics: &mut Diagnostics) {
    let is_read = |list| !portfolio.unread.contains(&list);
    let [people_read, squads_read, guilds_read, decisions_read] =
        [List::People, List::Squads, List::Guilds, List::Decisions].map(is_read);
    let people = sorted("person", &mut portfolio.people, PersonIx::at, &portfolio.names, diagnostics)
        .complete(people_read);
    let squads = sorted("squad", &mut portfolio.squads, SquadIx::at, &portfolio.names, diagnostics)
        .complete(squads_read);
    let guilds = sorted("guild", &mut portfolio.guilds, GuildIx::at, &portfolio.names, diagnostics)
        .complete(guilds_read);
    let mut others: FastMap<Name, &'static str> = FastMap::default();
    // Only what comes from a text gets such help.
    if changed == List::ALL {
        others.extend(portfolio.guilds.iter().map(|guild| (guild.id, "guild")));
        others.extend(portfolio.squads.iter().map(|squad| (squad.id, "squad")));
        others.extend(portfolio.people.iter().map(|person| (person.id, "person")));
    }
    let mut linker = Linker { names: &portfolio.names, diagnostics, others, near_misses: MOST_NEAR_MISSES };
    for person in &mut portfolio.people {
        link_person(person, &people, &squads, &guilds, &mut linker);
    }
    for one in portfolio.meetings_of.iter_mut().flatten() {
        linker.link(&mut one.person, &people, || one.at.value([one.index.into()]));
    }
    for squad in &mut portfolio.squads {
        linker.optional(&mut squad.lead, &people, squad.at, "lead");
        linker.optional(&mut squad.escalates_to, &people, squad.at, "escalates_to");
    }
    for guild in &mut portfolio.guilds {
        linker.optional(&mut guild.lead, &people, guild.at, "lead");
    }
    for meeting in &mut portfolio.meetings {
        linker.link(&mut meeting.owner, &people, || meeting.at.at("owner"));
        linker.optional(&mut meeting.with, &people, meeting.at, "with");
        linker.differ(Some(meeting.owner), meeting.with, meeting.at, ("owner", "with"));
    }
    for talk in portfolio.conversations.iter_mut().flatten() {
        linker.link(&mut talk.owner, &people, || talk.at.at("owner"));
        linker.link(&mut talk.with, &people, || talk.at.at("with"));
        linker.differ(Some(talk.owner), Some(talk.with), talk.at, ("owner", "with"));
    }
    for decision in portfolio.decisions.iter_mut().flatten() {
        linker.link(&mut decision.owner, &people, || decision.at.at("owner"));
        linker.optional(&mut decision.squad, &squads, decision.at, "squad");
    }
    for promotion in portfolio.promotions.iter_mut().flatten() {
        linker.link(&mut promotion.person, &people, || promotion.at.at("person"));
        linker.optional(&mut promotion.signed_off_by, &people, promotion.at, "signed_off_by");
    }
    for mentorship in portfolio.mentorships.iter_mut().flatten() {
        linker.link(&mut mentorship.mentor, &people, || mentorship.at.at("mentor"));
        linker.link(&mut mentorship.mentee, &people, || mentorship.at.at("mentee"));
        linker.differ(Some(mentorship.mentor), Some(mentorship.mentee), mentorship.at, ("mentor", "mentee"));
    }
    derived::derive_ids(portfolio, changed);
    let has_changed = |list: List| changed.contains(&list);
    let names = &portfolio.names;
    if has_changed(List::Acknowledgements) {
        portfolio
            .acknowledgements
            .sort_by_key(|one| (names.text(one.factor), one.named_on, one.through, names.text(one.reason)));
    }
    let Portfolio { names, squads, meetings, conversations, decisions, promotions, mentorships, .. } =
        portfolio;
    if has_changed(List::Meetings) {
        sorted("meeting", meetings, MeetingIx::at, names, diagnostics);
    }
    if has_changed(List::Conversations) {
        let conversations = conversations.as_deref_mut().unwrap_or_default();
        sorted("conversation", conversations, ConversationIx::at, names, diagnostics);
    }
    let called_closed =
        sorted("decision", decisions.as_deref_mut().unwrap_or_default(), DecisionIx::at, names, diagnostics);
    if has_changed(List::Promotions) {
        let promotions = promotions.as_deref_mut().unwrap_or_default();
        sorted("promotion", promotions, PromotionIx::at, names, diagnostics);
    }
    if has_changed(List::Mentorships) {
        let mentorships = mentorships.as_deref_mut().unwrap_or_default();
        sorted("mentorship", mentorships, MentorshipIx::at, names, diagnostics);
    }
    let called_closed = called_closed.complete(decisions_read);
    let mut linker = Linker { names, diagnostics, others: FastMap::default(), near_misses: MOST_NEAR_MISSES };
    for squad in squads {
        for (index, decision) in &mut squad.closed_decisions {
            let path = [Step::from("context"), "closed".into(), (*index).into(), "decision".into()];
            linker.link(decision, &called_closed, || squad.at.value(path));
        }
    }
    if derived::LISTS.into_iter().any(has_changed) {
        portfolio.former = derived::former_ids(portfolio);
    }
    check_renewals(portfolio, diagnostics);
}

fn link_person(
    person: &mut Person,
    people: &Index<PersonIx>,
    squads: &Index<SquadIx>,
    guilds: &Index<GuildIx>,
    linker: &mut Linker<'_>,
) {
    let at = person.at;
    linker.optional(&mut person.squad, squads, at, "squad");
    linker.optional(&mut person.guild, guilds, at, "guild");
    linker.optional(&mut person.delivery_owner, people, at, "delivery_owner");
    linker.optional(&mut person.craft_owner, people, at, "craft_owner");
    linker.optional(&mut person.rated_by, people, at, "rated_by");
    let myself = people.find(person.id).map(Link::To);
    for (owner, key) in [
        (person.delivery_owner, "delivery_owner"),
        (person.craft_owner, "craft_owner"),
        (person.rated_by, "rated_by"),
    ] {
        if myself.is_some() && owner == myself {
            let message = message!("`", key, "` names the person themselves");
            let help = message!("name somebody else, or leave the key out");
            linker.diagnostics.push(Diagnostic::error(Code::Contradiction, message, at.at(key)).help(help));
        }
    }
}

impl Linker<'_> {
    /// Reports two keys that must name different people and name the same person.
    fn differ(
        &mut self,
        first: Option<Link<PersonIx>>,
        second: Option<Link<PersonIx>>,
        at: ItemAt,
        keys: (&'static str, &'static str),
    ) {
        let (Some(Link::To(first)), Some(Link::To(second))) = (first, second) else { return };
        if first == second {
            let message = message!("`", keys.0, "` and `", keys.1, "` are the same person");
            self.diagnostics.push(Diagnostic::error(Code::Contradiction, message, at.at(keys.1)));
        }
    }
}
