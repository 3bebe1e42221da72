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

/// Longer words than this are no slip of the finger, and comparing them would take time.
const LONGEST: usize = 60;

fn plain(word: &str) -> String {
    word.chars().map(|c| if c == '_' || c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_leaves_strangers() {
        let words = ["squad", "guild", "delivery_owner", "started"];
        assert_eq!(nearest("sqaud", words), Some("squad"));
        assert_eq!(nearest("Delivery-Owner", words), Some("delivery_owner"));
        assert_eq!(nearest("salary", words), None);
        assert_eq!(nearest(&"x".repeat(100_000), words), None);
    }
}
