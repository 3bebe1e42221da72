//! How far the weights matter on three generated organisations: the table of docs/validity.md, which
//! `DEBT_WRITE=1 cargo test --test it organisations` writes anew.

use std::fmt::Write as _;

use debt::analysis::sensitivity::{Asked, Grouping, Sensitivity, sensitivity};
use debt::rules;
use debt::score::headline::{GRADES, grade};
use debt::score::part::Part;
use debt::score::scorecard;

use crate::gate_org::Dice;
use crate::generated::is_current;
use crate::support::{file, read, sources};

/// A kind of organisation. Its squads differ: each has a care of its own, from `care` on up to 100, and what is looked
/// after in it is so with that many per cent.
struct Kind {
    name: &'static str,
    people: u64,
    squad: u64,
    guilds: u64,
    care: u64,
    /// Of a hundred people so many have both 1:1s in one, where they have two at all.
    conflated: u64,
    /// Of a hundred people so many are owed a conversation.
    owed: u64,
    /// Whether squads have contexts and decisions, and guilds lanes.
    written: bool,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "30 people, one 1:1 for everything",
        people: 30,
        squad: 8,
        guilds: 2,
        care: 10,
        conflated: 70,
        owed: 20,
        written: false,
    },
    Kind {
        name: "150 people, both lines, talks put off",
        people: 150,
        squad: 8,
        guilds: 8,
        care: 50,
        conflated: 15,
        owed: 50,
        written: true,
    },
    Kind {
        name: "600 people, every squad another",
        people: 600,
        squad: 10,
        guilds: 36,
        care: 0,
        conflated: 30,
        owed: 15,
        written: true,
    },
];

impl Kind {
    fn squads(&self) -> u64 {
        self.people.div_ceil(self.squad)
    }

    /// How much a squad is looked after, of a hundred.
    fn care_of(&self, squad: u64) -> u64 {
        let mut dice = Dice::new(self.people, squad);
        self.care + dice.below(101 - self.care)
    }

    fn lead_of(&self, person: u64) -> u64 {
        person / self.squad * self.squad
    }

    /// The second of the squad with that number leads the guild.
    fn guild_lead(&self, guild: u64) -> u64 {
        (guild * self.squads() / self.guilds * self.squad + 1).min(self.people - 1)
    }

    fn guild_of(&self, person: u64) -> u64 {
        let of_squad = person / self.squad * self.guilds / self.squads();
        if person.is_multiple_of(3) { (of_squad + 1) % self.guilds } else { of_squad }
    }

    /// Its portfolio on 20 November 2026.
    fn text(&self) -> String {
        let mut out = String::from("as_of: 2026-11-20\n");
        if self.written {
            out.push_str("describes: [context, escalations, lanes]\n");
        }
        self.people(&mut out);
        self.groups(&mut out);
        self.meetings(&mut out);
        self.talks(&mut out);
        self.decisions(&mut out);
        out
    }

    fn people(&self, out: &mut String) {
        out.push_str("people:\n  - {id: head, external: true}\n");
        for person in 0..self.people {
            let (squad, guild) = (person / self.squad, self.guild_of(person));
            let level = 2 + Dice::new(person, 1).below(5);
            let _ = write!(out, "  - {{id: p{person}, squad: s{squad}, guild: g{guild}, level: {level}");
            if Dice::new(person, 2).below(100) < self.care_of(squad) {
                out.push_str(if person == self.lead_of(person) {
                    ", track: officer"
                } else {
                    ", track: warrant"
                });
            }
            out.push_str("}\n");
        }
    }

    fn groups(&self, out: &mut String) {
        out.push_str("squads:\n");
        for squad in 0..self.squads() {
            let mut dice = Dice::new(squad, 3);
            let care = self.care_of(squad);
            let _ = write!(out, "  - {{id: s{squad}, lead: p{}", squad * self.squad);
            if dice.below(100) < care {
                out.push_str(", escalates_to: head");
            }
            if self.written && dice.below(100) < care {
                let _ = write!(
                    out,
                    ", context: {{success: a, constraints: [b], closed: [c], reviewed: {}}}",
                    dice.day(-200, 0)
                );
            }
            out.push_str("}\n");
        }
        out.push_str("guilds:\n");
        for guild in 0..self.guilds {
            let _ = write!(out, "  - {{id: g{guild}");
            if !Dice::new(guild, 4).one_in(4) {
                let _ = write!(out, ", lead: p{}", self.guild_lead(guild));
            }
            if self.written && !Dice::new(guild, 5).one_in(3) {
                out.push_str(", lanes: [{track: warrant, levels: [{level: 4, pay: 100}]}, {track: officer, levels: [{level: 4, pay: 100}]}]");
            }
            out.push_str("}\n");
        }
    }

