//! `debt` scores Decision Debt. The floors, bottom up; each knows only those before it.

pub mod base;
pub mod source;
pub mod yaml;
pub mod records;
pub mod policy;
pub mod model;
pub mod rules;
pub mod score;
pub mod compare;
pub mod acts;
pub mod edit;
pub mod analysis;
pub mod import;
pub mod report;
pub mod render;
pub mod lsp;
pub mod cli;
