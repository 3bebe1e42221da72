//! Foreign files become portfolios: HR exports, directories, catalogues, calendars. What a file does not say is
//! not invented; it is listed. Each kind of file has a file here, and all end in a `Draft`.

pub mod audit;
pub mod backstage;
pub mod csv;
pub mod dates;
pub mod draft;
pub mod events;
pub mod github;
pub mod ics;
pub mod ids;
pub mod interview;
mod join;
pub mod labels;
pub mod lexicon;
pub mod merge;
pub mod renamed;
pub mod scim;
pub mod sniff;
pub mod write;
pub mod xlsx;

pub use draft::{Draft, DraftGroup, DraftMeeting, DraftPerson};
