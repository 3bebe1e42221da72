//! One test binary.

mod import_backstage;
mod import_csv;
mod import_scim;
mod import_support;
