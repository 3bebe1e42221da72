//! The readers that are compared: this crate's, and what else there is to read YAML with.

mod records;
mod typed;

/// A way to read a text: how many items or events it found, or what is wrong in its own words.
type Reader = fn(&str) -> Result<usize, String>;

/// Every reader by name.
pub(crate) const READERS: [(&str, Reader); 6] = [
    ("debt", records::read),
    ("debt-trees", records::trees),
    ("granit-parser-events", granit_events),
    ("saphyr-parser-events", saphyr_events),
    ("serde-saphyr-typed", typed::serde_saphyr),
    ("yaml_serde-typed", typed::yaml_serde),
];

fn granit_events(text: &str) -> Result<usize, String> {
    let mut events = 0;
    let options = granit_parser::options! { emit_comments: false };
    for event in granit_parser::Parser::new_from_str_with_options(text, options) {
        event.map_err(|error| error.to_string())?;
        events += 1;
    }
    Ok(events)
}

fn saphyr_events(text: &str) -> Result<usize, String> {
    let mut events = 0;
    for event in saphyr_parser::Parser::new_from_str(text) {
        event.map_err(|error| error.to_string())?;
        events += 1;
    }
    Ok(events)
}
