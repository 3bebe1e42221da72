//! Addresses, names and words of calendars, each once: the same few stand in most events.

use std::collections::HashMap;
use std::rc::Rc;

/// Texts, each with the number of events in which it is a person's address.
#[derive(Debug, Default)]
pub(super) struct Texts(HashMap<Rc<str>, u32>);

impl Texts {
    /// The single stored copy of a text.
    pub(super) fn once(&mut self, text: &str) -> Rc<str> {
        if let Some((known, _)) = self.0.get_key_value(text) {
            return Rc::clone(known);
        }
        let new: Rc<str> = Rc::from(text);
        self.0.insert(Rc::clone(&new), 0);
        new
    }

    /// Counts an event in which this is the address of somebody.
    pub(super) fn count(&mut self, address: &str) {
        if let Some(count) = self.0.get_mut(address) {
            *count = count.saturating_add(1);
        }
    }

    /// The address in most events, and in how many; a tie is nobody.
    pub(super) fn most_seen(&self) -> Option<(&str, u32)> {
        let most = self.0.values().max().copied().filter(|most| *most > 0)?;
        let mut with_most = self.0.iter().filter(|(_, count)| **count == most);
        match (with_most.next(), with_most.next()) {
            (Some((address, _)), None) => Some((address, most)),
            _ => None,
        }
    }
}
