//! The last lines of `cargo test`: what this machine lacks, what was not tested for that reason, and how to get it. Cargo
//! runs the files of `tests` in the order of their names, so nothing may come after this one. A run of some tests alone,
//! `cargo test NAME`, says nothing here: each test says for itself what it skips.
#![expect(clippy::panic, clippy::disallowed_methods, clippy::print_stdout, reason = "it is a test")]

#[expect(dead_code, reason = "only whether something is missing is asked here")]
#[path = "it/needs.rs"]
mod needs;
#[expect(dead_code, reason = "only the look for modules of Python starts a process here")]
#[path = "it/run.rs"]
mod run;

use std::process::ExitCode;

fn main() -> ExitCode {
    // A name or `--list` comes first.
    let first = std::env::args_os().nth(1).unwrap_or_default();
    if first == "--list" || !first.is_empty() && !first.to_string_lossy().starts_with('-') {
        return ExitCode::SUCCESS;
    }
    let missing: Vec<&needs::Need> = needs::ALL.into_iter().filter(|need| need.found().is_none()).collect();
    if missing.is_empty() {
        println!("\nNothing was skipped.");
        return ExitCode::SUCCESS;
    }
    println!("\nSkipped, since this machine lacks");
    for need in &missing {
        println!("  {}: {} ({})", need.name, need.tests, need.get);
    }
    println!(
        "On Debian `bash .ci/tools` installs the programs. DEBT_REQUIRE_TOOLS=1 makes a missing program a failure."
    );
    if missing.iter().any(|need| need.is_required()) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
