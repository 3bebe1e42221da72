//! Which item of one portfolio is which of the other: the ones with the same id.

use super::Portfolio;
use crate::base::ids::{
    ConversationIx, DecisionIx, GuildIx, MeetingIx, MentorshipIx, PersonIx, PromotionIx, SquadIx, Subject,
};

/// Positions in the other portfolio, both ways, section by section.
#[derive(Debug)]
pub struct Pairing {
    to_head: Vec<Vec<Option<usize>>>,
    to_base: Vec<Vec<Option<usize>>>,
}

/// The sections of a portfolio, each by the subjects it holds.
fn sections(portfolio: &Portfolio) -> [Vec<&str>; 8] {
    let id = |subject| portfolio.subject_id(subject);
    [
        portfolio.person_positions().map(|at| id(Subject::Person(at))).collect(),
        portfolio.squad_positions().map(|at| id(Subject::Squad(at))).collect(),
        portfolio.guild_positions().map(|at| id(Subject::Guild(at))).collect(),
        portfolio.meeting_positions().map(|at| id(Subject::Meeting(at))).collect(),
        portfolio.conversation_positions().map(|at| id(Subject::Conversation(at))).collect(),
        portfolio.decision_positions().map(|at| id(Subject::Decision(at))).collect(),
        portfolio.promotion_positions().map(|at| id(Subject::Promotion(at))).collect(),
        portfolio.mentorship_positions().map(|at| id(Subject::Mentorship(at))).collect(),
    ]
}

impl Pairing {
    /// Pairs the items of two portfolios; `base` has taken over the head's ids.
    pub fn new(base: &Portfolio, head: &Portfolio) -> Pairing {
        let mut pairing = Pairing { to_head: Vec::new(), to_base: Vec::new() };
        for (base, head) in sections(base).iter().zip(sections(head)) {
            let (mut forth, mut back) = (vec![None; base.len()], vec![None; head.len()]);
            let (mut one, mut other) = (0, 0);
            // Both stand in the order of ids.
            while let (Some(left), Some(right)) = (base.get(one), head.get(other)) {
                match left.cmp(right) {
                    std::cmp::Ordering::Less => one += 1,
                    std::cmp::Ordering::Greater => other += 1,
                    std::cmp::Ordering::Equal => {
                        forth[one] = Some(other);
                        back[other] = Some(one);
                        one += 1;
                        other += 1;
                    }
                }
            }
            pairing.to_head.push(forth);
            pairing.to_base.push(back);
        }
        pairing
    }

    /// The same item of the head.
    pub fn in_head(&self, subject: Subject) -> Option<Subject> {
        other(&self.to_head, subject)
    }

    /// The same item of the base.
    pub fn in_base(&self, subject: Subject) -> Option<Subject> {
        other(&self.to_base, subject)
    }

    /// The same person of the head.
    pub fn person(&self, person: PersonIx) -> Option<PersonIx> {
        self.to_head[0].get(person.index()).copied().flatten().map(PersonIx::at)
    }
}

fn other(sections: &[Vec<Option<usize>>], subject: Subject) -> Option<Subject> {
    let find = |section: usize, at: usize| sections.get(section)?.get(at).copied().flatten();
    Some(match subject {
        Subject::Person(at) => Subject::Person(PersonIx::at(find(0, at.index())?)),
        Subject::Squad(at) => Subject::Squad(SquadIx::at(find(1, at.index())?)),
        Subject::Guild(at) => Subject::Guild(GuildIx::at(find(2, at.index())?)),
        Subject::Meeting(at) => Subject::Meeting(MeetingIx::at(find(3, at.index())?)),
        Subject::Conversation(at) => Subject::Conversation(ConversationIx::at(find(4, at.index())?)),
        Subject::Decision(at) => Subject::Decision(DecisionIx::at(find(5, at.index())?)),
        Subject::Promotion(at) => Subject::Promotion(PromotionIx::at(find(6, at.index())?)),
        Subject::Mentorship(at) => Subject::Mentorship(MentorshipIx::at(find(7, at.index())?)),
        Subject::Portfolio => Subject::Portfolio,
    })
}
