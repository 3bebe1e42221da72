//! `markdown`: what somebody can do this week. Nothing at all where nothing has changed.

use std::io::{self, Write};

use super::super::escape::markdown;
use super::super::own::{OwnView, name};
use super::super::table::parts::{duration, one_decimal};
use super::super::words::shortened;
use crate::base::names::Untrusted;
use crate::report::person::{DigestReport, OwnFinding};

/// A heading with its lines; each escapes names and texts as `say` does.
pub(super) type Part = (String, Vec<String>);

/// Everything that a digest says.
pub(super) fn parts(digest: &DigestReport, say: &dyn Fn(&Untrusted) -> String) -> Vec<Part> {
    let finding = |row: &OwnFinding| {
        let who = row.owner_label.as_ref().map(|who| format!(" ({})", say(who))).unwrap_or_default();
        format!("{}{who}", say(&row.words))
    };
    let mut all = Vec::new();
    if let Some(changed) = &digest.changed {
        let mut lines: Vec<String> =
            changed.new.iter().map(|row| format!("New: {}", say(&row.words))).collect();
        if changed.gone > 0 {
            lines.push(format!(
                "Gone: {}",
                crate::base::message::counted(
                    i64::try_from(changed.gone).unwrap_or(i64::MAX),
                    "finding",
                    "findings"
                )
            ));
        }
        all.push((format!("Since {}", changed.since.in_full()), lines));
    }
    let acts = digest.acts.iter().map(|act| {
        let effect = one_decimal(act.effect_mp.mp());
        format!("{} ({effect} points, {})", say(&act.what), duration(act.minutes))
    });
    let mut acts: Vec<String> = acts.collect();
    if digest.more > 0 {
        acts.push(format!("and {} more: debt plan --owner {}", digest.more, say(&digest.owner.id)));
    }
    all.push(("What you can do".to_owned(), acts));
    all.push(("What others can do for you".to_owned(), digest.from_others.iter().map(finding).collect()));
    all.retain(|(_, lines)| !lines.is_empty());
    all
}

/// `Your week in Northquay Payments, 20 November 2026`.
pub(super) fn title(digest: &DigestReport, say: &dyn Fn(&Untrusted) -> String) -> String {
    format!("Your week in {}, {}", say(&name(&digest.head)), digest.head.as_of.in_full())
}

pub(super) fn render(digest: &DigestReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    if digest.is_empty() {
        return Ok(());
    }
    let say = |text: &Untrusted| markdown(&shortened(text.raw()));
    let mut text = format!("# {}\n\nFor {} alone.\n", title(digest, &say), say(&digest.owner.label));
    for (heading, lines) in parts(digest, &say) {
        text.push_str(&format!("\n## {heading}\n\n"));
        for line in lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    to.write_all(text.as_bytes())
}
