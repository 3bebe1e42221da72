//! What was told, as a portfolio with comments.

use super::{Job, Told};
use crate::base::day::Day;
use crate::import::ids;
use crate::yaml::write::scalar;

impl Told {
    /// The portfolio. `schema` where the file of its schema is beside it.
    pub fn portfolio(&self, today: Day, schema: Option<&str>) -> String {
        let mut out = String::new();
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        if let Some(schema) = schema {
            line(format!("# yaml-language-server: $schema={schema}"));
        }
        line(format!(
            "# Written by `debt init --interview` on {today}.\n# It is yours now: correct it by hand, or with `debt fix`."
        ));
        line("version: 1".to_owned());
        line(format!("name: {}", scalar(&self.squad)));
        let holders = self.holders();
        if !holders.is_empty() {
            line("\n# All their 1:1s are in this file: one that is missing counts as missing.".to_owned());
            line(format!("meetings_of: [{}]", holders.join(", ")));
        }
        line("\n# Everybody has two lines: delivery, by default to the squad's lead, and craft,\n# to `craft_owner`.".to_owned());
        line("people:".to_owned());
        let squad = ids::of_name(&self.squad);
        for (at, one) in self.people.iter().enumerate() {
            let mut keys = vec![format!("id: {}", scalar(&one.id)), format!("name: {}", scalar(&one.name))];
            if one.outside {
                keys.push("external: true".to_owned());
            } else {
                keys.push(format!("squad: {}", scalar(&squad)));
            }
            let craft = self.craft.get(at).copied().flatten();
            keys.extend(craft.map(|owner| format!("craft_owner: {}", scalar(&self.people[owner].id))));
            let missing = !one.outside && craft.is_none();
            let comment = if missing { "   # nobody owns their craft yet" } else { "" };
            line(format!("  - {{{}}}{comment}", keys.join(", ")));
        }
        let lead = self.lead.map(|lead| format!(", lead: {}", scalar(&self.people[lead].id)));
        line("\nsquads:".to_owned());
        line(format!(
            "  - {{id: {}, name: {}{}}}",
            scalar(&squad),
            scalar(&self.squad),
            lead.unwrap_or_default()
        ));
        self.meetings().into_iter().for_each(&mut line);
        self.conversations().into_iter().for_each(&mut line);
        out
    }

    /// Whose 1:1s were all asked for.
    fn holders(&self) -> Vec<String> {
        let mut all: Vec<usize> = self.lead.into_iter().collect();
        for at in self.craft_of_others() {
            all.extend(self.craft[at].filter(|owner| !all.contains(owner)));
        }
        all.into_iter().map(|at| scalar(&self.people[at].id)).collect()
    }

    fn meetings(&self) -> Vec<String> {
        let id = |at: usize| scalar(&self.people[at].id);
        let every = self.every.unwrap_or("weekly");
        let mut lines = vec![
            "\n# Add `last_held: DATE` to each: only then is it known whether it takes place.".to_owned(),
            "meetings:".to_owned(),
        ];
        let head = lines.len();
        for at in self.led_positions() {
            let (Some(lead), purpose) = (self.lead, self.jobs[at]) else { break };
            let (purpose, comment) = match purpose {
                Job::Delivery => ("delivery", ""),
                Job::Craft => ("craft", ""),
                Job::Both => ("both", "   # delivery and craft in one: `debt fix` splits it"),
                Job::None => continue,
            };
            let (lead, with) = (id(lead), id(at));
            lines.push(format!(
                "  - {{owner: {lead}, with: {with}, purpose: {purpose}, every: {every}}}{comment}"
            ));
        }
        for at in &self.craft_one_on_ones {
            let Some(owner) = self.craft[*at] else { continue };
            lines.push(format!(
                "  - {{owner: {}, with: {}, purpose: craft, every: monthly}}",
                id(owner),
                id(*at)
            ));
        }
        if lines.len() == head { Vec::new() } else { lines }
    }

    fn conversations(&self) -> Vec<String> {
        let Some(lead) = self.lead.filter(|_| !self.talks.is_empty()) else { return Vec::new() };
        let mut lines = vec![
            "\n# The talks that are put off. Once one was held, write `held: DATE`, or let\n# `debt fix hold:conversation:ID --held` do it.".to_owned(),
            "conversations:".to_owned(),
        ];
        let id = |at: usize| scalar(&self.people[at].id);
        lines.extend(self.talks.iter().map(|talk| {
            let (with, kind) = (&self.people[talk.with].id, talk.kind.word());
            format!(
                "  - {{id: {with}-{kind}, kind: {kind}, owner: {}, with: {}, raised: {}}}",
                id(lead),
                id(talk.with),
                talk.raised
            )
        }));
        lines
    }
}
