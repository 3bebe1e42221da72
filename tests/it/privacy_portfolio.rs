//! A made-up portfolio in which every id and every free text carries one mark, so that a search for the mark finds
//! whatever got through. Pseudonyms cannot hold it: their alphabet ends before its letters.

use std::fmt::Write;

use proptest::prelude::*;

/// In every id, name, title, topic, reason, alias and other free text.
pub(crate) const MARK: &str = "zqw";

/// How large it is, and what everything else is drawn from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) seed: u64,
    pub(crate) people: u64,
    pub(crate) squads: u64,
    pub(crate) guilds: u64,
}

/// Shapes of small organisations.
pub(crate) fn shapes() -> impl Strategy<Value = Shape> {
    let shape = |(seed, people, squads, guilds)| Shape { seed, people, squads, guilds };
    (any::<u64>(), 10_u64..40, 1_u64..6, 1_u64..6).prop_map(shape)
}

/// The made-up portfolio, whose squads and guilds have names without the mark: by roles these are shown.
pub(crate) fn opened(shape: Shape) -> String {
    let text = portfolio(shape);
    text.replace(&format!("{MARK} Squad"), "Squad").replace(&format!("{MARK} Guild"), "Guild")
}

/// A small generator of numbers: the same seed, the same portfolio.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end.max(1)
    }

    fn one_in(&mut self, odds: u64) -> bool {
        self.below(odds) == 0
    }

    fn day(&mut self, from: u64, to: u64) -> String {
        let day = from + self.below(to - from);
        format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28)
    }
}

/// The id of the n-th item of a kind. The order of the numbers is not the order of the ids.
pub(crate) fn id(kind: &str, number: u64) -> String {
    format!("{}{MARK}{kind}{number}", char::from(b"hbnaxdqt"[usize::try_from(number % 8).expect("small")]))
}

/// The text of a portfolio; the day to score it at is the 20th of November 2026.
pub(crate) fn portfolio(shape: Shape) -> String {
    let mut draw = Draw(shape.seed);
    let mut out = format!(
        "name: {MARK} the portfolio\nas_of: 2026-11-20\ndescribes: [context, escalations, peers, lanes]\n"
    );
    people(shape, &mut draw, &mut out);
    groups(shape, &mut draw, &mut out);
    meetings(shape, &mut draw, &mut out);
    talks(shape, &mut draw, &mut out);
    rest(shape, &mut draw, &mut out);
    out
}

fn push(out: &mut String, line: std::fmt::Arguments<'_>) {
    out.write_fmt(line).and_then(|()| out.write_char('\n')).expect("a string takes it");
}

fn people(shape: Shape, draw: &mut Draw, out: &mut String) {
    push(out, format_args!("people:\n  - {{id: {}, name: {MARK} Director, external: true}}", id("boss", 0)));
    for number in 0..shape.people {
        let mut more = String::new();
        let mut key = |text: String| {
            more.push_str(", ");
            more.push_str(&text);
        };
        if !draw.one_in(8) {
            key(format!("squad: {}", id("squad", draw.below(shape.squads))));
        }
        if !draw.one_in(8) {
            key(format!("guild: {}", id("guild", draw.below(shape.guilds))));
        }
        if draw.one_in(3) {
            key(format!("name: {MARK} Person{number}"));
        }
        match draw.below(12) {
            0 => key(format!("exempt: {{craft: {MARK} because}}")),
            1 => key("left: 2026-10-09".to_owned()),
            2 => key("away: [{from: 2026-08-03, until: 2027-01-11}]".to_owned()),
            3 => key(format!("rated_by: {}", id("boss", 0))),
            4 => key("level: 6".to_owned()),
            _ => {}
        }
        if draw.one_in(4) {
            key(format!("aliases: [{MARK}-old-{number}], title: {MARK} Title"));
        }
        push(out, format_args!("  - {{id: {}{more}}}", id("person", number)));
    }
}

fn person(shape: Shape, draw: &mut Draw) -> String {
    id("person", draw.below(shape.people))
}

/// Two people who are not the same.
fn pair(shape: Shape, draw: &mut Draw) -> (String, String) {
    let first = draw.below(shape.people);
    let second = (first + 1 + draw.below(shape.people - 1)) % shape.people;
    (id("person", first), id("person", second))
}

fn groups(shape: Shape, draw: &mut Draw, out: &mut String) {
    push(out, format_args!("squads:"));
    for number in 0..shape.squads {
        let lead = person(shape, draw);
        let above = if draw.one_in(2) { format!(", escalates_to: {}", id("boss", 0)) } else { String::new() };
        push(
            out,
            format_args!(
                "  - {{id: {}, name: {MARK} Squad{number}, lead: {lead}{above}, context: {{success: {MARK} success, constraints: [{MARK} never], closed: [{MARK} closed], reviewed: {}}}}}",
                id("squad", number),
                draw.day(20, 300)
            ),
        );
    }
    push(out, format_args!("guilds:"));
    for number in 0..shape.guilds {
        let lead = if draw.one_in(3) { String::new() } else { format!(", lead: {}", person(shape, draw)) };
        push(
            out,
            format_args!(
                "  - {{id: {}, name: {MARK} Guild{number}{lead}, lanes: [{{track: officer, levels: [{{level: 4, pay: 100}}]}}]}}",
                id("guild", number)
            ),
        );
    }
}

