//! One test binary.

mod formats;
mod privacy_aggregate;
mod privacy_joins;
mod privacy_leaks;
mod privacy_portfolio;
mod privacy_run;
