//! Text becomes typed records, one item at a time, with every error collected. Knows YAML; knows nothing of
//! what the records mean together.

pub mod cuts;
pub mod de;
pub mod document;
pub mod documents;
pub mod error;
pub mod fault;
pub mod items;
pub mod locate;
pub mod node;
pub mod pieces;
pub mod policy_records;
pub mod read;
pub mod records;
pub mod scalar;
mod tokens;
pub mod values;
pub mod words;
pub mod write;
