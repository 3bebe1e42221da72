//! Random portfolios for the properties of a change: always valid, small enough that items meet, and in pairs of which
//! the second keeps some items of the first. The same numbers give the same text.

use std::fmt::Write as _;

/// A stream of numbers for one item: it depends on the seed and on the item, never on what came before.
pub(crate) struct Dice(u64);

impl Dice {
    /// The stream of one item under a seed.
    pub(crate) fn new(seed: u64, item: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(1_000).wrapping_add(item));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    pub(crate) fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn pick<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[usize::try_from(self.below(words.len() as u64)).expect("small")]
    }

    /// A day so many days around 20 November 2026; negative is before.
    pub(crate) fn day(&mut self, from: i64, to: i64) -> String {
        let span = u64::try_from(to - from).expect("in order") + 1;
        let days = from + i64::try_from(self.below(span)).expect("small");
        debt::base::day::Day::from_epoch_days(20_777 + days).expect("a day").to_string()
    }

    /// Two days in order.
    pub(crate) fn days(&mut self, from: i64, to: i64) -> (String, String) {
        let (one, other) = (self.day(from, to), self.day(from, to));
        if one <= other { (one, other) } else { (other, one) }
    }
}

/// Which portfolio: two seeds, how many of ten items are the second one's, and what person 1 is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Org {
    pub(crate) seed: u64,
    pub(crate) other: u64,
    pub(crate) mixed: u64,
    pub(crate) renamed: bool,
    pub(crate) policy: u64,
}

const PEOPLE: u64 = 6;

impl Org {
    pub(crate) fn new(seed: u64) -> Org {
        Org { seed, other: seed, mixed: 0, renamed: false, policy: 0 }
    }

    fn dice(self, kind: u64, index: u64) -> Dice {
        let key = kind * 1_000 + index;
        let other = Dice(key ^ self.other.rotate_left(17)).below(10) < self.mixed;
        let mut dice = Dice(if other { self.other } else { self.seed }.wrapping_mul(31).wrapping_add(key));
        dice.next();
        dice
    }

    fn person(self, index: u64) -> String {
        if index == 1 && self.renamed { "q1".to_owned() } else { format!("p{index}") }
    }

    /// Two different people.
    fn pair(self, dice: &mut Dice) -> (String, String) {
        let one = dice.below(PEOPLE);
        let other = (one + 1 + dice.below(PEOPLE - 1)) % PEOPLE;
        (self.person(one), self.person(other))
    }

    /// The portfolio.
    pub(crate) fn text(self) -> String {
        let mut out = String::from("version: 1\n");
        let mut dice = self.dice(0, 0);
        if dice.one_in(3) {
            let _ = writeln!(
                out,
                "describes: [{}]",
                dice.pick(&["context", "escalations", "peers", "lanes", "context, peers"])
            );
        }
        if dice.one_in(3) {
            let _ =
                writeln!(out, "hr_system: {{shows: [{}]}}", dice.pick(&["", "delivery", "delivery, craft"]));
        }
        if self.policy > 0 {
            out.push_str(&policy(&mut Dice(self.policy)));
        }
        self.people(&mut out);
        self.groups(&mut out);
        self.meetings(&mut out);
        self.talks(&mut out);
        self.rest(&mut out);
        out
    }

