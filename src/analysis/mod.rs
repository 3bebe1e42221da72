//! Questions asked of portfolios and calendars, one a file. Knows no rendering.

pub mod audit;
