//! Titles that name two people: `A <> B`, `A / B`.

use super::room::Attendee;

/// The two sides of a title such as `A <> B`, where both are written like names: one or two words with capitals.
fn sides(title: &str) -> Option<(&str, &str)> {
    let (left, right) = ["<>", "\u{2194}", " / ", " x ", " & ", "<->", " - ", " + ", "/"]
        .iter()
        .find_map(|between| title.split_once(between))?;
    let is_name = |side: &str| {
        let words: Vec<&str> = side.split_whitespace().collect();
        (1..=2).contains(&words.len())
            && words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase))
    };
    (is_name(left) && is_name(right)).then_some((left, right))
}

fn words(text: &str) -> Vec<String> {
    let plain = deunicode::deunicode(text).to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect()
}

fn is_known(side: &str, known: &[String]) -> bool {
    words(side).iter().any(|word| {
        known.iter().any(|name| name.starts_with(word.as_str()) || word.starts_with(name.as_str()))
    })
}

fn local(address: &str) -> &str {
    address.split('@').next().unwrap_or_default()
}

/// Whether a title names two, and neither is one of these people.
pub(super) fn names_others(title: &str, people: &[Attendee]) -> bool {
    let Some((left, right)) = sides(title) else { return false };
    let known: Vec<String> = people
        .iter()
        .flat_map(|one| {
            words(one.name.as_deref().unwrap_or_default()).into_iter().chain(words(local(&one.address)))
        })
        .collect();
    !is_known(left, &known) && !is_known(right, &known)
}

/// Whether a title names two, and one of them is whoever has this address.
pub(super) fn names_both(title: &str, own: &str) -> bool {
    let Some((left, right)) = sides(title) else { return false };
    let known = words(local(own));
    is_known(left, &known) != is_known(right, &known)
}
