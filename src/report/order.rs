//! The order of rows, as a type. Positions in a portfolio follow the ids as they are written, so rows in that order
//! would tell whoever knows the ids which pseudonym is whose. Only this file makes an `Ordered`, and it sorts by what
//! the rows show; reports hold their rows in nothing else, so a verb or a renderer cannot print another order.

use std::cmp::{Ordering, Reverse};
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::audit::{MissingRow, OneOnOneRow};
use super::forecast::ForecastGroupRow;
use super::history::SumRow;
use super::lines::{Block, LineFactorRow, NamedRow, PersonRow, SetAsideRow, TalkRow, TotalsRow};
use super::outlook::EventRow;
use super::person::{
    AgendaRow, DigestAct, ElsewhereRow, EndingRow, HeldTalk, OpenDecision, OwedTalk, OwnFinding, OwnOneOnOne,
};
use super::plan::{ShareRow, StepRow, TimeRow};
use super::privacy::Privacy;
use super::sensitivity::{ActShare, GroupShare};
use super::speak::Speaker;
use super::tasks::Task;
use super::{ChangedRow, LoosenedRow, Row, TripRow, UnknownRow, WarningRow, WrittenOffRow};
use crate::analysis::effect::rank;
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::Untrusted;
use crate::rules::rule::Group;

/// Rows in an order that tells nothing beyond what they show. Nobody else can put rows into an order of their own:
///
/// ```compile_fail
/// let rows = vec![debt::base::names::Untrusted::new("b"), debt::base::names::Untrusted::new("a")];
/// let mine = debt::report::Ordered(rows);
/// ```
///
/// ```
/// let rows = vec![debt::base::names::Untrusted::new("b"), debt::base::names::Untrusted::new("a")];
/// assert_eq!(debt::report::Ordered::sorted(rows)[0].raw(), "a");
/// ```
#[derive(Clone, Debug)]
pub struct Ordered<T>(Vec<T>);

impl<T> Ordered<T> {
    /// No rows.
    pub const fn none() -> Ordered<T> {
        Ordered(Vec::new())
    }

    /// What is made of each row, in the same order.
    pub(super) fn map<U>(self, make: impl FnMut(T) -> U) -> Ordered<U> {
        Ordered(self.0.into_iter().map(make).collect())
    }

    /// Only the first rows.
    pub(super) fn first(mut self, most: usize) -> Ordered<T> {
        self.0.truncate(most);
        self
    }

    /// Only the rows that are kept, in the same order.
    pub(super) fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }

    /// These rows, and then other ones in their own order.
    pub fn join(&mut self, more: Ordered<T>) {
        self.0.extend(more.0);
    }
}

impl<T: Shown> Ordered<T> {
    /// Rows whose order so far may follow ids: kept where ids are shown, else sorted by what is shown.
    pub(super) fn new(rows: Vec<T>, privacy: &Privacy) -> Ordered<T> {
        if privacy.withholds_text() { Ordered::sorted(rows) } else { Ordered(rows) }
    }

    /// Rows sorted by what they show, whatever the privacy.
    pub fn sorted(mut rows: Vec<T>) -> Ordered<T> {
        rows.sort_by(T::compare);
        Ordered(rows)
    }
}

impl Ordered<Row> {
    /// Rows in the order of their labels, what has none last: for what nobody should take for a ranking.
    pub(super) fn by_label(mut rows: Vec<Row>) -> Ordered<Row> {
        rows.sort_by(|a, b| {
            fn label(row: &Row) -> Option<&Untrusted> {
                row.name.as_ref().or(row.key.as_ref())
            }
            (a.key.is_none(), label(a), &a.key).cmp(&(b.key.is_none(), label(b), &b.key))
        });
        Ordered(rows)
    }
}

impl Ordered<Untrusted> {
    /// Sentences about what was typed, in that order.
    pub(super) fn as_typed(rows: Vec<Untrusted>) -> Ordered<Untrusted> {
        Ordered(rows)
    }
}

impl Ordered<GroupShare> {
    /// Groups by points a person; of two that are equal, where ids are withheld, the one that is shown first.
    pub(super) fn in_rank(mut rows: Vec<GroupShare>, privacy: &Privacy) -> Ordered<GroupShare> {
        if privacy.withholds_text() {
            rows.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.key.cmp(&b.key)));
        }
        Ordered(rows)
    }
}

impl Ordered<DigestAct> {
    /// Acts in the order of the tasks that they are of.
    pub(super) fn of_acts(rows: Vec<DigestAct>) -> Ordered<DigestAct> {
        Ordered(rows)
    }
}

impl Ordered<StepRow> {
    /// Steps in the order in which they are done. A plan decides between equals by how their acts are shown.
    pub(super) fn of_steps(rows: Vec<StepRow>) -> Ordered<StepRow> {
        Ordered(rows)
    }
}

impl<T> Ordered<T> {
    /// Rows of something that is the same in every portfolio, in the order they come in.
    pub(super) fn of_public<K: Public>(rows: Vec<(Option<K>, T)>) -> Ordered<T> {
        Ordered(rows.into_iter().map(|(_, row)| row).collect())
    }

    /// Things behind rows that are yet to be made: by `rank`, then by rule, ties by the id of the subject as it is
    /// shown. Where ids are shown the order is kept.
    pub(super) fn by_subject<R: Ord>(
        mut things: Vec<T>,
        speaker: &Speaker<'_>,
        rank: impl Fn(&T) -> R,
        about: impl Fn(&T) -> (RuleIx, Subject),
    ) -> Ordered<T> {
        if speaker.privacy().withholds_text() {
            things.sort_by_cached_key(|thing| {
                let (rule, subject) = about(thing);
                (rank(thing), rule, speaker.order(subject))
            });
        }
        Ordered(things)
    }
}

