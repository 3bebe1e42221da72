//! What is invited and is nobody: rooms that a calendar lists like people, and bots that take notes.

/// Words with which the address or the name of a room begins.
const ROOMS: [&str; 14] = [
    "meetingroom",
    "meeting-room",
    "meeting room",
    "conferenceroom",
    "conference-room",
    "conference room",
    "conf-room",
    "confroom",
    "besprechungsraum",
    "meetingraum",
    "boardroom",
    "board-room",
    "zoomroom",
    "room",
];
/// The same for words that are surnames too: a number must follow.
const NUMBERED_ROOMS: [&str; 9] =
    ["raum", "salle", "sala", "zaal", "rum", "lokale", "mr", "vergaderzaal", "kamer"];

/// Services that sit in a call and take notes, by the domain that they come from.
const BOT_DOMAINS: [&str; 18] = [
    "fireflies.ai",
    "otter.ai",
    "fathom.video",
    "read.ai",
    "tldv.io",
    "avoma.com",
    "gong.io",
    "grain.com",
    "grain.co",
    "fellow.app",
    "fellow.co",
    "krisp.ai",
    "meetgeek.ai",
    "sembly.ai",
    "supernormal.com",
    "airgram.io",
    "circleback.ai",
    "granola.ai",
];
const BOT_WORDS: [&str; 9] = [
    "notetaker",
    "note taker",
    "note-taker",
    "notetaking",
    "meeting assistant",
    "meetingbot",
    "meeting bot",
    "recorder bot",
    "transcription bot",
];

/// Whether it is a room although nothing marks it as one.
pub(super) fn is_room(address: &str, name: Option<&str>) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    names_room(local) || name.is_some_and(|name| names_room(&name.to_lowercase()))
}

fn names_room(text: &str) -> bool {
    let rest_of = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
    let is_number =
        |rest: &str| rest.trim_start_matches(['-', '_', '.', ' ']).starts_with(|c: char| c.is_ascii_digit());
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with(|c: char| !c.is_alphabetic());
    rest_of(&ROOMS).is_some_and(ends_word) || rest_of(&NUMBERED_ROOMS).is_some_and(is_number)
}

/// Whether it takes notes and is nobody.
pub(super) fn is_bot(address: &str, name: Option<&str>) -> bool {
    let (local, domain) = address.split_once('@').unwrap_or((address, ""));
    let is_of = |service: &str| {
        domain == service || domain.strip_suffix(service).is_some_and(|rest| rest.ends_with('.'))
    };
    let says = |text: &str| BOT_WORDS.iter().any(|word| text.contains(word));
    BOT_DOMAINS.iter().any(|service| is_of(service))
        || says(local)
        || name.is_some_and(|name| says(&name.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{is_bot, is_room};

    #[test]
    fn rooms_and_bots_are_nobody() {
        for room in
            ["room7@x.org", "room-berlin@x.org", "sala-3@x.org", "conference-room-a@x.org", "raum.12@x.org"]
        {
            assert!(is_room(room, None), "{room}");
        }
        assert!(is_room("c4@x.org", Some("Room 4")) && is_room("c4@x.org", Some("Meeting Room Oslo")));
        for person in ["roomy@x.org", "sala.maria@x.org", "ana.room@x.org", "raumer@x.org"] {
            assert!(!is_room(person, Some("Maria Sala")), "{person}");
        }
        assert!(is_bot("fred@fireflies.ai", None) && is_bot("x@eu.otter.ai", None));
        assert!(is_bot("assistant@x.org", Some("Bo's Notetaker")));
        assert!(!is_bot("fred@x.org", Some("Fred Otter")));
    }
}
