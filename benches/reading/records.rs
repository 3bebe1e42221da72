//! This crate's reading by itself: text to records that are counted and dropped.

use debt::records::portfolio::{
    AcknowledgementRecord, ConversationRecord, DecisionRecord, GuildRecord, MeetingRecord, MentorshipRecord,
    PersonRecord, PromotionRecord, SquadRecord,
};
use debt::records::read::{Reading, record};
use debt::source::{Diagnostics, FileIx};
use debt::yaml::document;
use debt::yaml::document::{Consumer, Shape};
use debt::yaml::fault::Fault;
use debt::yaml::node::Node;

/// Reads items into trees, and where asked these into records, which are dropped at once, as the program does.
struct Count {
    section: String,
    records: bool,
    items: usize,
    found: Diagnostics,
    faults: Vec<String>,
}

impl<'t> Consumer<'t> for Count {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        key.text().unwrap_or_default().clone_into(&mut self.section);
        match self.section.as_str() {
            "version" | "name" | "as_of" | "describes" | "hr_system" | "policy" => Shape::Value,
            _ => Shape::Items,
        }
    }

    fn item(&mut self, node: Node<'t>) {
        if !self.records {
            self.items += 1;
            return;
        }
        macro_rules! read {
            ($type:ident) => {
                record::<$type<'_>>(node, Reading::item("people", FileIx(0)), &mut self.found).is_some()
            };
        }
        let there = match self.section.as_str() {
            "people" => read!(PersonRecord),
            "squads" => read!(SquadRecord),
            "guilds" => read!(GuildRecord),
            "meetings" => read!(MeetingRecord),
            "conversations" => read!(ConversationRecord),
            "decisions" => read!(DecisionRecord),
            "promotions" => read!(PromotionRecord),
            "mentorships" => read!(MentorshipRecord),
            _ => read!(AcknowledgementRecord),
        };
        self.items += usize::from(there);
    }

    fn value(&mut self, _: Node<'t>) {}

    fn fault(&mut self, fault: Fault) {
        self.faults.push(format!("{}:{}: {}", fault.mark.line, fault.mark.column, fault.code));
    }
}

fn count(text: &str, records: bool) -> Result<usize, String> {
    let section = String::new();
    let mut count = Count { section, records, items: 0, found: Diagnostics::default(), faults: Vec::new() };
    if let Err(fault) = document::read(text, &mut count) {
        count.faults.push(format!("{}:{}: {}", fault.mark.line, fault.mark.column, fault.code));
    }
    count.faults.extend(count.found.iter().map(|one| format!("{}: {:?}", one.code, one.place)));
    if count.faults.is_empty() { Ok(count.items) } else { Err(count.faults.join("\n")) }
}

/// Text to records.
pub(crate) fn read(text: &str) -> Result<usize, String> {
    count(text, true)
}

/// Text to trees only: what the records cost is the difference.
#[allow(dead_code, reason = "only one of the benches asks")]
pub(crate) fn trees(text: &str) -> Result<usize, String> {
    count(text, false)
}
