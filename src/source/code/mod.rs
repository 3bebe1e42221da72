//! The codes of errors and warnings. The table in `table.rs` is the one list of them: the enum, `docs/errors.md` and
//! `debt explain CODE` are made from it. A code is part of what programs read: it may be added, never renamed.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// Makes the enum and its texts from the table.
macro_rules! codes {
    ($($area:literal {
        $($name:ident $word:literal $severity:ident: $meaning:literal, $example:literal, $fix:literal;)*
    })*) => {
        /// The kind of an error or warning.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Code {
            $($(#[doc = $meaning] $name,)*)*
        }

        impl Code {
            /// All codes by area, in the order of `docs/errors.md`.
            pub const AREAS: &'static [(&'static str, &'static [Code])] =
                &[$(($area, &[$(Code::$name),*])),*];

            /// The code as it is shown and written: `unknown-key`.
            pub const fn word(self) -> &'static str {
                match self {
                    $($(Code::$name => $word,)*)*
                }
            }

            /// What is known about it.
            pub const fn page(self) -> $crate::source::code::Page {
                match self {
                    $($(Code::$name => $crate::source::code::Page {
                        severity: stringify!($severity),
                        meaning: $meaning,
                        example: $example,
                        fix: $fix,
                    },)*)*
                }
            }
        }
    };
}

mod table;

pub use table::Code;

/// What the documentation says about a code.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// `error` or `warning`; a code that can be both is listed as the worse.
    pub severity: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
    /// A message that has it.
    pub example: &'static str,
    /// What usually resolves it.
    pub fix: &'static str,
}

impl Page {
    /// The example as a terminal shows it.
    pub fn message(&self, code: Code) -> String {
        format!("{}[{code}]: {}", self.severity, self.example)
    }
}

impl Code {
    /// Every code.
    pub fn all() -> impl Iterator<Item = Code> {
        Code::AREAS.iter().flat_map(|(_, codes)| *codes).copied()
    }
}

/// In the order of their words, so that rows sorted by code read alphabetically.
impl Ord for Code {
    fn cmp(&self, other: &Code) -> Ordering {
        self.word().cmp(other.word())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Code) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// Any text for a reader of reports: a later version may add codes.
impl JsonSchema for Code {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        <&'static str>::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <&'static str>::json_schema(generator)
    }
}

/// `docs/errors.md`.
pub fn page() -> String {
    let mut page = String::from(
        "# Errors and warnings\n\nMade from `src/source/code/table.rs`; do not edit. Each error and warning shows its \
         code in brackets; with `--format json` it is the key `code`. `debt explain CODE` prints an entry of this page. \
         A code is never renamed.\n",
    );
    for (area, codes) in Code::AREAS {
        page.push_str(&format!("\n## {area}\n"));
        for code in *codes {
            let Page { meaning, fix, .. } = code.page();
            let message = code.page().message(*code);
            page.push_str(&format!("\n### {code}\n\n{meaning}\n\n```text\n{message}\n```\n\n{fix}\n"));
        }
    }
    page
}
