//! The tests of the whole: one binary, one module a question.
#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test fails by panicking, and may look at where it runs"
)]
#![allow(
    clippy::format_collect,
    clippy::needless_pass_by_value,
    reason = "tests are read more often than they are run"
)]

mod architecture;
mod arithmetic;
mod audit;
mod cases;
mod corpus;
mod faults;
mod generated;
mod import_backstage;
mod import_csv;
mod import_ics;
mod import_into;
mod import_properties;
mod import_scim;
mod import_support;
mod portfolios;
mod properties;
mod real;
mod rules;
mod support;
mod table;
