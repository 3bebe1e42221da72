//! The language server: what `debt` knows of a portfolio, while somebody types it. A file for each feature, which is a
//! function of one look at the texts (`analysis`) and a place in them; `server` keeps what is open and answers messages.

pub mod actions;
pub mod analysis;
pub mod capabilities;
pub mod completion;
pub mod context;
pub mod diagnostics;
pub mod document;
pub mod edits;
pub mod hints;
pub mod hover;
pub mod index;
pub mod navigation;
pub mod parts;
pub mod position;
pub mod project;
pub mod rename;
mod requests;
pub mod server;
pub mod symbols;
pub mod uri;
pub mod wire;

pub use analysis::{Analysis, analyse};
pub use document::Document;
pub use position::Encoding;
pub use project::{Project, Typed};
pub use server::{Ended, Options, serve};
pub use wire::{Threads, stdio};
