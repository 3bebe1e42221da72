//! Where text comes from and what can be said about a place in it. Knows nothing of YAML or portfolios.

mod bytes;
pub mod diagnostic;
pub mod files;
pub mod foreign;
pub mod git;
pub mod objects;
pub mod place;
pub mod snapshot;

pub use crate::base::message::Said;
pub(crate) use crate::base::message::said;
pub use bytes::why;
pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use files::{Origin, Source, Sources, is_dash};
pub use place::{FileIx, ItemAt, Mark, Place, Spot, Step};
