//! What every module may use and what uses no other module: days, points, names, messages, near words, cycles.
#![warn(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod catalog;
pub mod cycles;
pub mod day;
pub mod decimal;
pub mod factor_id;
pub mod ids;
pub mod message;
pub mod names;
pub mod nearest;
pub mod parallel;
pub mod points;
pub mod shell;