fn meetings(shape: Shape, draw: &mut Draw, out: &mut String) {
    push(out, format_args!("meetings:"));
    for number in 0..shape.people {
        let (owner, with) = pair(shape, draw);
        let title = if draw.one_in(2) { format!(", title: {MARK} Meeting{number}") } else { String::new() };
        let purpose = [
            "",
            ", purpose: both",
            ", purpose: craft, agenda: [blockers]",
            ", purpose: delivery",
            ", agenda: [performance, career-lane]",
        ];
        let purpose = purpose[usize::try_from(draw.below(5)).expect("small")];
        let held = draw.day(200, 300);
        push(
            out,
            format_args!(
                "  - {{id: {}, owner: {owner}, with: {with}{title}{purpose}, every: weekly, last_held: {held}, aliases: [{MARK}-m-{number}]}}",
                id("meeting", number)
            ),
        );
    }
    // One without an id of its own, and one that is there twice.
    let (owner, with) = pair(shape, draw);
    push(
        out,
        format_args!(
            "  - {{owner: {owner}, with: {with}, purpose: both}}\n  - {{id: {}, owner: {owner}, with: {with}, purpose: both}}",
            id("again", 0)
        ),
    );
}

fn talks(shape: Shape, draw: &mut Draw, out: &mut String) {
    push(out, format_args!("conversations:"));
    for number in 0..shape.people {
        let (owner, with) = pair(shape, draw);
        let kinds = ["performance", "promotion", "exit-risk", "role", "pay", "conflict", "feedback", "other"];
        let kind = kinds[usize::try_from(draw.below(8)).expect("small")];
        let raised = draw.day(120, 240);
        let end = match draw.below(5) {
            0 => format!(", dropped: {{date: 2026-11-01, reason: {MARK} dropped}}"),
            1 => ", held: 2026-11-02".to_owned(),
            2 => ", due: 2026-10-01, deferred_to: [2026-10-15, 2026-12-24]".to_owned(),
            _ => String::new(),
        };
        push(
            out,
            format_args!(
                "  - {{id: {}, kind: {kind}, owner: {owner}, with: {with}, topic: {MARK} topic{number}, raised: {raised}{end}}}",
                id("talk", number)
            ),
        );
    }
    let (owner, with) = pair(shape, draw);
    push(out, format_args!("  - {{kind: pay, owner: {owner}, with: {with}, raised: 2026-07-01}}"));
}

fn rest(shape: Shape, draw: &mut Draw, out: &mut String) {
    push(out, format_args!("decisions:"));
    for number in 0..6 {
        let title = if draw.one_in(2) { format!(", title: {MARK} Decision{number}") } else { String::new() };
        let squad = if draw.one_in(2) {
            format!(", squad: {}", id("squad", draw.below(shape.squads)))
        } else {
            String::new()
        };
        let again = if draw.one_in(2) { ", closed: 2026-09-10, reopened: [2026-10-20]" } else { "" };
        push(
            out,
            format_args!(
                "  - {{id: {}, owner: {}{title}{squad}, raised: {}{again}}}",
                id("decision", number),
                person(shape, draw),
                draw.day(120, 220)
            ),
        );
    }
    push(out, format_args!("promotions:"));
    for number in 0..4 {
        push(
            out,
            format_args!(
                "  - {{id: {}, person: {}, to: {MARK} Role{number}, decided: {}}}",
                id("promotion", number),
                person(shape, draw),
                draw.day(120, 240)
            ),
        );
    }
    push(out, format_args!("mentorships:"));
    for number in 0..4 {
        let (mentor, mentee) = pair(shape, draw);
        push(
            out,
            format_args!(
                "  - {{id: {}, mentor: {mentor}, mentee: {mentee}, topic: {MARK} mentoring}}",
                id("mentorship", number)
            ),
        );
    }
    push(out, format_args!("hr_system: {{name: {MARK} HR, shows: [delivery]}}\nacknowledgements:"));
    for (number, finding) in [
        "D404:portfolio:portfolio".to_owned(),
        format!("D101:meeting:{}", id("meeting", 0)),
        format!("D301:conversation:{}", id("talk", 1)),
        format!("D101:meeting:{MARK}-m-2"),
        format!("D101:meeting:{MARK}-nobody-knows"),
    ]
    .iter()
    .enumerate()
    {
        push(
            out,
            format_args!(
                "  - {{factor: \"{finding}\", reason: {MARK} reason{number}, named_on: 2026-11-10, through: 2026-11-{}}}",
                14 + number * 3
            ),
        );
    }
}
