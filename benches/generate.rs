//! Writes the generated organisation that the benches read: `cargo run --release --example generate -- 10000 >
//! portfolio.yaml`, or `-- 10000 FOLDER 16` for a folder of that many files.

mod organisation;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use organisation::Organisation;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number > 0);
    let outcome = match words.as_slice() {
        [people] => number(people).map(to_stdout),
        [people, folder, files] => number(people)
            .zip(number(files))
            .map(|(people, files)| to_folder(people, Path::new(folder), files)),
        _ => None,
    };
    match outcome {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => trouble(&error.to_string()),
        None => trouble("usage: generate PEOPLE [FOLDER FILES]"),
    }
}

fn trouble(words: &str) -> ExitCode {
    drop(writeln!(io::stderr(), "{words}"));
    ExitCode::from(2)
}

fn to_stdout(people: usize) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    Organisation::new(people).write(&mut out)?;
    out.flush()
}

fn to_folder(people: usize, folder: &Path, files: usize) -> io::Result<()> {
    let organisation = Organisation::new(people);
    fs::create_dir_all(folder)?;
    let (squads, files) = (organisation.squads(), files.min(organisation.squads()));
    for file in 0..files {
        let path = folder.join(format!("part-{file:04}.yaml"));
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        organisation.write_part(squads * file / files..squads * (file + 1) / files, &mut out)?;
        out.flush()?;
    }
    Ok(())
}
