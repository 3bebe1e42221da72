//! Foreign files become portfolios: HR exports, SCIM, Backstage catalogues, calendars. What a file does not say is
//! not invented; it is listed. Each kind of file has a file here, and all end in a `Draft`.

pub mod audit;
pub mod backstage;
pub mod csv;
mod csv_columns;
mod csv_people;
mod csv_table;
pub mod dates;
pub mod draft;
pub mod ics;
pub mod ids;
pub mod lexicon;
pub mod merge;
mod merge_edits;
mod outline;
pub mod scim;
mod scim_resources;
pub mod write;

pub use draft::{Draft, DraftGroup, DraftMeeting, DraftPerson};
