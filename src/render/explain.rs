//! A rule's page, for a terminal and as Markdown: one text for both.

use crate::base::decimal::thousandths;
use crate::base::points::MilliPoints;
use crate::parse::words::ConversationKind;
use crate::policy::Policy;
use crate::rules::rule::Rule;

/// Replaces `{name}` in a rule's text by the policy's numbers.
fn filled(text: &str, rule: &Rule, principal: MilliPoints, policy: &Policy) -> String {
    let percent = |basis_points: i64| thousandths(basis_points.saturating_mul(10));
    let mut values: Vec<(String, String)> = vec![
        ("principal".into(), thousandths(principal.mp())),
        ("weekly_percent".into(), percent(policy.weekly_bp)),
        ("cap".into(), policy.cap.to_string()),
        ("deferral_percent".into(), percent(policy.deferral_bp)),
        ("max_deferrals".into(), policy.max_deferrals.to_string()),
        ("grace_days".into(), policy.grace_days.to_string()),
        ("max_craft_span".into(), policy.max_craft_span.to_string()),
        ("missed_cap".into(), policy.missed_cap.to_string()),
        ("away_grace_days".into(), policy.away_grace_days.to_string()),
        ("promotion_window_days".into(), policy.promotion_window_days.to_string()),
        ("reopened_window_days".into(), policy.reopened_window_days.to_string()),
        ("context_review_days".into(), policy.context_review_days.to_string()),
        ("track_from_level".into(), policy.track_from_level.to_string()),
    ];
    if rule.code == "D301" {
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
        "## {code} {name}\n\n{what}\n\nGroup: {group}. Subject: {subject}. About {minutes} minutes to resolve.\n\n\
         **Why it is debt.** {why}\n\n**When it fires.** {when}\n\n**What it costs.** {formula}\n\n\
         **What to do.** {remedy}\n\nIt fires here:\n\n```yaml\n{fires}```\n\nand does not here:\n\n```yaml\n{clear}```\n",
        code = rule.code,
        name = rule.name,
        what = fill(page.what),
        group = rule.group.key(),
        subject = rule.asks.subject_type(),
        minutes = rule.minutes,
        why = fill(page.why),
        when = fill(page.when),
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
    paragraph("When it fires", &fill(page.when));
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
