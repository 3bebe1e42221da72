//! The items of each section. Three in four are written in block style, the rest on one line, as people do.
#![expect(clippy::unused_self, reason = "all sections are asked for alike")]

use std::io::{self, Write};

use super::words::{self, ago, id, name};
use super::{CRAFTS, Organisation, SQUAD, chance, dice, pick};

type Written = io::Result<()>;

impl Organisation {
    pub(super) fn person(self, me: usize, out: &mut dyn Write) -> Written {
        let (squad, craft) = (me / SQUAD, CRAFTS[Organisation::craft(me)].0);
        let leads = me.is_multiple_of(SQUAD);
        let level = if leads { 6 } else { 2 + dice(30, me) % 5 };
        let title =
            ["Engineer", "Engineer", "Engineer", "Senior engineer", "Staff engineer"][(level - 2).min(4)];
        let place = (words::squad(squad), format!("{craft}-{}", Organisation::guild(me)));
        if !leads && chance(31, me, 4) {
            return writeln!(
                out,
                "  - {{id: {}, name: {}, title: {title}, squad: {}, guild: {}, level: {level}, track: warrant}}",
                id(me),
                name(me),
                place.0,
                place.1
            );
        }
        writeln!(out, "  - id: {}\n    name: {}", id(me), name(me))?;
        let title = if leads { "\"Squad lead, and hiring\"" } else { title };
        writeln!(out, "    title: {title}\n    squad: {}", place.0)?;
        if !chance(32, me, 40) {
            writeln!(out, "    guild: {}", place.1)?;
        } else if chance(33, me, 2) {
            writeln!(out, "    exempt: {{craft: \"the only one of their profession here\"}}")?;
        }
        writeln!(out, "    level: {level}")?;
        if !chance(34, me, 8) {
            writeln!(out, "    track: {}", if leads { "officer" } else { "warrant" })?;
        }
        writeln!(out, "    started: {}", ago(400 + dice(35, me) % 3000))?;
        if !leads && chance(36, me, 60) {
            writeln!(out, "    left: {}", ago(dice(37, me) % 90))?;
        } else if chance(38, me, 20) {
            let from = 20 + dice(39, me) % 200;
            writeln!(
                out,
                "    away: [{{from: {}, until: {}}}]",
                ago(from),
                ago(from.saturating_sub(14 + dice(40, me) % 120))
            )?;
        }
        if let Some(lead) = self.guild_lead(me).filter(|lead| *lead != me && chance(41, me, 30)) {
            writeln!(out, "    rated_by: {}", id(lead))?;
        }
        if chance(42, me, 50) {
            writeln!(out, "    aliases: [{}]", id(me).replace('.', "_"))?;
        }
        Ok(())
    }

    pub(super) fn squad(self, squad: usize, out: &mut dyn Write) -> Written {
        writeln!(out, "  - id: {}\n    lead: {}", words::squad(squad), id(squad * SQUAD))?;
        if let Some(above) = Organisation::above(squad).filter(|_| !chance(50, squad, 12)) {
            writeln!(out, "    escalates_to: {}", id(above * SQUAD))?;
        }
        if chance(51, squad, 15) {
            return Ok(());
        }
        writeln!(out, "    context:\n      success: {}", pick(52, squad, &words::SUCCESS))?;
        writeln!(out, "      constraints:")?;
        for question in 53..55 + dice(55, squad) as u64 % 2 {
            writeln!(out, "        - {}", pick(question, squad, &words::CONSTRAINTS))?;
        }
        if !chance(56, squad, 9) {
            writeln!(out, "      closed: [\"{}\"]", pick(57, squad, &words::CLOSED))?;
        }
        writeln!(out, "      reviewed: {}", ago(dice(58, squad) % 120))
    }

