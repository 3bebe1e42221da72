//! Titles that say that a date does not take place: calendars put the word in front when one is called off.

use crate::import::lexicon::folded;

/// The words, folded, with which a title may begin.
const WORDS: [&str; 34] = [
    "canceled",
    "cancelled",
    "abgesagt",
    "entfallt",
    "fallt aus",
    "annule",
    "annulee",
    "cancelado",
    "cancelada",
    "anulado",
    "anulada",
    "suspendido",
    "suspendida",
    "annullato",
    "annullata",
    "cancellato",
    "geannuleerd",
    "vervallen",
    "odwolane",
    "odwolano",
    "odwolany",
    "anulowane",
    "anulowano",
    "installt",
    "avbruten",
    "avlyst",
    "aflyst",
    "annulleret",
    "avbokat",
    "desmarcado",
    "annullerad",
    "afgelast",
    "absage",
    "called off",
];
/// The same where no blanks stand between words.
const RUNS: [&str; 7] = ["キャンセル", "取り消し", "取消", "已取消", "中止", "休会", "취소"];

/// Whether a title begins with such a word, and with something that sets it off from what was to take place.
pub(super) fn says(title: &str) -> bool {
    let title = title
        .trim_start()
        .trim_start_matches(['[', '(', '*', '\u{3010}', '\u{FF08}', '\u{FF3B}', '<'])
        .trim_start();
    // Nearly every title ends here, without a copy.
    let Some(end) = title.char_indices().take(24).find(|(_, c)| sets_off(*c)).map(|(at, _)| at) else {
        return false;
    };
    let word = title[..end].trim_end();
    let dash_within = title[end..].starts_with('-') && !title[..end].ends_with(' ');
    if word.is_empty() || dash_within {
        return false;
    }
    if RUNS.iter().any(|run| word.starts_with(run)) {
        return true;
    }
    if word.is_ascii() {
        return WORDS.iter().any(|known| known.eq_ignore_ascii_case(word));
    }
    WORDS.contains(&folded(word).trim())
}

fn sets_off(character: char) -> bool {
    matches!(
        character,
        ':' | '\u{FF1A}'
            | ']'
            | ')'
            | '*'
            | '>'
            | '\u{3011}'
            | '\u{FF09}'
            | '\u{FF3D}'
            | '-'
            | '\u{2013}'
            | '\u{2014}'
    )
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_word_in_front_calls_a_date_off() {
        for yes in [
            "Canceled: Ana / Bo",
            "CANCELLED : 1:1",
            "[Cancelled] Ana / Bo",
            "Cancelled - Ana / Bo",
            "Abgesagt: Ana / Bo",
            "Annulé : Ana / Bo",
            "Odwołano: Ana / Bo",
            "Inställt: Ana / Bo",
            "Aflyst: Ana / Bo",
            "キャンセル済み: アナ",
            "【中止】1on1",
            "已取消: 1对1",
            "취소됨: 1:1",
        ] {
            assert!(says(yes), "{yes}");
        }
        for no in
            ["Ana / Bo", "Cancelled orders: review", "Cancellation policy", "1:1 Ana", "", ":", "取得会"]
        {
            assert!(!says(no), "{no}");
        }
    }
}
