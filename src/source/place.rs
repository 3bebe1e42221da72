//! Places in a file: exact ones, and symbolic ones ("this key of that item") that become lines late.

/// A file of a run, by the order in which it was read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileIx(pub u32);

impl FileIx {
    /// As an index into the run's sources.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Mark {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

/// Where an item of a portfolio starts: enough to find it again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ItemAt {
    /// Its file.
    pub file: FileIx,
    /// Its first character.
    pub mark: Mark,
}

/// One step from an item to a part of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// The value of this key.
    Key(String),
    /// The entry of a list, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Step {
        Step::Index(index)
    }
}

/// Which part of a file is meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Spot {
    /// The file as a whole.
    Whole,
    /// Exactly here, for this many characters.
    Exact(Mark, u32),
    /// A part of the item that starts at the mark; `records::locate` looks up its place.
    Part {
        /// Where the item starts.
        item: Mark,
        /// From the item to the part.
        path: Vec<Step>,
        /// The last step's key itself, not its value.
        key: bool,
    },
}

/// A place in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub file: FileIx,
    /// Where in it.
    pub spot: Spot,
}

impl Place {
    /// The file as a whole.
    pub fn whole(file: FileIx) -> Place {
        Place { file, spot: Spot::Whole }
    }

    /// Exactly here.
    pub fn exact(file: FileIx, mark: Mark, length: u32) -> Place {
        Place { file, spot: Spot::Exact(mark, length) }
    }
}

impl ItemAt {
    /// The start of the item.
    pub fn place(self) -> Place {
        Place::exact(self.file, self.mark, 1)
    }

    /// A value inside the item.
    pub fn value(self, path: impl Into<Vec<Step>>) -> Place {
        Place { file: self.file, spot: Spot::Part { item: self.mark, path: path.into(), key: false } }
    }

    /// The value of one key of the item.
    pub fn at(self, key: &str) -> Place {
        self.value([Step::from(key)])
    }

    /// A key inside the item.
    pub fn key(self, path: impl Into<Vec<Step>>) -> Place {
        Place { file: self.file, spot: Spot::Part { item: self.mark, path: path.into(), key: true } }
    }
}
