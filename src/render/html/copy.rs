//! Buttons that copy: shown only where the script runs, since nothing else would do it.

use maud::{Markup, html};

/// A button that copies a text. `what` is added for those who hear the button and do not see what is beside it.
pub(super) fn text(label: &str, what: &str, text: &str) -> Markup {
    html! {
        button type="button" class="copy" data-copy=(text) aria-label={ (label) " " @if !what.is_empty() { (what) " " } (text) } { (label) }
    }
}

/// A button that copies the address of the factor that it is in.
pub(super) fn link(id: &str) -> Markup {
    html! { button type="button" class="copy" aria-label={ "Copy link to " (id) } { "Copy link" } }
}