    fn people(self, out: &mut String) {
        out.push_str("people:\n");
        for index in 0..PEOPLE {
            let mut dice = self.dice(1, index);
            let _ = write!(out, "  - {{id: {}", self.person(index));
            if index == 1 && self.renamed {
                out.push_str(", aliases: [p1]");
            }
            for (key, words) in [("squad", ["s0", "s1", ""]), ("guild", ["g0", "g1", ""])] {
                let word = dice.pick(&words);
                if !word.is_empty() {
                    let _ = write!(out, ", {key}: {word}");
                }
            }
            let owner = self.person((index + 1 + dice.below(PEOPLE - 1)) % PEOPLE);
            if dice.one_in(4) {
                let _ =
                    write!(out, ", {}: {owner}", dice.pick(&["delivery_owner", "craft_owner", "rated_by"]));
            }
            if dice.one_in(3) {
                let _ = write!(out, ", level: {}", 1 + dice.below(8));
            }
            if dice.one_in(4) {
                let _ = write!(out, ", track: {}", dice.pick(&["warrant", "officer"]));
            }
            // Person 0 is always there, so that somebody is scored.
            if index > 0 {
                if dice.one_in(6) {
                    let _ = write!(out, ", left: {}", dice.day(-100, 100));
                } else if dice.one_in(5) {
                    let (from, until) = (dice.day(-150, 0), dice.day(1, 200));
                    let _ = write!(out, ", away: [{{from: {from}, until: {until}}}]");
                }
                if dice.one_in(8) {
                    out.push_str(", external: true");
                }
                if dice.one_in(6) {
                    let _ = write!(out, ", exempt: {{{}: so}}", dice.pick(&["craft", "delivery"]));
                }
            }
            out.push_str("}\n");
        }
    }

    fn groups(self, out: &mut String) {
        out.push_str("squads:\n");
        for index in 0..2 {
            let mut dice = self.dice(2, index);
            let _ = write!(out, "  - {{id: s{index}, lead: {}", self.person(dice.below(PEOPLE)));
            if dice.one_in(2) {
                let _ = write!(out, ", escalates_to: {}", self.person(dice.below(PEOPLE)));
            }
            match dice.below(3) {
                0 => {}
                1 => out.push_str(", context: {success: fast}"),
                _ => {
                    let reviewed = dice.day(-200, 0);
                    let _ = write!(
                        out,
                        ", context: {{success: a, constraints: [b], closed: [c], reviewed: {reviewed}}}"
                    );
                }
            }
            out.push_str("}\n");
        }
        out.push_str("guilds:\n");
        for index in 0..2 {
            let mut dice = self.dice(3, index);
            let _ = write!(out, "  - {{id: g{index}, lead: {}", self.person(dice.below(PEOPLE)));
            let lane =
                |track: &str, pay: u64| format!("{{track: {track}, levels: [{{level: 4, pay: {pay}}}]}}");
            match dice.below(3) {
                0 => {}
                1 => drop(write!(out, ", lanes: [{}]", lane("officer", 5))),
                _ => drop(write!(
                    out,
                    ", lanes: [{}, {}]",
                    lane("officer", 4 + dice.below(3)),
                    lane("warrant", 5)
                )),
            }
            out.push_str("}\n");
        }
    }

    fn meetings(self, out: &mut String) {
        out.push_str("meetings:\n");
        let mut any = false;
        for index in 0..6 {
            let mut dice = self.dice(4, index);
            if dice.one_in(4) {
                continue;
            }
            any = true;
            let (owner, with) = self.pair(&mut dice);
            let _ = write!(out, "  - {{id: m{index}, owner: {owner}, with: {with}");
            if dice.one_in(4) {
                let _ = write!(out, ", kind: {}", dice.pick(&["skip-level", "peer", "other"]));
            }
            if !dice.one_in(3) {
                let _ = write!(out, ", purpose: {}", dice.pick(&["delivery", "craft", "both"]));
            }
            if dice.one_in(4) {
                let _ = write!(
                    out,
                    ", agenda: [{}]",
                    dice.pick(&["blockers", "standards", "wellbeing", "rating, promotion"])
                );
            }
            if dice.one_in(2) {
                let _ = write!(out, ", every: {}", dice.pick(&["weekly", "monthly", "9d"]));
            }
            if dice.one_in(2) {
                let _ = write!(out, ", last_held: {}", dice.day(-80, 0));
            }
            if dice.one_in(4) {
                let _ = write!(out, ", cancelled_in_a_row: {}", dice.below(8));
            }
            if dice.one_in(8) {
                let _ = write!(out, ", until: {}", dice.day(-50, 100));
            }
            out.push_str("}\n");
        }
        if !any {
            out.push_str("  []\n");
        }
    }

