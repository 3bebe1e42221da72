//! The records of a portfolio and of a policy: one definition for the reader, the schema and the documentation;
//! the sections of a file, and reading them in parallel.

mod calls;
pub mod canonical;
mod canonical_items;
pub mod chunks;
pub mod config;
pub mod fast;
pub mod fields;
pub mod itself;
pub mod keys;
pub mod locate;
mod near_miss;
pub mod organisation;
pub mod parallel;
pub mod pieces;
pub mod policy;
pub mod portfolio;
pub mod read;
mod recording;
pub mod sections;
pub mod settings;
mod shape;
pub mod sync;
pub mod values;
pub mod words;

pub(crate) use shape::PORTFOLIO_SCHEMA;
