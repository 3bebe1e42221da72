//! Names as people and systems write them: `Bo Lind`, `Lind, Bo`, `Bo Lind (2)`, `Bo Lind <bo@corp.example>`,
//! `CN=Bo Lind,OU=Eng,DC=corp`. Two ways of writing one name have the same key.

/// A name as it is compared: lower case, without accents, single blanks, nothing in brackets.
pub(super) fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in without_brackets(name).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for character in word.chars() {
            // Systems drop the accents of Latin letters; other scripts stay as they are.
            match deunicode::deunicode_char(character)
                .filter(|_| u32::from(character) < 0x250 && !character.is_ascii())
            {
                Some(plain) => out.extend(plain.chars().map(|c| c.to_ascii_lowercase())),
                None => out.extend(character.to_lowercase()),
            }
        }
    }
    out
}

/// The keys by which a name may be known: as it stands, then with its parts in another order.
pub(super) fn keys(name: &str) -> Vec<String> {
    let whole = key(name);
    let mut keys = Vec::with_capacity(4);
    if let Some((last, first)) = whole.split_once(',') {
        keys.push(format!("{} {}", first.trim(), last.trim()).trim().to_owned());
    } else {
        let words: Vec<&str> = whole.split(' ').collect();
        if let [first, .., last] = words[..] {
            let (head, tail) = (words[..words.len() - 1].join(" "), words[1..].join(" "));
            keys.push(format!("{last} {head}"));
            keys.push(format!("{tail} {first}"));
        }
        // Names of China, Japan and Korea are written with and without a blank.
        if is_cjk(&whole) {
            keys.push(words.concat());
        }
    }
    keys.insert(0, whole);
    keys.dedup();
    keys
}

/// Whether a text is written in Han characters, kana or hangul.
pub(super) fn is_cjk(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(
            |c| matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF),
        )
}

/// A given and a family name in the order in which the script has them.
pub(super) fn joined(first: &str, infix: &str, last: &str) -> String {
    let parts = if is_cjk(first) && is_cjk(last) { [last, "", first] } else { [first, infix, last] };
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// A name and what stands in round brackets at its end: `Bo Lind (2)`, `Bo Lind (On Leave)`.
pub(super) fn with_note(name: &str) -> (&str, Option<&str>) {
    let trimmed = name.trim();
    let open =
        trimmed.strip_suffix([')', '）']).and_then(|rest| rest.rfind(['(', '（']).map(|at| (rest, at)));
    match open {
        Some((rest, at)) if at > 0 => {
            let width = rest[at..].chars().next().map_or(1, char::len_utf8);
            (rest[..at].trim_end(), Some(rest[at + width..].trim()))
        }
        _ => (trimmed, None),
    }
}

fn without_brackets(name: &str) -> &str {
    let mut rest = name;
    while let (shorter, Some(_)) = with_note(rest) {
        rest = shorter;
    }
    rest
}

/// The texts inside a reference to somebody that may be an id, an address or a name by themselves.
pub(super) fn pieces(written: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    if let Some(name) = common_name(written) {
        pieces.push(name);
    }
    if let Some((name, rest)) = written.split_once('<')
        && let Some((inside, _)) = rest.split_once('>')
    {
        pieces.extend([inside.trim().to_owned(), name.trim().trim_matches('"').to_owned()]);
    }
    if let (name, Some(note)) = with_note(written) {
        pieces.extend([note.to_owned(), name.to_owned()]);
    }
    for delimiter in [" - ", " | ", " / ", ": ", ";#"] {
        if let Some((one, other)) = written.split_once(delimiter) {
            pieces.extend([one.trim().to_owned(), other.trim().to_owned()]);
        }
    }
    // `00002 Bo Lind`
    if let Some((number, name)) = written.trim().split_once(' ')
        && number.bytes().all(|byte| byte.is_ascii_digit())
    {
        pieces.extend([number.to_owned(), name.trim().to_owned()]);
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// The name in a distinguished name, its escapes taken out.
fn common_name(written: &str) -> Option<String> {
    let trimmed = written.trim();
    let is_dn = trimmed
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("cn=") || start.eq_ignore_ascii_case("uid"));
    let (_, rest) = trimmed.split_once('=').filter(|_| is_dn)?;
    let mut name = String::new();
    let mut characters = rest.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => name.extend(characters.next()),
            ',' => break,
            other => name.push(other),
        }
    }
    Some(name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{joined, key, keys, pieces, with_note};

    #[test]
    fn ways_of_writing_a_name_meet() {
        let met = |one: &str, other: &str| keys(one).iter().any(|one| *one == key(other));
        for written in ["Bo Lind", "Lind, Bo", "bo  LIND (2)", "Lind Bo", "Bo Lind (On Leave)", "Bö Lïnd"] {
            assert!(met(written, "Bo Lind"), "{written}");
        }
        assert!(
            met("Van der Berg Anna", "Anna Van der Berg") && met("Anna Van der Berg", "Anna van der Berg")
        );
        assert!(keys("佐藤 花子").contains(&"佐藤花子".to_owned()));
        assert!(!met("Bo Lind", "Bo Lindt") && !met("Bo", "Bo Lind"));
    }

    #[test]
    fn references_are_taken_apart() {
        assert!(pieces("CN=Lind\\, Bo,OU=Eng,DC=corp").contains(&"Lind, Bo".to_owned()));
        assert!(pieces("Bo Lind <bo@corp.example>").contains(&"bo@corp.example".to_owned()));
        assert!(pieces("002 - Bo Lind").contains(&"002".to_owned()));
        assert!(pieces("002 Bo Lind").contains(&"Bo Lind".to_owned()));
        assert_eq!(with_note("Bo Lind (2)"), ("Bo Lind", Some("2")));
        assert_eq!(with_note("(2)"), ("(2)", None));
        assert_eq!(joined("太郎", "", "田中"), "田中 太郎");
        assert_eq!(joined("Anna", "van der", "Berg"), "Anna van der Berg");
    }
}
