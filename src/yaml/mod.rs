//! YAML: text to events to nodes with places, serde over nodes, and writing text as YAML. Knows nothing of portfolios.

pub mod cut_text;
pub mod de;
pub mod document;
pub mod documents;
pub mod error;
pub mod fault;
pub mod node;
pub mod scalar;
pub mod spans;
mod tokens;
pub mod value;
pub mod whole;
pub mod write;