    fn talks(self, out: &mut String) {
        if self.dice(5, 100).one_in(5) {
            return;
        }
        out.push_str("conversations:\n");
        let mut any = false;
        for index in 0..5 {
            let mut dice = self.dice(5, index);
            if dice.one_in(4) {
                continue;
            }
            any = true;
            let (owner, with) = self.pair(&mut dice);
            let kind = dice.pick(&["performance", "promotion", "exit-risk", "pay", "other"]);
            // Days of its own for each, so that no two ids that are made are alike.
            let first = -200 + i64::try_from(index).expect("small") * 28;
            let raised = dice.day(first, first + 27);
            let _ = write!(out, "  - {{owner: {owner}, with: {with}, kind: {kind}, raised: {raised}");
            // Some have an id of their own, others one that is made.
            if dice.one_in(2) {
                let _ = write!(out, ", id: c{index}");
            }
            if dice.one_in(2) {
                let _ = write!(out, ", due: {}", dice.day(-59, 40));
            }
            if dice.one_in(3) {
                let _ = write!(out, ", deferred_to: [{}, {}]", dice.day(41, 60), dice.day(61, 90));
            }
            match dice.below(5) {
                0 => drop(write!(out, ", held: {}", dice.day(-59, 0))),
                1 => drop(write!(out, ", dropped: {{date: {}, reason: no}}", dice.day(-59, 0))),
                _ => {}
            }
            out.push_str("}\n");
        }
        if !any {
            out.push_str("  []\n");
        }
    }

    fn rest(self, out: &mut String) {
        if !self.dice(6, 100).one_in(5) {
            out.push_str("decisions:\n");
            for index in 0..3 {
                let mut dice = self.dice(6, index);
                let (raised, closed) = (dice.day(-200, -100), dice.day(-99, -50));
                let owner = self.person(dice.below(PEOPLE));
                let _ = write!(
                    out,
                    "  - {{id: d{index}, owner: {owner}, squad: s{}, raised: {raised}",
                    dice.below(2)
                );
                match dice.below(3) {
                    0 => {}
                    1 => drop(write!(out, ", closed: {closed}")),
                    _ => drop(write!(out, ", closed: {closed}, reopened: [{}]", dice.day(-49, 0))),
                }
                out.push_str("}\n");
            }
        }
        if !self.dice(7, 100).one_in(5) {
            out.push_str("promotions:\n");
            for index in 0..2 {
                let mut dice = self.dice(7, index);
                let person = self.person(dice.below(PEOPLE));
                let (decided, reviewed) = dice.days(-300, 0);
                let _ = write!(out, "  - {{id: u{index}, person: {person}, to: Staff, decided: {decided}");
                if dice.one_in(2) {
                    let _ = write!(out, ", signed_off_by: {}", self.person(dice.below(PEOPLE)));
                }
                if dice.one_in(4) {
                    let _ = write!(out, ", reviewed: {reviewed}");
                }
                out.push_str("}\n");
            }
        }
        if !self.dice(8, 100).one_in(5) {
            let mut dice = self.dice(8, 0);
            let (mentor, mentee) = self.pair(&mut dice);
            let _ = writeln!(out, "mentorships:\n  - {{id: t0, mentor: {mentor}, mentee: {mentee}}}");
        }
        let mut dice = self.dice(9, 0);
        if dice.one_in(2) {
            let finding =
                dice.pick(&["D101:meeting:m0", "D201:person:p0", "D501:decision:d0", "D104:meeting:m1"]);
            let _ = writeln!(
                out,
                "acknowledgements:\n  - {{factor: \"{finding}\", reason: so, named_on: 2026-11-01, through: 2026-12-01}}"
            );
        }
    }
}

fn policy(dice: &mut Dice) -> String {
    let (code, points) = (dice.pick(&["D101", "D201", "D302", "D601", "D204"]), dice.below(9));
    let (grace, away, span) = (dice.below(60), dice.pick(&["1", "30", "200"]), 1 + dice.below(4));
    let (percent, off) = (dice.below(12), dice.pick(&["", "D101", "D501", "D102, D203", "D301"]));
    format!(
        "policy: {{principal: {{{code}: {points}}}, grace_days: {grace}, away_grace_days: {away}, \
         max_craft_span: {span}, interest: {{weekly_percent: {percent}}}, disable: [{off}]}}\n"
    )
}
