//! `debt` scores Decision Debt. The floors, bottom up; each knows only those before it.

pub mod analysis;
pub mod base;
pub mod cli;
pub mod compare;
pub mod model;
pub mod parse;
pub mod policy;
pub mod render;
pub mod report;
pub mod rules;
pub mod score;
pub mod source;
