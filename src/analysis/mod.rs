//! One file per question that is asked of `scorecard`, once or often.

pub mod effect;
pub mod fix;
pub mod forecast;
pub mod history;
pub mod outlook;
pub mod plan;
pub mod sensitivity;
pub mod what_if;