    /// The guilds whose first member is in this squad.
    pub(super) fn guilds_first_met_in(self, squad: usize, out: &mut dyn Write) -> Written {
        let mut before = usize::MAX;
        for me in self.members(squad) {
            let (craft, guild) = (Organisation::craft(me), Organisation::guild(me));
            let first_squad = guild * CRAFTS[craft].1;
            // The crafts that alternate first appear one squad later.
            let met = if craft >= 3 { first_squad + (first_squad + craft + 1) % 2 } else { first_squad };
            if met != squad || before == craft {
                continue;
            }
            before = craft;
            writeln!(out, "  - id: {}-{guild}\n    name: {} {guild}", CRAFTS[craft].0, CRAFTS[craft].0)?;
            if let Some(lead) = self.guild_lead(me) {
                writeln!(out, "    lead: {}", id(lead))?;
            }
            writeln!(out, "    lanes:")?;
            if !chance(60, me, 10) {
                writeln!(
                    out,
                    "      - track: warrant\n        levels: [{{level: 4, pay: 100}}, {{level: 5, pay: 120}}, {{level: 6, pay: 141.5}}]"
                )?;
            }
            let officer = if chance(61, me, 8) { 150 } else { 140 };
            writeln!(
                out,
                "      - track: officer\n        levels: [{{level: 5, pay: 120}}, {{level: 6, pay: {officer}}}]"
            )?;
        }
        Ok(())
    }

    /// The 1:1s with this person.
    pub(super) fn meetings(self, me: usize, out: &mut dyn Write) -> Written {
        let squad = me / SQUAD;
        let lead = if me.is_multiple_of(SQUAD) {
            Organisation::above(squad).map(|above| above * SQUAD)
        } else {
            Some(squad * SQUAD)
        };
        let both = chance(70, me, 16);
        if let Some(lead) = lead.filter(|_| !chance(71, me, 25)) {
            let purpose = if both { "both" } else { "delivery" };
            self.one_on_one(lead, me, (!chance(72, me, 30)).then_some(purpose), out)?;
        }
        match self.guild_lead(me) {
            Some(lead) if lead != me && !both && !chance(73, me, 8) => {
                self.one_on_one(lead, me, Some("craft"), out)
            }
            _ => Ok(()),
        }
    }

    fn one_on_one(self, owner: usize, with: usize, purpose: Option<&str>, out: &mut dyn Write) -> Written {
        let craft = purpose == Some("craft");
        let about = with * 2 + usize::from(craft);
        let every = if craft { "biweekly" } else { "weekly" };
        let held =
            ago(dice(74, about) % if craft { 20 } else { 9 } + if chance(75, about, 9) { 40 } else { 0 });
        // One person can be both squad lead and guild lead of another.
        let suffix = if craft { "craft" } else { "delivery" };
        let key = format!("{}-{suffix}", id(with));
        if chance(76, about, 4) {
            write!(out, "  - {{id: {key}, owner: {}, with: {}, ", id(owner), id(with))?;
            if let Some(purpose) = purpose {
                write!(out, "purpose: {purpose}, ")?;
            }
            return writeln!(out, "every: {every}, last_held: {held}}}");
        }
        writeln!(out, "  - id: {key}\n    owner: {}\n    with: {}", id(owner), id(with))?;
        if let Some(purpose) = purpose {
            writeln!(out, "    purpose: {purpose}")?;
        }
        if chance(77, about, 3) {
            let agenda =
                if craft { "[skill-depth, career-lane]" } else { "[blockers, commitments, logistics]" };
            writeln!(out, "    agenda: {agenda}")?;
        }
        writeln!(out, "    every: {every}\n    last_held: {held}")?;
        if chance(78, about, 20) {
            writeln!(out, "    cancelled_in_a_row: {}", 1 + dice(79, about) % 4)?;
        }
        Ok(())
    }

    /// A squad's own meeting, and its lead's with the lead next door.
    pub(super) fn squad_meetings(self, squad: usize, out: &mut dyn Write) -> Written {
        let lead = id(squad * SQUAD);
        writeln!(
            out,
            "  - {{id: {}-retro, kind: team, owner: {lead}, every: biweekly}}",
            words::squad(squad)
        )?;
        if squad % 2 == 1 && !chance(80, squad, 10) {
            let other = id((squad - 1) * SQUAD);
            writeln!(
                out,
                "  - {{kind: peer, owner: {lead}, with: {other}, every: biweekly, last_held: {}}}",
                ago(dice(81, squad) % 14)
            )?;
        }
        Ok(())
    }

