//! Runs one reader on one file in a process of its own, to see its peak memory and what it reports on a hostile file:
//! `cargo run --release -p debt-benches --example read_with -- saphyr-parser-events portfolio.yaml`.

mod reading;

use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let found = match arguments.as_slice() {
        [name, file] => {
            reading::READERS.iter().find(|reader| reader.0 == name).zip(std::fs::read_to_string(file).ok())
        }
        _ => None,
    };
    let Some(((_, reader), text)) = found else {
        let names = reading::READERS.map(|reader| reader.0).join("|");
        drop(writeln!(io::stderr(), "usage: read_with {names} FILE (of UTF-8)"));
        return ExitCode::from(2);
    };
    match reader(&text) {
        Ok(count) => drop(writeln!(io::stdout(), "{count} items or events")),
        Err(words) => drop(writeln!(io::stdout(), "refused: {words}")),
    }
    ExitCode::SUCCESS
}
