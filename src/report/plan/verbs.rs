//! What the verbs of acts mean where no single act may be shown.

/// Each verb as a task.
const VERBS: &[(&str, &str)] = &[
    ("decide", "take decisions"),
    ("declare-track", "have people say which way up they want"),
    ("escalate", "hand decisions up"),
    ("hand-over", "hand meetings, talks and mentorships to whose they are"),
    ("hold", "hold talks and 1:1s"),
    ("label", "label 1:1s"),
    ("level-pay", "pay levels alike in both lanes"),
    ("move-rating", "move ratings to the delivery owners"),
    ("name-craft-owner", "name craft owners"),
    ("name-delivery-owner", "name delivery owners"),
    ("name-escalation", "say whom squads escalate to"),
    ("name-lead", "name leads"),
    ("pair", "find mentors"),
    ("review", "have promotions reviewed"),
    ("review-context", "look over the context of squads"),
    ("review-exit", "look back on exits"),
    ("settle-context", "take open decisions off the list of closed ones"),
    ("share-out", "share out craft lines"),
    ("share-out-delivery", "share out delivery lines"),
    ("show-lines", "show both lines in the HR system"),
    ("split", "split 1:1s"),
    ("start-craft-1on1", "start Craft 1:1s"),
    ("start-delivery-1on1", "start Delivery 1:1s"),
    ("start-peer-1on1", "start peer 1:1s"),
    ("wait", "wait"),
    ("write-agenda", "write agendas"),
    ("write-context", "write down the context of squads"),
    ("write-lane", "write down warrant lanes"),
];

/// A verb as a task.
pub(super) fn task(verb: &'static str) -> &'static str {
    VERBS.iter().find(|(one, _)| *one == verb).map_or(verb, |(_, task)| task)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_verb_is_a_task() {
        let known: Vec<&str> = super::VERBS.iter().map(|(verb, _)| *verb).collect();
        let all: Vec<&str> = crate::acts::REGISTRY.iter().map(|rule| rule.verb).collect();
        assert_eq!(known, all);
    }
}