/// Positions that are the same in every portfolio, so their order tells nothing.
pub(super) trait Public {}
impl Public for RuleIx {}
impl Public for Group {}

/// A row that can be sorted by what it shows. Two rows that show the same compare as equal and are the same to a
/// reader, so their order tells nothing either.
pub trait Shown {
    /// The order of two rows by nothing but what they show.
    fn compare(&self, other: &Self) -> Ordering;
}

/// Implements `Shown` by a key of borrowed values.
macro_rules! shown {
    ($($row:ty: |$one:ident| $key:expr;)*) => {$(
        impl Shown for $row {
            fn compare(&self, other: &Self) -> Ordering {
                let ours = { let $one = self; $key };
                let theirs = { let $one = other; $key };
                ours.cmp(&theirs)
            }
        }
    )*};
}

shown! {
    Row: |row| (Reverse(row.mp), row.key.is_none(), &row.key, Reverse(row.people), Reverse(row.count));
    ChangedRow: |row| (Reverse((row.to_mp.mp() - row.from_mp.mp()).abs()), &row.id);
    TripRow: |row| (Reverse(row.mp), &row.id);
    LoosenedRow: |row| (row.kind, &row.message);
    WrittenOffRow: |row| (Reverse(row.mp), &row.id);
    UnknownRow: |row| (Reverse(row.count), row.key);
    ForecastGroupRow: |row| (Reverse(row.to_mp), row.key);
    WarningRow: |row| (
        row.code,
        row.location.as_ref().map(|at| (&at.file, at.line, at.column)),
        &row.message,
    );
    MissingRow: |row| (&row.owner_label, &row.owner, &row.with_label, &row.with);
    OneOnOneRow: |row| (
        (row.label, &row.with, &row.owner, &row.every, row.last_held, row.ended),
        (row.cancelled_in_a_row, row.evidence.len(), &row.missing, &row.notes, &row.file, row.line),
    );
    ShareRow: |row| (Reverse(row.mp), &row.id);
    TimeRow: |row| (Reverse(row.mp), &row.id);
    OwnOneOnOne: |row| (&row.with_label, &row.id);
    OwnFinding: |row| (row.code, &row.id);
    OwedTalk: |row| (row.due, row.kind, &row.with, &row.id);
    HeldTalk: |row| (row.held, row.kind, &row.owner);
    AgendaRow: |row| (row.next.is_none(), row.next, &row.with_label, &row.id);
    OpenDecision: |row| (row.due, &row.id);
    EndingRow: |row| (row.through, &row.factor);
    ElsewhereRow: |row| (row.line, row.topic);
    SumRow: |row| (Reverse(row.mp), row.key.is_none(), &row.key);
    EventRow: |row| (row.day, row.kind, &row.what, &row.factor, row.mp);
    Untrusted: |text| text;
    PersonRow: |row| (row.squad.is_none(), &row.squad, &row.id);
    SetAsideRow: |row| &row.id;
    NamedRow: |row| &row.id;
    Block: |block| &block.person.id;
    TalkRow: |row| (row.due, row.kind, &row.owner, &row.with);
    LineFactorRow: |row| (Reverse(row.mp), &row.id);
}

/// In the order of `effect::rank`, ties by the act as it is shown.
impl Shown for Task {
    fn compare(&self, other: &Self) -> Ordering {
        let key = |task: &Task| (task.effect_mp, task.minutes);
        rank(key(self), key(other)).then_with(|| self.act.cmp(&other.act))
    }
}

/// The same.
impl Shown for ActShare {
    fn compare(&self, other: &Self) -> Ordering {
        let key = |act: &ActShare| (act.effect_mp, act.minutes);
        rank(key(self), key(other)).then_with(|| self.act.cmp(&other.act))
    }
}

/// A group of people in an aggregate, before the groups are numbered: only sums, and a pseudonym where there is a key.
pub(super) struct Pooled {
    /// Whether it is one squad or guild, and neither the pool nor what belongs to no group.
    pub(super) named: bool,
    pub(super) row: Row,
}

impl Shown for Pooled {
    fn compare(&self, other: &Self) -> Ordering {
        let sums = |one: &Pooled| (one.row.mp, one.row.people, one.row.count);
        sums(other).cmp(&sums(self)).then_with(|| self.row.key.cmp(&other.row.key))
    }
}

/// A squad in an aggregate of the lines, before the squads are numbered: the largest first, then by what else is shown.
pub(super) struct PooledTotals {
    /// Whether it is one squad, and neither the pool nor the people in none.
    pub(super) named: bool,
    pub(super) row: TotalsRow,
}

impl Shown for PooledTotals {
    fn compare(&self, other: &Self) -> Ordering {
        let sums = |one: &PooledTotals| {
            let row = &one.row;
            (row.people, row.with_delivery_owner, row.with_craft_owner, row.with_two_different)
        };
        sums(other).cmp(&sums(self)).then_with(|| self.row.squad.cmp(&other.row.squad))
    }
}

impl<T> Deref for Ordered<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'o, T> IntoIterator for &'o Ordered<T> {
    type Item = &'o T;
    type IntoIter = std::slice::Iter<'o, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T> IntoIterator for Ordered<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Ordered<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Vec::<T>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}
