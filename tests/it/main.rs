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

mod agreement;
mod architecture;
mod arithmetic;
mod as_read;
mod audit;
mod audit_labels;
mod audit_room;
mod audit_worksheet;
mod cases;
mod clients;
mod config;
mod corpus;
mod docs;
mod each;
mod edit;
mod effects;
mod edit_layouts;
mod fast;
mod faults;
mod fleet;
mod fix_deeds;
mod fix_files;
mod fix_properties;
mod fix_split;
mod forecast;
mod formats;
mod gate_base;
mod gate_baseline;
mod gate_cases;
mod gate_ci;
mod gate_edits;
mod gate_flags;
mod gate_formats;
mod gate_git;
mod gate_honesty;
mod gate_kit;
mod gate_org;
mod gate_properties;
mod gate_rename;
mod gate_shown;
mod generated;
mod history;
mod history_large;
mod history_shown;
mod hostile;
mod import_backstage;
mod import_csv;
mod import_events;
mod import_headers;
mod import_ics;
mod import_into;
mod import_kinds;
mod import_months;
mod interview;
mod import_properties;
mod import_scim;
mod import_support;
mod lines;
mod lsp;
mod memory;
mod needs;
mod organisations;
mod packages;
mod chunks;
mod person;
mod plan;
mod plan_commands;
mod plan_limits;
mod portfolio_items;
mod portfolios;
mod privacy_aggregate;
mod privacy_ahead;
mod privacy_joins;
mod privacy_leaks;
mod privacy_portfolio;
mod privacy_roles;
mod privacy_run;
mod same_bytes;
mod silence;
mod properties;
mod real;
mod recurrence;
mod rules;
mod run;
mod second_opinion;
mod sensitivity;
mod settings;
mod styles;
mod successive;
mod support;
mod sync;
mod table;
mod terminal;
mod verbs;
mod written_over;
