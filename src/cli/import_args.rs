//! What `debt import` is told: the options that several kinds share, and how they are typed.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::args::day;
use crate::base::day::Day;
use crate::import::csv::{self, ColumnMapping, ColumnRole, HowToImport};
use crate::import::dates::Order;
use crate::import::merge::UPDATABLE;
use crate::import::scim::SquadsFrom;
use crate::records::values::is_id;
use crate::source::foreign;

/// What every kind of import understands.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// Files, folders, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) to: Destination,
}

/// What becomes of an import.
#[derive(Debug, Args)]
pub(super) struct Destination {
    /// Add to this portfolio instead of printing one: what an import wrote moves forward, and what you wrote is kept
    #[arg(long, value_name = "PORTFOLIO")]
    pub(super) into: Option<PathBuf>,
    /// Keys to overwrite with the import's value even where a person wrote them, such as `title,squad`
    #[arg(long, value_name = "KEY,...", value_delimiter = ',', requires = "into", value_parser = PossibleValuesParser::new(UPDATABLE))]
    pub(super) update: Vec<String>,
    /// Write this day as the end of the people and 1:1s that an earlier import wrote and that are gone now; without it
    /// they are named
    #[arg(long, value_name = "DATE", requires = "into", value_parser = day)]
    pub(super) close_gone: Option<Day>,
    /// A name for where the files come from, if there are several of one kind: what is not in one export is then not
    /// taken for gone from another
    #[arg(long, value_name = "NAME", value_parser = source)]
    pub(super) source: Option<String>,
    /// Show how the files are understood, or with --into what would change, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Keep mail addresses as aliases, so that other files find the same people; always where a calendar is imported beside them
    #[arg(long)]
    pub(super) email_aliases: bool,
}

/// What `--map` takes.
const MAP: &str = "Columns by role: id, name, first_name, last_name, email, title, squad, guild, manager (delivery_owner), manager_id, manager_email, manager_name, craft_owner, rated_by, level, track, started, left, status; others are position_id, manager_position_id, dn, active, gone, account_type. A column with a comma goes into quotes: 'id=\"No, staff\",manager=Boss'";

/// How a table is read.
#[derive(Debug, Args)]
pub(super) struct TableArgs {
    #[arg(long, value_name = "ROLE=COLUMN,...", value_parser = mappings, help = MAP)]
    map: Vec<Mappings>,
    /// The delimiter, one character or `tab`; by default detected from the first rows
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<char>,
    /// How many lines stand above the header; by default it is found by its words
    #[arg(long, value_name = "LINES")]
    skip_rows: Option<u32>,
    /// The encoding, such as utf-8, windows-1252, `shift_jis`, gb18030 or euc-kr; by default detected from the bytes
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub(super) encoding: Option<&'static encoding_rs::Encoding>,
    /// The sheet of a workbook; by default the one whose header has the most known columns
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// Which number of a date comes first: whether 03/04/2025 is 3 April or 4 March. With it, years of two digits are read as 1950 to 2049
    #[arg(long, value_enum)]
    dates: Option<Dates>,
    /// Skip rows that cannot be read, and import the rest
    #[arg(long)]
    skip_bad_rows: bool,
}

impl TableArgs {
    /// Which number of a date comes first, where somebody said so.
    pub(super) fn order(&self) -> Option<Order> {
        self.dates.map(Dates::order)
    }

    /// As the reader of tables takes them.
    pub(super) fn options(
        &self,
        squads: Option<&str>,
        email_aliases: bool,
        left_on: Option<Day>,
    ) -> csv::Options {
        csv::Options {
            delimiter: self.delimiter,
            skip_rows: self.skip_rows,
            mapping: ColumnMapping {
                map: self.map.iter().flat_map(|mappings| mappings.0.iter().cloned()).collect(),
                squads: squads.map(str::to_owned),
            },
            skip_bad_rows: self.skip_bad_rows,
            how: HowToImport { order: self.order(), email_aliases, left_on },
        }
    }
}

/// How the dates of a calendar are written.
#[derive(Debug, Args)]
pub(super) struct DatesArgs {
    /// Which number of a date comes first, in an Outlook calendar as CSV
    #[arg(long, value_enum)]
    dates: Option<Dates>,
}

impl DatesArgs {
    /// Which number comes first, where somebody said so.
    pub(super) fn order(&self) -> Option<Order> {
        self.dates.map(Dates::order)
    }
}

impl Dates {
    fn order(self) -> Order {
        match self {
            Dates::Dmy => Order::DayFirst,
            Dates::Mdy => Order::MonthFirst,
            Dates::Ymd => Order::YearFirst,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dates {
    /// The day first
    Dmy,
    /// The month first
    Mdy,
    /// The year first
    Ymd,
}

/// Who left, where a file does not say when.
#[derive(Debug, Args)]
pub(super) struct LeaverArgs {
    /// The day on which people left who are gone without a date; by default they are skipped
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) left_on: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ScimSquads {
    /// Groups (which are often access lists, not teams)
    Groups,
    /// The department of the enterprise extension
    Department,
}

impl From<ScimSquads> for SquadsFrom {
    fn from(squads: ScimSquads) -> SquadsFrom {
        match squads {
            ScimSquads::Groups => SquadsFrom::Groups,
            ScimSquads::Department => SquadsFrom::Department,
        }
    }
}

/// What one `--map` says.
#[derive(Clone, Debug)]
struct Mappings(Vec<(ColumnRole, String)>);

fn mappings(typed: &str) -> Result<Mappings, String> {
    let words = || ColumnRole::words().collect::<Vec<_>>().join(", ");
    let one = |part: &str| {
        let (role, column) =
            part.split_once('=').ok_or_else(|| format!("write it as ROLE=COLUMN; roles are {}", words()))?;
        let role = ColumnRole::of_word(role.trim())
            .ok_or_else(|| format!("unknown role `{role}`, expected one of: {}", words()))?;
        Ok((role, unquoted(column)))
    };
    parts(typed).into_iter().map(one).collect::<Result<_, String>>().map(Mappings)
}

/// The parts between commas that stand in no quotes.
fn parts(typed: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, character) in typed.char_indices() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(&typed[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&typed[start..]);
    parts
}

fn unquoted(column: &str) -> String {
    match column.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => column.to_owned(),
    }
}

fn source(typed: &str) -> Result<String, String> {
    if is_id(typed) {
        Ok(typed.to_owned())
    } else {
        Err("expected letters, digits, `-`, `_` or `.`".to_owned())
    }
}

fn delimiter(typed: &str) -> Result<char, String> {
    let mut characters = typed.chars();
    match (typed, characters.next(), characters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(one), None) if one.is_ascii() && !one.is_ascii_alphanumeric() && one != '"' => Ok(one),
        _ => Err("expected one ASCII character such as ; or the word tab".to_owned()),
    }
}

fn encoding(typed: &str) -> Result<&'static encoding_rs::Encoding, String> {
    foreign::encoding(typed).ok_or_else(|| format!("unknown encoding `{typed}`, expected utf-8, utf-16le, windows-1252, `shift_jis`, gb18030, euc-kr or another encoding name of the web"))
}

#[cfg(test)]
mod tests {
    use super::{parts, unquoted};

    #[test]
    fn a_comma_in_quotes_divides_nothing() {
        assert_eq!(parts("id=\"No, staff\",manager=Boss"), ["id=\"No, staff\"", "manager=Boss"]);
        assert_eq!(unquoted("\"No, \"\"staff\"\"\""), "No, \"staff\"");
        assert_eq!(unquoted("Boss"), "Boss");
    }
}
