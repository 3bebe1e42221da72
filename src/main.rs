//! `debt`: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    let arguments = std::env::args_os();
    ExitCode::from(debt::cli::run(arguments))
}
