//! What every floor may use and what knows no floor itself: days, points, names, phrases, near words.
#![warn(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod catalog;
pub mod day;
pub mod decimal;
pub mod factor_id;
pub mod ids;
pub mod names;
pub mod nearest;
pub mod phrase;
pub mod points;
pub mod parallel;
