//! A rule's page, for a terminal and as Markdown: one text for both.

use crate::base::decimal::thousandths;
use crate::base::points::MilliPoints;
use crate::policy::{Policy, SETTINGS};
use crate::records::words::ConversationKind;
use crate::rules::REGISTRY;
use crate::rules::rule::{Cost, Rule};
use crate::source::Code;

/// The terms that the pages use, in the order in which they build on each other.
const TERMS: [(&str, &str); 8] = [
    (
        "active",
        "A person who has started, has not left and is not on a long leave. A meeting or mentorship that has begun, is not over, and has only active people in it.",
    ),
    (
        "scored",
        "A person who is active and not external. A person with a delivery owner is not external. The members of a squad or guild are its scored people.",
    ),
    (
        "delivery owner",
        "The person named in `delivery_owner`, otherwise the lead of the person's squad. A lead's own delivery owner is the person that the squad escalates to.",
    ),
    (
        "craft owner",
        "The person named in `craft_owner`, otherwise the lead of the person's guild unless that is the same person.",
    ),
    ("rater", "The person named in `rated_by`, otherwise the delivery owner."),
    (
        "in scope",
        "A line that the rules ask about. A line is in scope unless it is `exempt`. The craft line of a person who leads a guild of others is in scope only if they have a `craft_owner`.",
    ),
    (
        "1:1",
        "An active one-on-one with a scored person, or another meeting (except a team meeting) that their delivery or craft owner holds with them.",
    ),
    (
        "jobs",
        "What a 1:1 is for, by its `purpose` and the topics of its agenda together: delivery, craft or both.",
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
pub fn list_of_terms(width: usize) -> String {
    let mut out = String::from("terms\n");
    for (term, meaning) in TERMS {
        for (index, line) in wrapped(meaning, width.saturating_sub(18)).into_iter().enumerate() {
            let term = if index == 0 { term } else { "" };
            out.push_str(&format!("  {term:<15} {line}\n"));
        }
    }
    out
}

/// The rules in the same exclusive group, which a reader of one page could not know.
fn in_exclusive_group(rule: &Rule) -> Option<String> {
    let rules = REGISTRY.iter().find(|rules| rules.iter().any(|one| one.code == rule.code))?;
    let codes: Vec<&str> = rules.iter().map(|rule| rule.code).collect();
    let (last, others) = codes.split_last().filter(|(_, others)| !others.is_empty())?;
    let subject = rule.subject_type();
    Some(format!(
        " At most one of {} and {last} is reported per {subject}: the first that fires.",
        others.join(", ")
    ))
}

/// `1 point`, `0.5 points`.
fn points(amount: MilliPoints) -> String {
    let noun = if amount == MilliPoints::new(1_000) { "point" } else { "points" };
    format!("{} {noun}", thousandths(amount.mp()))
}

/// Replaces `{name}` in a rule's text by the policy's numbers.
pub(super) fn filled(text: &str, rule: &Rule, principal: MilliPoints, policy: &Policy) -> String {
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
    format!(
        "## {code} {name}\n\n{what}\n\nGroup: {group}. Subject: {subject}. {minutes}.\n\n\
         **Why it is debt.** {why}\n\n**When it fires.** {when}\n\n**What it costs.** {formula}\n\n\
         **What to do.** {remedy}\n\nIt fires here:\n\n```yaml\n{fires}```\n\nand does not here:\n\n```yaml\n{clear}```\n",
        code = rule.code,
        name = rule.name,
        what = fill(page.what),
        group = rule.group.key(),
        subject = rule.subject_type(),
        minutes = match rule.minutes {
            0 => "Only time resolves it".to_owned(),
            minutes => format!("About {minutes} minutes to resolve"),
        },
        why = fill(page.why),
        when = when_text(rule, principal, policy),
        formula = fill(page.formula),
        remedy = fill(page.remedy),
        fires = page.fires,
        clear = page.clear,
    )
}

/// When a rule fires, with what its exclusive group makes of that.
pub(super) fn when_text(rule: &Rule, principal: MilliPoints, policy: &Policy) -> String {
    filled(rule.page.when, rule, principal, policy) + &in_exclusive_group(rule).unwrap_or_default()
}

/// When a rule fires, for a terminal, wrapped to a width and two columns in.
pub fn when(rule: &Rule, principal: MilliPoints, policy: &Policy, width: usize) -> String {
    let lines = wrapped(&when_text(rule, principal, policy), width.saturating_sub(4));
    let mut out = "  When it fires\n".to_owned();
    for line in &lines {
        out.push_str(&format!("    {line}\n"));
    }
    out
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
    paragraph("When it fires", &when_text(rule, principal, policy));
    paragraph("What it costs", &fill(page.formula));
    let takes = match rule.minutes {
        0 => String::new(),
        minutes => format!(" About {minutes} minutes."),
    };
    paragraph("What to do", &(fill(page.remedy) + &takes));
    let indented = |text: &str| {
        let lines =
            text.lines().map(|line| if line.is_empty() { line.to_owned() } else { format!("    {line}") });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    out.push_str(&format!("It fires here\n\n{}\n", indented(page.fires)));
    out.push_str(&format!("and does not here\n\n{}", indented(page.clear)));
    out
}

/// What the code of an error or warning means, with an example and what to do.
pub fn of_code(code: Code, width: usize) -> String {
    let page = code.page();
    let mut out = format!("{code}\n\n");
    for text in [page.meaning, &format!("Example: {}", page.message(code)), page.fix] {
        for line in wrapped(text, width.saturating_sub(2)) {
            out.push_str(&format!("  {line}\n"));
        }
    }
    out
}

/// Words put into lines of at most this many characters.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
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
