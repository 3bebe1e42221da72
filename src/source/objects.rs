//! Object after object from one process of git: files by their hash, or by their path in a tree.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::process::{Child, ChildStdin, ChildStdout};

use super::git::{Refusal, git_says, stopped};

/// What a tree has at a path.
#[derive(Debug)]
pub enum Object {
    /// A file's bytes.
    Blob(String, Vec<u8>),
    /// A folder, by its hash.
    Tree(String),
    /// A symbolic link that leads out of the repository.
    Outside,
    /// Nothing.
    Missing,
}

/// One process that gives object after object.
#[derive(Debug)]
pub struct Objects {
    child: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// What it says on standard error.
    said: File,
}

impl Objects {
    /// The objects that `git cat-file --batch` gives, as far as it answers.
    pub(super) fn of(mut child: Child, said: File) -> Option<Objects> {
        let (ask, answers) = (child.stdin.take()?, child.stdout.take()?);
        Some(Objects { child, ask: Some(ask), answers: BufReader::new(answers), said })
    }

    /// The object that a hash, or `HASH:path`, means; symbolic links within the tree are followed.
    pub fn get(&mut self, name: &[u8]) -> Result<Object, Refusal> {
        if name.contains(&b'\n') {
            return Ok(Object::Missing);
        }
        self.answer(name).map_err(|_| self.why_it_ended())
    }

    fn why_it_ended(&mut self) -> Refusal {
        drop(self.ask.take());
        drop(self.child.wait());
        let mut said = Vec::new();
        let read = self.said.rewind().and_then(|()| self.said.read_to_end(&mut said));
        if read.is_ok() && said.windows(7).any(|word| word == b"fatal: ") {
            git_says(&said)
        } else {
            stopped()
        }
    }

    fn answer(&mut self, name: &[u8]) -> io::Result<Object> {
        let ask = self.ask.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        ask.write_all(name)?;
        ask.write_all(b"\n")?;
        ask.flush()?;
        let mut header = Vec::new();
        self.answers.read_until(b'\n', &mut header)?;
        let header = String::from_utf8_lossy(&header).into_owned();
        let words: Vec<&str> = header.trim_end_matches('\n').split(' ').collect();
        match words.as_slice() {
            [] | [""] => Err(io::ErrorKind::UnexpectedEof.into()),
            [.., "missing"] => Ok(Object::Missing),
            [what @ ("symlink" | "dangling" | "loop" | "notdir"), size] => {
                self.body(size)?;
                Ok(if *what == "symlink" { Object::Outside } else { Object::Missing })
            }
            [hash, "tree", size] => {
                self.body(size)?;
                Ok(Object::Tree((*hash).to_owned()))
            }
            [hash, _, size] => Ok(Object::Blob((*hash).to_owned(), self.body(size)?)),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    /// This many bytes, and the end of the line after them.
    fn body(&mut self, size: &str) -> io::Result<Vec<u8>> {
        let size: u64 = size.parse().map_err(|_| io::ErrorKind::InvalidData)?;
        let mut bytes = Vec::new();
        self.answers.by_ref().take(size).read_to_end(&mut bytes)?;
        let mut end = [0];
        self.answers.read_exact(&mut end)?;
        if u64::try_from(bytes.len()) == Ok(size) {
            Ok(bytes)
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // Without anything more to read it ends by itself.
        drop(self.ask.take());
        drop(self.child.wait());
    }
}
