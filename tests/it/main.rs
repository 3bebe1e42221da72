//! One test binary.

mod audit;
mod import_backstage;
mod import_csv;
mod import_ics;
mod import_into;
mod import_properties;
mod import_scim;
mod import_support;
