//! One question a file, asked of the scorecard once or often.

pub mod effect;
pub mod forecast;
pub mod plan;
pub mod what_if;
