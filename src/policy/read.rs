//! A policy from its text, or from the `policy` key of a portfolio.

use super::Policy;
use crate::base::catalog::Catalog;
use crate::base::message::{Message, message};
use crate::base::nearest::nearest;
use crate::base::points::MilliPoints;
use crate::records::policy::{ConversationPoints, GradesRecord, PointsValue, PolicyRecord};
use crate::records::read::{self, Reading};
use crate::records::words::ConversationKind;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place, Step};
use crate::yaml::node::Node;
use crate::yaml::whole;

/// A policy from a file of its own.
pub fn from_text(text: &str, file: FileIx, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Policy {
    let Some(node) = whole::tree(text, file, diagnostics) else { return Policy::defaults(catalog) };
    from_node(node, file, catalog, diagnostics)
}

/// A policy from its tree. What is wrong in it is left at the default, and reported.
pub fn from_node(node: Node<'_>, file: FileIx, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Policy {
    let tree = node.clone();
    let Some(record) = read::record::<PolicyRecord<'_>>(node, Reading::value("policy", file), diagnostics)
    else {
        return Policy::defaults(catalog);
    };
    Builder { tree: &tree, file, catalog, diagnostics }.policy(&record)
}

struct Builder<'b, 't> {
    tree: &'b Node<'t>,
    file: FileIx,
    catalog: &'b Catalog,
    diagnostics: &'b mut Diagnostics,
}

impl Builder<'_, '_> {
    fn policy(&mut self, record: &PolicyRecord<'_>) -> Policy {
        let mut policy = Policy::defaults(self.catalog);
        let mut all_kinds = None;
        for (code, points) in record.principal.iter().flat_map(|entries| &entries.0) {
            let path = [Step::from("principal"), Step::from(&**code)];
            let Some(index) = self.rule(code, &path, true) else { continue };
            let Some(points) = points.map(milli_points) else { continue };
            // The own slot of a rule that costs by kind stays as it is, so that two spellings make equal policies.
            if self.catalog.0[index].by_kind {
                all_kinds = Some(points);
            } else {
                policy.principal[index] = points;
            }
        }
        let by_kind = record.conversations.as_ref().map(points_by_kind).unwrap_or_default();
        for (kind, written) in ConversationKind::ALL.iter().zip(by_kind) {
            let slot = &mut policy.conversations[*kind as usize];
            *slot = written.map(milli_points).or(all_kinds).unwrap_or(*slot);
        }
        for (index, code) in record.disable.iter().flatten().enumerate() {
            let path = [Step::from("disable"), Step::from(index)];
            if let Some(rule) = self.rule(&code.0, &path, false) {
                policy.disabled[rule] = true;
            }
        }
        policy.set(record);
        self.grades(&mut policy, record);
        policy
    }

    fn rule(&mut self, code: &str, path: &[Step], key: bool) -> Option<usize> {
        let rule = self.catalog.find(code);
        if rule.is_none() {
            // Looking for the place takes time in the number of codes.
            let node = if self.diagnostics.is_full() { self.tree } else { self.tree.follow(path, key) };
            let place = Place::exact(self.file, node.mark, node.length);
            self.diagnostics.push(unknown_rule(code, self.catalog, place));
        }
        rule.map(crate::base::ids::RuleIx::index)
    }

    fn grades(&mut self, policy: &mut Policy, record: &PolicyRecord<'_>) {
        let Some(grades) = &record.grades else { return };
        let GradesRecord { a, b, c, d } = grades;
        for (slot, written) in policy.grades.iter_mut().zip([a, b, c, d]) {
            *slot = written.map_or(*slot, milli_points);
        }
        if policy.grades.windows(2).any(|pair| pair[0] >= pair[1]) {
            let node = self.tree.follow(&[Step::from("grades")], false);
            let place = Place::exact(self.file, node.mark, node.length);
            let now = policy.grades.map(|most| crate::base::decimal::thousandths(most.mp())).join(", ");
            let message = Message::words(format!("grades must ascend from a to d; they are {now}"));
            self.diagnostics.push(Diagnostic::error(Code::WrongOrder, message, place));
        }
    }
}

/// A code that no rule has, with the nearest; a rule's name is understood too.
pub fn unknown_rule(code: &str, catalog: &Catalog, place: Place) -> Diagnostic {
    let message = message!("unknown rule `", code.to_owned(), "`");
    let diagnostic = Diagnostic::error(Code::UnknownRule, message, place);
    let by_name = catalog.0.iter().find(|entry| entry.name == code).map(|entry| entry.code);
    let shouted = code.to_uppercase();
    match by_name.or_else(|| nearest(&shouted, catalog.codes())) {
        Some(near) => diagnostic.help(Message::words(format!("did you mean `{near}`?"))),
        None => diagnostic.help(message!("`debt explain` lists the rules")),
    }
}

fn milli_points(points: PointsValue) -> MilliPoints {
    MilliPoints::new(points.0)
}

fn points_by_kind(points: &ConversationPoints) -> [Option<PointsValue>; ConversationKind::ALL.len()] {
    let ConversationPoints { exit_risk, performance, promotion, role, pay, conflict, feedback, other } =
        points;
    ConversationKind::ALL
        .iter()
        .map(|kind| match kind {
            ConversationKind::ExitRisk => *exit_risk,
            ConversationKind::Performance => *performance,
            ConversationKind::Promotion => *promotion,
            ConversationKind::Role => *role,
            ConversationKind::Pay => *pay,
            ConversationKind::Conflict => *conflict,
            ConversationKind::Feedback => *feedback,
            ConversationKind::Other => *other,
        })
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or_default()
}
