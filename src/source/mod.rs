//! Where text comes from and what can be said about a place in it. Knows nothing of YAML or portfolios.

mod at;
pub mod binary;
mod bytes;
pub mod code;
pub mod diagnostic;
pub mod files;
pub mod foreign;
pub mod git;
pub mod history;
pub mod history_texts;
pub mod index;
pub mod objects;
pub mod odd;
pub mod place;
pub mod revision;
pub mod snapshot;

pub use at::At;
pub use bytes::why;
pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use files::{CONFIG_FILE, Origin, Overlay, SYNC_FILE, Source, Sources, is_dash, is_yaml};
pub use place::{FileIx, ItemAt, Mark, Place, Spot, Step};
