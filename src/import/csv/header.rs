//! What a header says: `Employee #`, `employee_id`, `First Name [Required]`, `Worker's Manager` and `上長社員番号` are
//! looked up in the table of words, whole first and then with less and less of their dressing.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::role::Role;
use super::words::{CRAFT_OWNERS, IN_FRONT, MANAGERS, SMALL, WORDS};

/// What a header means, and how far it is from the words of the table: of two headers for one role the nearer is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Meaning {
    /// How much dressing was taken off.
    pub(super) stage: usize,
    /// The place among the words of its role.
    pub(super) rank: usize,
    /// What the column is for.
    pub(super) role: Role,
}

/// The role and rank of each word, written plainly.
static KNOWN: LazyLock<HashMap<String, (Role, usize)>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    let mut rank = 0;
    let mut learn = |word: &str, role: Role| {
        rank += 1;
        for key in [plain(word), loose(word)] {
            known.entry(key).or_insert((role, rank));
        }
    };
    for words in WORDS {
        words.2.iter().for_each(|word| learn(word, words.0));
    }
    for word in MANAGERS {
        learn(word, Role::Manager);
    }
    for word in CRAFT_OWNERS {
        learn(word, Role::CraftOwner);
    }
    known
});

/// Words for a manager and for a craft owner, written plainly, the longest first, so that `line manager` is not cut
/// after `manager`.
static OWNERS: LazyLock<Vec<(String, Role)>> = LazyLock::new(|| {
    let of = |words: &'static [&'static str], role| words.iter().map(move |word| (loose(word), role));
    let mut owners: Vec<_> = of(MANAGERS, Role::Manager).chain(of(CRAFT_OWNERS, Role::CraftOwner)).collect();
    owners.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    owners
});

/// A character of a header without case, accent and width; none for what is no letter and no digit.
fn plain_character(character: char) -> Option<char> {
    let narrow = match u32::from(character) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(character),
        _ => character,
    };
    if narrow.is_ascii() {
        return narrow.is_ascii_alphanumeric().then(|| narrow.to_ascii_lowercase());
    }
    // The accents of Latin letters are often lost or added; other scripts stay as they are.
    if u32::from(narrow) < 0x250 {
        let letter = narrow.is_alphabetic().then(|| deunicode::deunicode_char(narrow)).flatten()?;
        return letter.chars().next().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    }
    narrow.is_alphanumeric().then_some(narrow)
}

/// A column's name without case, accents, blanks and punctuation; `#` and `№` are the word *number*.
pub(super) fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '#' | '\u{2116}' => out.push_str("number"),
            'ß' => out.push_str("ss"),
            other => out.extend(plain_character(other)),
        }
    }
    out
}

/// As `plain`, without small words: `Date de l'entrée` and `Date d'entrée` are one.
fn loose(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '\u{2116}');
    words.map(plain).filter(|word| !SMALL.contains(&word.as_str())).collect()
}

/// A header with one of these is about another address or name than that at work, or about somebody else.
const NOT_WORK: [&str; 22] = [
    "personal",
    "private",
    "privat",
    "priv\u{e9}",
    "perso",
    "home",
    "emergency",
    "spouse",
    "dependent",
    "contact",
    "bank",
    "previous",
    "former",
    "maiden",
    "kana",
    "\u{30ab}\u{30ca}",
    "\u{304b}\u{306a}",
    "\u{30d5}\u{30ea}\u{30ac}\u{30ca}",
    "\u{30e8}\u{30df}",
    "\u{7dca}\u{6025}",
    "\u{4e2a}\u{4eba}",
    "\u{500b}\u{4eba}",
];

/// A way to write a header plainly.
type Write = fn(&str) -> String;

/// What a header means, or nothing that the table knows.
pub(super) fn meaning(header: &str) -> Option<Meaning> {
    let is_other = NOT_WORK.iter().any(|word| header.to_lowercase().contains(word));
    let bare = if is_other { String::new() } else { without_brackets(header) };
    let last =
        if is_other { "" } else { header.rsplit(['>', '|', '.', '/', ':']).next().unwrap_or_default() };
    let stages: [(&str, Write); 5] =
        [(header, plain), (header, loose), (&bare, loose), (inside_brackets(header), plain), (last, loose)];
    for (stage, (text, write)) in stages.into_iter().enumerate() {
        let word = write(text);
        if let Some((role, rank)) = known(&word).or_else(|| without_front(&word)) {
            return Some(Meaning { stage, rank, role });
        }
    }
    None
}

/// A word of the table, or an owner's word with one for an id, an address or a name.
fn known(word: &str) -> Option<(Role, usize)> {
    if word.is_empty() {
        return None;
    }
    KNOWN.get(word).copied().or_else(|| OWNERS.iter().find_map(|(owner, role)| composed(word, owner, *role)))
}

