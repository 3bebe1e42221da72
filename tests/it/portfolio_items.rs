//! The items of random portfolios: meetings, what is waiting, promotions, mentorships, acknowledgements, policies.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::portfolios::{Builder, Item, day};

const DELIVERY: [&str; 3] = ["blockers", "commitments", "rating"];
const CRAFT: [&str; 3] = ["skill-depth", "career-lane", "promotion"];
const NEITHER: [&str; 2] = ["wellbeing", "other"];
const KINDS: [&str; 8] =
    ["exit-risk", "performance", "promotion", "role", "pay", "conflict", "feedback", "other"];
const CODES: [(&str, &str); 12] = [
    ("D101", "meeting"),
    ("D104", "meeting"),
    ("D201", "person"),
    ("D204", "person"),
    ("D205", "person"),
    ("D301", "conversation"),
    ("D302", "meeting"),
    ("D404", "portfolio"),
    ("D501", "decision"),
    ("D603", "squad"),
    ("D702", "guild"),
    ("D801", "mentorship"),
];

impl Builder<'_> {
    pub(crate) fn meeting(&mut self, index: usize, made: &mut HashSet<String>) -> Value {
        let mut item = Item::new();
        let kind =
            self.one_of(&["one-on-one", "one-on-one", "one-on-one", "skip-level", "peer", "team", "other"]);
        if kind != "one-on-one" || self.sometimes(3) {
            item.insert("kind".into(), kind.into());
        }
        let owner = self.below(self.people.len());
        item.insert("owner".into(), self.reference(owner));
        let mut id = self.people[owner].clone();
        if kind != "team" && (kind != "other" || self.sometimes(2)) {
            let with = self.somebody_else(owner);
            item.insert("with".into(), self.reference(with));
            id = format!("{id}--{}", self.people[with]);
        }
        self.identify(&mut item, "m", index, made, id);
        self.put(&mut item, "title", 3, Self::text);
        self.put(&mut item, "purpose", 2, |b| b.one_of(&["delivery", "craft", "both"]).into());
        self.put(&mut item, "agenda", 2, |b| {
            let words = b.one_of(&[
                &DELIVERY[..],
                &CRAFT[..],
                &NEITHER[..],
                &["blockers", "standards", "logistics"][..],
            ]);
            b.some_of(words)
        });
        self.put(&mut item, "every", 1, |b| {
            b.one_of(&["weekly", "biweekly", "monthly", "quarterly", "10d", "3w"]).into()
        });
        let since = self.any_day(400, 10);
        self.put(&mut item, "since", 3, |_| Self::date(since));
        self.put(&mut item, "until", 6, |b| Self::date(since + b.any_day(0, 500)));
        self.put(&mut item, "last_held", 1, |b| Self::date(b.any_day(90, 0)));
        self.put(&mut item, "cancelled_in_a_row", 3, |b| b.below(8).into());
        item.into()
    }

    pub(crate) fn conversation(&mut self, index: usize, made: &mut HashSet<String>) -> Value {
        let mut item = Item::new();
        let kind = self.one_of(&KINDS);
        let owner = self.below(self.people.len());
        let with = self.somebody_else(owner);
        let raised = self.any_day(400, 0);
        item.insert("kind".into(), kind.into());
        item.insert("owner".into(), self.reference(owner));
        item.insert("with".into(), self.reference(with));
        item.insert("raised".into(), Self::date(raised));
        let id = format!("{}--{}--{kind}--{}", self.people[owner], self.people[with], day(raised));
        self.identify(&mut item, "c", index, made, id);
        self.put(&mut item, "topic", 4, Self::text);
        let mut promised = raised;
        if self.sometimes(2) {
            promised += self.any_day(0, 60);
            item.insert("due".into(), Self::date(promised));
        }
        self.put(&mut item, "deferred_to", 2, |b| {
            let mut next = promised;
            let dates = (0..b.below(6)).map(|_| {
                next += 1 + b.any_day(0, 30);
                Self::date(next)
            });
            dates.collect()
        });
        let ended = (raised + self.any_day(0, 200)).min(0);
        match self.below(6) {
            4 => drop(item.insert("held".into(), Self::date(ended))),
            5 => {
                drop(
                    item.insert("dropped".into(), json!({"date": Self::date(ended), "reason": self.text()})),
                );
            }
            _ => {}
        }
        item.into()
    }

    pub(crate) fn decision(&mut self, index: usize, _: &mut HashSet<String>) -> Value {
        let mut item = Item::new();
        let raised = self.any_day(400, 0);
        item.insert("id".into(), format!("d{index}").into());
        item.insert("owner".into(), self.anybody());
        item.insert("raised".into(), Self::date(raised));
        self.put(&mut item, "title", 3, Self::text);
        if self.squads > 0 {
            self.put(&mut item, "squad", 2, |b| format!("s{}", b.below(b.squads)).into());
        }
        self.put(&mut item, "due", 2, |b| Self::date(raised + b.any_day(0, 90)));
        if self.sometimes(2) {
            item.insert("closed".into(), Self::date((raised + self.any_day(0, 200)).min(0)));
            self.put(&mut item, "reopened", 2, |b| {
                let mut next = raised - 1;
                let dates = (0..b.below(5)).map(|_| {
                    next += 1 + b.any_day(0, 60);
                    next
                });
                dates.filter(|day| *day <= 0).map(Self::date).collect()
            });
        }
        item.into()
    }

    pub(crate) fn promotion(&mut self, index: usize, made: &mut HashSet<String>) -> Value {
        let mut item = Item::new();
        let person = self.below(self.people.len());
        let decided = self.any_day(500, 0);
        item.insert("person".into(), self.reference(person));
        item.insert("to".into(), self.text());
        item.insert("decided".into(), Self::date(decided));
        let id = format!("{}--{}", self.people[person], day(decided));
        self.identify(&mut item, "r", index, made, id);
        self.put(&mut item, "signed_off_by", 2, Self::anybody);
        self.put(&mut item, "reviewed", 4, |b| Self::date((decided + b.any_day(0, 100)).min(0)));
        item.into()
    }

    pub(crate) fn mentorship(&mut self, index: usize, made: &mut HashSet<String>) -> Value {
        let mut item = Item::new();
        let mentor = self.below(self.people.len());
        let mentee = self.somebody_else(mentor);
        item.insert("mentor".into(), self.reference(mentor));
        item.insert("mentee".into(), self.reference(mentee));
        let id = format!("{}--{}", self.people[mentor], self.people[mentee]);
        self.identify(&mut item, "t", index, made, id);
        self.put(&mut item, "topic", 4, Self::text);
        let since = self.any_day(300, 10);
        self.put(&mut item, "since", 2, |_| Self::date(since));
        self.put(&mut item, "until", 4, |b| Self::date(since + b.any_day(0, 500)));
        item.into()
    }

    pub(crate) fn acknowledgement(&mut self) -> Value {
        let (code, kind) = self.one_of(&CODES);
        let named_on = self.any_day(60, 0);
        let id = self.one_of(&["p0", "p0", "p1", "m0", "s0", "portfolio"]);
        json!({
            "factor": format!("{code}:{kind}:{id}"),
            "reason": self.text(),
            "named_on": Self::date(named_on),
            "through": Self::date(named_on + self.any_day(0, 31)),
        })
    }

    pub(crate) fn policy(&mut self) -> Value {
        let mut policy = Item::new();
        self.put(&mut policy, "principal", 2, |b| {
            let codes: Vec<&str> = CODES.iter().map(|(code, _)| *code).filter(|_| b.sometimes(3)).collect();
            let amounts =
                [json!(0), json!(0.5), json!(2), json!(0.333), json!(7.25), json!(1000), Value::Null];
            codes.into_iter().map(|code| (code.to_owned(), amounts[b.below(amounts.len())].clone())).collect()
        });
        self.put(&mut policy, "conversations", 3, |b| {
            let kinds: Vec<&str> = KINDS.iter().copied().filter(|_| b.sometimes(3)).collect();
            kinds.into_iter().map(|kind| (kind.to_owned(), b.below(9))).collect()
        });
        self.put(
            &mut policy,
            "interest",
            3,
            |b| json!({"weekly_percent": b.one_of(&[0.0, 2.5, 10.01]), "cap": 1 + b.below(9)}),
        );
        self.put(
            &mut policy,
            "fees",
            3,
            |b| json!({"deferral_percent": b.one_of(&[12.5, 100.0]), "max": b.below(6)}),
        );
        for (key, least) in [
            ("grace_days", 0),
            ("max_craft_span", 1),
            ("missed_cap", 2),
            ("away_grace_days", 0),
            ("track_from_level", 0),
            ("promotion_window_days", 1),
            ("reopened_window_days", 1),
            ("context_review_days", 0),
        ] {
            self.put(&mut policy, key, 4, |b| (least + b.below(60)).into());
        }
        self.put(&mut policy, "disable", 4, |b| {
            CODES.iter().filter(|_| b.sometimes(8)).map(|(code, _)| Value::from(*code)).collect()
        });
        self.put(&mut policy, "grades", 4, |_| json!({"a": 1, "b": 2.125, "c": 3}));
        policy.into()
    }
}
