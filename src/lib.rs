//! `debt` scores Decision Debt. The floors, bottom up; each knows only those before it.

pub mod base;
pub mod cli;
pub mod import;
pub mod model;
pub mod parse;
pub mod policy;
pub mod render;
pub mod report;
pub mod rules;
pub mod score;
pub mod source;
