//! A rule's page, for a terminal and as Markdown: one text for both.

use crate::base::decimal::thousandths;
use crate::base::points::MilliPoints;
use crate::policy::{Policy, SETTINGS};
use crate::records::words::ConversationKind;
use crate::rules::REGISTRY;
use crate::rules::rule::{Cost, Rule};

/// The terms that the pages use, in the order in which they build on each other.
const TERMS: [(&str, &str); 8] = [
    (
        "active",
        "Started, not left, and not on a long leave. A meeting or mentorship: begun, not over, and everybody in it is active.",
    ),
    (
        "scored",
        "Active and not external; whoever has a delivery owner here is not external. Members of a squad or guild are those of its people who are scored.",
    ),
    (
        "delivery owner",
        "A person's `delivery_owner`; else the lead of their squad; for that lead, and for a lead without a squad, whom the squad escalates to.",
    ),
    ("craft owner", "A person's `craft_owner`; else the lead of their guild, unless that is themselves."),
    ("rater", "A person's `rated_by`; else their delivery owner."),
    (
        "looked at",
        "A line of a person is looked at unless it is `exempt`. The craft line of whoever leads a guild of others ends there, and is looked at only where they have a `craft_owner`.",
    ),
    (
        "1:1",
        "An active meeting with a scored person: a one-on-one, or of another kind (but not a team meeting) with their delivery or craft owner.",
    ),
    (
        "jobs",
        "What a 1:1 tries to do: delivery, craft or both, by its `purpose` and by the topics of its agenda together.",
    ),
];

/// The terms as Markdown.
pub fn terms_as_markdown() -> String {
    let mut out = String::from("## Terms\n\n");
    for (term, meaning) in TERMS {
        out.push_str(&format!("- **{term}**: {meaning}\n"));
    }
    out
}

/// The terms for a terminal, wrapped to a width.
pub fn terms(width: usize) -> String {
    let mut out = String::from("terms\n");
    for (term, meaning) in TERMS {
        for (index, line) in wrapped(meaning, width.saturating_sub(18)).into_iter().enumerate() {
            let term = if index == 0 { term } else { "" };
            out.push_str(&format!("  {term:<15} {line}\n"));
        }
    }
    out
}

/// Which rules share a box with this one: what a reader of one page could not know.
fn in_one_box(rule: &Rule) -> Option<String> {
    let rules = REGISTRY.iter().find(|rules| rules.iter().any(|one| one.code == rule.code))?;
    let codes: Vec<&str> = rules.iter().map(|rule| rule.code).collect();
    let (last, others) = codes.split_last().filter(|(_, others)| !others.is_empty())?;
    let subject = rule.subject_type();
    Some(format!(
        " At most one of {} and {last} for each {subject}: the first that fires.",
        others.join(", ")
    ))
}

/// `1 point`, `0.5 points`.
fn points(amount: MilliPoints) -> String {
    let noun = if amount == MilliPoints::new(1_000) { "point" } else { "points" };
    format!("{} {noun}", thousandths(amount.mp()))
}

/// Replaces `{name}` in a rule's text by the policy's numbers.
fn filled(text: &str, rule: &Rule, principal: MilliPoints, policy: &Policy) -> String {
    let mut values: Vec<(String, String)> = vec![("points".into(), points(principal))];
    for setting in SETTINGS {
        // By the key, and by the name that is its own where the key is `max`.
        let shown = setting.shown(setting.get(policy));
        let key = setting.key.rsplit('.').next().unwrap_or(setting.key);
        values.extend([(setting.name.to_owned(), shown.clone()), (key.to_owned(), shown)]);
    }
    if rule.cost == Cost::ByKind {
        let kinds = ConversationKind::ALL.iter();
        values
            .extend(kinds.map(|kind| (kind.word().to_owned(), thousandths(policy.conversation(*kind).mp()))));
    }
    values
        .into_iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), &value))
}

/// The page of a rule as Markdown, under a heading of the second level.
pub fn markdown(rule: &Rule, principal: MilliPoints, policy: &Policy) -> String {
    let fill = |text| filled(text, rule, principal, policy);
    let page = &rule.page;
    let when = fill(page.when) + &in_one_box(rule).unwrap_or_default();
    format!(
        "## {code} {name}\n\n{what}\n\nGroup: {group}. Subject: {subject}. About {minutes} minutes to resolve.\n\n\
         **Why it is debt.** {why}\n\n**When it fires.** {when}\n\n**What it costs.** {formula}\n\n\
         **What to do.** {remedy}\n\nIt fires here:\n\n```yaml\n{fires}```\n\nand does not here:\n\n```yaml\n{clear}```\n",
        code = rule.code,
        name = rule.name,
        what = fill(page.what),
        group = rule.group.key(),
        subject = rule.subject_type(),
        minutes = rule.minutes,
        why = fill(page.why),
        when = when,
        formula = fill(page.formula),
        remedy = fill(page.remedy),
        fires = page.fires,
        clear = page.clear,
    )
}

/// The page of a rule for a terminal, wrapped to a width.
pub fn plain(rule: &Rule, principal: MilliPoints, policy: &Policy, width: usize) -> String {
    let fill = |text| filled(text, rule, principal, policy);
    let page = &rule.page;
    let mut out = format!("{} {}\n\n", rule.code, rule.name);
    let mut paragraph = |title: &str, text: &str| {
        if !title.is_empty() {
            out.push_str(title);
            out.push('\n');
        }
        let indent = if title.is_empty() { "" } else { "  " };
        for line in wrapped(text, width.saturating_sub(indent.len())) {
            out.push_str(indent);
            out.push_str(&line);
            out.push('\n');
        }
        out.push('\n');
    };
    paragraph("", &fill(page.what));
    paragraph("Why it is debt", &fill(page.why));
    paragraph("When it fires", &(fill(page.when) + &in_one_box(rule).unwrap_or_default()));
    paragraph("What it costs", &fill(page.formula));
    paragraph("What to do", &format!("{} About {} minutes.", fill(page.remedy), rule.minutes));
    let indented = |text: &str| {
        let lines =
            text.lines().map(|line| if line.is_empty() { line.to_owned() } else { format!("    {line}") });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    out.push_str(&format!("It fires here\n\n{}\n", indented(page.fires)));
    out.push_str(&format!("and does not here\n\n{}", indented(page.clear)));
    out
}

/// Words put into lines of at most so many characters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut();
        match last {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
