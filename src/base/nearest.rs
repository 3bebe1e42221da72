//! The valid word that somebody most likely meant.

/// The nearest of `words` to `typed`: at most a third of the letters off, swaps and case counted mildly.
/// Ties go to the word that comes first.
pub fn nearest<'a>(typed: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(typed);
    let length = wanted.chars().count();
    if length > LONGEST {
        return None;
    }
    let allowed = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for word in words {
        if word.len().abs_diff(typed.len()) > allowed.saturating_add(typed.len() / 2) {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &plain(word));
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

/// What other tools and people call a thing that has another word here. A key can mean several; the first that fits
/// the place counts.
const OTHER_WORDS: &[(&str, &[&str])] = &[
    ("start", &["started", "since", "from"]),
    ("start-date", &["started", "since", "from"]),
    ("hired", &["started"]),
    ("joined", &["started"]),
    ("end", &["left", "until", "through"]),
    ("end-date", &["left", "until"]),
    ("expires", &["through"]),
    ("leave", &["away"]),
    ("absence", &["away"]),
    ("leaves", &["away"]),
    ("manager", &["delivery_owner", "officer"]),
    ("reports-to", &["delivery_owner"]),
    ("team", &["squad"]),
    ("chapter", &["guild"]),
    ("teams", &["squads"]),
    ("chapters", &["guilds"]),
    ("employees", &["people"]),
    ("persons", &["people"]),
    ("members", &["people"]),
    ("frequency", &["every"]),
    ("cadence", &["every"]),
    ("last", &["last_held"]),
    ("topics", &["agenda"]),
    ("type", &["kind"]),
    ("postponed-to", &["deferred_to"]),
    ("pushed-to", &["deferred_to"]),
    ("1:1", &["one-on-one"]),
    ("1-1", &["one-on-one"]),
    ("1on1", &["one-on-one"]),
    ("1:1s", &["meetings"]),
    ("1on1s", &["meetings"]),
    ("one-on-ones", &["meetings"]),
    ("talks", &["conversations"]),
    ("acks", &["acknowledgements"]),
    ("fired", &["dismissed"]),
    ("quit", &["resigned"]),
    ("ic", &["warrant"]),
];

/// The word that somebody most likely meant: another word for it, one that begins like it, or the nearest.
pub fn meant<'a>(typed: &str, words: &[&'a str]) -> Option<&'a str> {
    let wanted = plain(typed);
    let others = OTHER_WORDS.iter().find(|(other, _)| *other == wanted).map_or(&[][..], |(_, ours)| ours);
    let by_other_word = others.iter().find_map(|ours| words.iter().find(|word| *word == ours));
    by_other_word.copied().or_else(|| nearest(typed, words.iter().copied())).or_else(|| begun(&wanted, words))
}

/// The only word that begins with what was typed, where that is more than a few letters.
fn begun<'a>(wanted: &str, words: &[&'a str]) -> Option<&'a str> {
    let mut begin_so = words.iter().filter(|word| {
        wanted.len() >= ENOUGH && word.len() > wanted.len() && plain(word).starts_with(wanted)
    });
    begin_so.next().filter(|_| begin_so.next().is_none()).copied()
}

/// This many letters say which word was begun.
const ENOUGH: usize = 4;

/// Longer words than this are no slip of the finger, and comparing them would take time.
const LONGEST: usize = 60;

fn plain(word: &str) -> String {
    word.chars().map(|c| if c == '_' || c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{meant, nearest};

    #[test]
    fn knows_other_words_and_beginnings() {
        assert_eq!(meant("start", &["id", "started"]), Some("started"));
        assert_eq!(meant("Start_Date", &["since", "until"]), Some("since"));
        assert_eq!(meant("deferred", &["due", "deferred_to"]), Some("deferred_to"));
        assert_eq!(meant("escalates", &["escalates_to", "id"]), Some("escalates_to"));
        assert_eq!(meant("lev", &["leverage"]), None);
    }

    #[test]
    fn finds_slips_and_leaves_strangers() {
        let words = ["squad", "guild", "delivery_owner", "started"];
        assert_eq!(nearest("sqaud", words), Some("squad"));
        assert_eq!(nearest("Delivery-Owner", words), Some("delivery_owner"));
        assert_eq!(nearest("salary", words), None);
        assert_eq!(nearest(&"x".repeat(100_000), words), None);
    }
}