    pub(super) fn conversation(self, me: usize, out: &mut dyn Write) -> Written {
        let lead = me / SQUAD * SQUAD;
        if me == lead || !chance(90, me, 4) {
            return Ok(());
        }
        let kinds = ["performance", "promotion", "exit-risk", "role", "pay", "conflict", "feedback", "other"];
        let raised = 20 + dice(91, me) % 200;
        writeln!(out, "  - id: {}-talk\n    kind: {}", id(me), pick(92, me, &kinds))?;
        writeln!(
            out,
            "    owner: {}\n    with: {}\n    topic: \"{}\"",
            id(lead),
            id(me),
            pick(93, me, &words::TOPICS)
        )?;
        writeln!(out, "    raised: {}", ago(raised))?;
        match dice(94, me) % 4 {
            0 => writeln!(out, "    held: {}", ago(raised / 2)),
            1 => writeln!(out, "    due: {}\n    deferred_to: [{}]", ago(raised - 7), ago(raised / 2)),
            2 if chance(95, me, 4) => writeln!(
                out,
                "    dropped:\n      date: {}\n      reason: >-\n        The rewrite was called off,\n        and the role with it",
                ago(raised / 3)
            ),
            _ => Ok(()),
        }
    }

    pub(super) fn decisions(self, squad: usize, out: &mut dyn Write) -> Written {
        for which in 0..=dice(100, squad) % 2 {
            let about = squad * 2 + which;
            let raised = 10 + dice(101, about) % 150;
            writeln!(
                out,
                "  - id: {}-call-{which}\n    title: {}",
                words::squad(squad),
                pick(102, about, &words::TOPICS[2..5])
            )?;
            let owner = Organisation::above(squad).unwrap_or(squad) * SQUAD;
            writeln!(
                out,
                "    squad: {}\n    owner: {}\n    raised: {}",
                words::squad(squad),
                id(owner),
                ago(raised)
            )?;
            if !chance(103, about, 3) {
                writeln!(out, "    closed: {}", ago(raised * 2 / 3))?;
                if chance(104, about, 5) {
                    writeln!(out, "    reopened: [{}]", ago(raised / 3))?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn promotion(self, me: usize, out: &mut dyn Write) -> Written {
        if !chance(110, me, 12) {
            return Ok(());
        }
        let signed = self.guild_lead(me).filter(|lead| *lead != me && !chance(111, me, 4));
        let signed = signed.map_or_else(String::new, |lead| format!(", signed_off_by: {}", id(lead)));
        writeln!(
            out,
            "  - {{person: {}, to: Senior engineer, decided: {}{signed}}}",
            id(me),
            ago(dice(112, me) % 300)
        )
    }

    pub(super) fn mentorship(self, me: usize, out: &mut dyn Write) -> Written {
        let lead = me / SQUAD * SQUAD;
        // Mostly a neighbour; now and then the lead, who writes the rating as well.
        let mentor = if chance(120, me, 6) { lead } else { lead + (me - lead + 3) % SQUAD };
        if mentor == me || mentor >= self.people || !chance(121, me, 6) {
            return Ok(());
        }
        writeln!(
            out,
            "  - mentor: {}\n    mentee: {}\n    topic: {}",
            id(mentor),
            id(me),
            pick(122, me, &words::TOPICS[2..5])
        )?;
        writeln!(out, "    since: {}", ago(30 + dice(123, me) % 300))
    }

    /// Acknowledges about one in twenty of the 1:1s that are for both jobs.
    pub(super) fn acknowledgement(self, me: usize, out: &mut dyn Write) -> Written {
        let conflated =
            !me.is_multiple_of(SQUAD) && chance(70, me, 16) && !chance(71, me, 25) && !chance(72, me, 30);
        if !conflated || !chance(130, me, 20) {
            return Ok(());
        }
        let (named, through) = (ago(7), ago(0).plus(20));
        writeln!(
            out,
            "  - factor: D101:meeting:{}-delivery\n    reason: the craft half goes to the guild lead next month",
            id(me)
        )?;
        writeln!(out, "    named_on: {named}\n    through: {through}")
    }
}