fn composed(word: &str, owner: &str, role: Role) -> Option<(Role, usize)> {
    let rest = match (word.strip_prefix(owner), word.strip_suffix(owner)) {
        (Some(rest), _) | (None, Some(rest)) if !rest.is_empty() => rest,
        _ => return None,
    };
    let rest = rest.strip_prefix('s').filter(|rest| KNOWN.contains_key(*rest)).unwrap_or(rest);
    let (attribute, rank) = KNOWN
        .get(rest)
        .copied()
        .or(matches!(rest, "number" | "no" | "nr" | "nummer").then_some((Role::Id, 0)))?;
    if role == Role::CraftOwner {
        let names = [Role::Id, Role::Name, Role::Email, Role::Dn];
        return names.contains(&attribute).then_some((role, rank));
    }
    let role = match attribute {
        Role::Id | Role::Dn => Role::ManagerId,
        Role::Email => Role::ManagerEmail,
        Role::Name => Role::ManagerName,
        Role::FirstName => Role::ManagerFirstName,
        Role::LastName => Role::ManagerLastName,
        Role::Position => Role::ManagerPosition,
        _ => return None,
    };
    Some((role, rank))
}

/// The word behind one that only says whose it is: `employeefirstname`.
fn without_front(word: &str) -> Option<(Role, usize)> {
    IN_FRONT.iter().find_map(|front| {
        let rest = word.strip_prefix(front)?;
        known(rest).or_else(|| known(rest.strip_prefix('s')?))
    })
}

/// A header without what stands in brackets.
fn without_brackets(header: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0_usize);
    for character in header.chars() {
        match character {
            '[' | '(' | '（' | '【' | '{' => depth += 1,
            ']' | ')' | '）' | '】' | '}' => depth = depth.saturating_sub(1),
            other if depth == 0 => out.push(other),
            _ => {}
        }
    }
    out
}

/// What stands in the first square brackets: `displayName` of `Name [displayName] Required`.
fn inside_brackets(header: &str) -> &str {
    header.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or("", |(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::super::role::Role;
    use super::meaning;

    #[test]
    fn headers_are_understood_in_their_dressing() {
        for (header, role) in [
            ("Employee #", Role::Id),
            ("Empl No", Role::Id),
            ("First", Role::FirstName),
            ("First Name [Required]", Role::FirstName),
            ("Name [displayName] Required", Role::Name),
            ("User name [userPrincipalName] Required", Role::Id),
            ("Status [READ ONLY]", Role::Status),
            ("Worker's Manager", Role::Manager),
            ("Reports To Associate ID", Role::ManagerId),
            ("Reports To Legal Name", Role::ManagerName),
            ("Manager - Work email", Role::ManagerEmail),
            ("Employee > Employment information > Title", Role::Title),
            ("profile.managerId", Role::ManagerId),
            ("Email - Primary Work", Role::Email),
            ("Supervisor Last Name", Role::ManagerLastName),
            ("DOH", Role::Started),
            ("Date d'entrée", Role::Started),
            ("Responsable hiérarchique", Role::Manager),
            ("E-mail du responsable", Role::ManagerEmail),
            ("Responsable fonctionnel", Role::CraftOwner),
            ("Personalnummer Vorgesetzter", Role::ManagerId),
            ("Fachlicher Vorgesetzter", Role::CraftOwner),
            ("Nº empleado", Role::Id),
            ("Fecha de alta", Role::Started),
            ("Data di assunzione", Role::Started),
            ("Datum in dienst", Role::Started),
            ("Direct leidinggevende", Role::Manager),
            ("社員番号", Role::Id),
            ("上長社員番号", Role::ManagerId),
            ("上長（社員番号）", Role::ManagerId),
            ("入社年月日", Role::Started),
            ("直属上级工号", Role::ManagerId),
            ("离职日期", Role::Left),
            ("직속상사", Role::Manager),
            ("Dotted Line Manager", Role::CraftOwner),
            ("Dotted-line manager's email", Role::CraftOwner),
            ("Chapter", Role::Guild),
        ] {
            assert_eq!(meaning(header).map(|meaning| meaning.role), Some(role), "{header}");
        }
        for header in [
            "Salary",
            "State",
            "Manager Title",
            "Is Manager",
            "HR",
            "Marital Status",
            "",
            "Notes",
            "Hiring Manager",
            "Company Name",
            "Previous Manager",
            "Email (Personal)",
            "Emergency Contact: Name",
            "姓（カナ）",
            "Manager's Manager",
            "Skip-level manager",
            "Department Manager",
        ] {
            assert_eq!(meaning(header), None, "{header}");
        }
    }
}
