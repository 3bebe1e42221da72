//! A policy from its text, or from the `policy` key of a portfolio.

use super::Policy;
use crate::base::catalog::Catalog;
use crate::base::nearest::nearest;
use crate::base::points::MilliPoints;
use crate::records::policy::{ConversationPoints, GradesRecord, PointsValue, PolicyRecord};
use crate::records::read;
use crate::records::words::ConversationKind;
use crate::source::{Diagnostic, Diagnostics, FileIx, Mark, Place, Said, Step, said};
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::{Kind, Node};

/// A policy from a file of its own.
pub fn from_text(text: &str, file: FileIx, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Policy {
    let mut whole = WholeDocument { entries: Vec::new(), key: None, file, diagnostics };
    if let Err(fault) = document::read(text, &mut whole) {
        // A policy that says nothing is the default one.
        if fault.code != "empty" {
            diagnostics.push(fault.diagnose(file));
        }
        return Policy::defaults(catalog);
    }
    let node = Node { kind: Kind::Map(whole.entries), mark: Mark { line: 1, column: 1 }, length: 1 };
    from_node(node, file, catalog, diagnostics)
}

/// A policy from its tree. What is wrong in it is left at the default, and reported.
pub fn from_node(node: Node<'_>, file: FileIx, catalog: &Catalog, diagnostics: &mut Diagnostics) -> Policy {
    let tree = node.clone();
    let Some(record) = read::record::<PolicyRecord<'_>>(node, file, diagnostics) else {
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
            let message = Said::words(format!("grades must rise from a to d; they are {now}"));
            self.diagnostics.push(Diagnostic::error("wrong-order", message, place));
        }
    }
}

/// A code that no rule has, with the nearest; a rule's name is understood too.
pub fn unknown_rule(code: &str, catalog: &Catalog, place: Place) -> Diagnostic {
    let message = said!["no rule has the code \u{201C}", code.to_owned(), "\u{201D}"];
    let diagnostic = Diagnostic::error("unknown-rule", message, place);
    let by_name = catalog.0.iter().find(|entry| entry.name == code).map(|entry| entry.code);
    let shouted = code.to_uppercase();
    match by_name.or_else(|| nearest(&shouted, catalog.codes())) {
        Some(near) => diagnostic.help(Said::words(format!("did you mean `{near}`?"))),
        None => diagnostic.help(said!["`debt explain` lists the rules"]),
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

/// Collects a small document into one tree.
struct WholeDocument<'t, 'f> {
    entries: Vec<(Node<'t>, Node<'t>)>,
    key: Option<Node<'t>>,
    file: FileIx,
    diagnostics: &'f mut Diagnostics,
}

impl<'t> Consumer<'t> for WholeDocument<'t, '_> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        self.key = Some(key.clone());
        Shape::Value
    }
    fn item(&mut self, node: Node<'t>) {
        self.value(node);
    }
    fn value(&mut self, node: Node<'t>) {
        self.entries.extend(self.key.take().map(|key| (key, node)));
    }
    fn fault(&mut self, fault: Fault) {
        self.diagnostics.push(fault.diagnose(self.file));
    }
}