    fn meetings(&self, out: &mut String) {
        out.push_str("meetings:\n");
        for person in 0..self.people {
            let (lead, guild_lead) = (self.lead_of(person), self.guild_lead(self.guild_of(person)));
            let mut dice = Dice::new(person, 6);
            let care = self.care_of(person / self.squad);
            let held = |dice: &mut Dice| {
                if dice.below(100) < care { dice.day(-6, 0) } else { dice.day(-120, -10) }
            };
            let is_both = dice.below(100) < self.conflated;
            let mut meeting = |owner: u64, purpose: &str, every: &str, dice: &mut Dice| {
                if owner != person {
                    let purpose = if dice.below(100) < care.max(40) { purpose } else { "" };
                    let held = held(dice);
                    let _ = writeln!(
                        out,
                        "  - {{id: {owner}-{person}{every}, owner: p{owner}, with: p{person}{purpose}, every: {every}, last_held: {held}}}"
                    );
                }
            };
            if is_both {
                meeting(lead, ", purpose: both", "weekly", &mut dice);
            } else {
                meeting(lead, ", purpose: delivery", "weekly", &mut dice);
                if dice.below(100) < care {
                    meeting(guild_lead, ", purpose: craft", "monthly", &mut dice);
                }
            }
        }
    }

    fn talks(&self, out: &mut String) {
        out.push_str("conversations:\n");
        let kinds = ["promotion", "pay", "performance", "feedback", "conflict", "role", "exit-risk"];
        for person in 0..self.people {
            let mut dice = Dice::new(person, 7);
            let lead = self.lead_of(person);
            if lead != person && dice.below(100) < self.owed {
                let (kind, raised) = (dice.pick(&kinds), dice.day(-150, -1));
                let _ = writeln!(
                    out,
                    "  - {{id: t{person}, kind: {kind}, owner: p{lead}, with: p{person}, raised: {raised}}}"
                );
            }
        }
    }

    fn decisions(&self, out: &mut String) {
        out.push_str("decisions:\n");
        for squad in (0..self.squads()).filter(|_| self.written) {
            let mut dice = Dice::new(squad, 8);
            for number in 0..dice.below(3) {
                let (raised, closed) = dice.days(-300, -1);
                let _ = write!(
                    out,
                    "  - {{id: d{squad}-{number}, title: D, squad: s{squad}, owner: p{}, raised: {raised}",
                    squad * self.squad
                );
                if dice.below(100) < self.care_of(squad) {
                    let _ = write!(out, ", closed: {closed}");
                }
                out.push_str("}\n");
            }
        }
        if !self.written {
            out.push_str("  []\n");
        }
    }
}

const RUNS: u64 = 1000;

/// A row of the table.
fn row(kind: &Kind, spread: i64, found: &Sensitivity, today: &str) -> String {
    let per_cent = |runs: u64| format!("{} %", (runs * 100 + RUNS / 2) / RUNS);
    let stays =
        GRADES.iter().zip(found.grades).find(|(grade, _)| **grade == today).map_or(0, |(_, runs)| runs);
    let [least, low, median] = found.spearman.expect("several squads");
    let decimal = |thousandths: i64| format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    let neighbours: Vec<u64> = found.groups.iter().filter_map(|group| group.over_next).collect();
    let told_apart = neighbours.iter().filter(|runs| **runs * 100 >= RUNS * 80).count();
    let first = found.acts.first().expect("an act").first;
    format!(
        "| {} | {spread} % | {today} in {} | {} ({}, {}) | {told_apart} of {} | {} | {} |\n",
        kind.name,
        per_cent(stays),
        decimal(median),
        decimal(low),
        decimal(least),
        neighbours.len(),
        per_cent(first[0]),
        per_cent(first[1]),
    )
}

#[test]
fn how_far_the_weights_matter() {
    let mut table = String::from(
        "| organisation | weights ± | grade | order of squads: median (5 %, least) | neighbours told apart | first act stays first | among the first three |\n|---|---:|---|---|---:|---:|---:|\n",
    );
    let catalog = rules::catalog();
    let page = file("docs/validity.md");
    // Without optimisation the largest one takes most of a minute, so its rows are only made where they are written.
    let leaves_out = cfg!(debug_assertions) && std::env::var_os("DEBT_WRITE").is_none();
    for kind in &KINDS {
        if leaves_out && kind.people > 500 {
            let of_it = |line: &&str| line.starts_with(&format!("| {} |", kind.name));
            table.extend(page.split_inclusive('\n').filter(of_it));
            continue;
        }
        let own = read(&sources(&kind.text())).unwrap_or_else(|errors| panic!("{}: {errors}", kind.name));
        let card = scorecard(&own.portfolio, &own.policy, own.day, Part::default()).expect("people");
        let today = grade(card.score, card.people, &own.policy);
        for spread in [10, 25, 50] {
            let asked = Asked { by: Grouping::Squad, spread, runs: RUNS, seed: 1 };
            table.push_str(&row(kind, spread, &sensitivity(&card, &catalog, asked), today));
        }
    }
    let begin = page.find("| organisation |").expect("the page has the table");
    let (head, rest) = page.split_at(begin);
    let end = rest.find("\n\n").expect("a table ends") + 1;
    is_current("docs/validity.md", &format!("{head}{table}{}", &rest[end..]));
}
