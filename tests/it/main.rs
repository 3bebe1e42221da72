//! The tests of the whole: one binary, one module a question.

mod architecture;
mod arithmetic;
mod generated;
mod rules;
mod support;
mod table;
