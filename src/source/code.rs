//! The codes of diagnostics and warnings: each with what it means and what usually fixes it. `docs/errors.md` is made
//! from this table. A code is part of the output that programs read: it may be added, never renamed.

use std::borrow::Cow;
use std::cmp::Ordering;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($area:literal { $($name:ident $word:literal: $meaning:literal, $fix:literal;)* })*) => {
        /// The kind of a diagnostic or warning.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Code {
            $($(#[doc = $meaning] $name,)*)*
        }

        impl Code {
            /// All codes by area, in the order of `docs/errors.md`.
            pub const AREAS: &'static [(&'static str, &'static [Code])] =
                &[$(($area, &[$(Code::$name),*])),*];

            /// As it is shown and written: `unknown-key`.
            pub fn word(self) -> &'static str {
                match self {
                    $($(Code::$name => $word,)*)*
                }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $($(Code::$name => $meaning,)*)*
                }
            }

            /// What usually fixes it.
            pub fn fix(self) -> &'static str {
                match self {
                    $($(Code::$name => $fix,)*)*
                }
            }
        }
    };
}

codes! {
    "Files and text" {
        Unreadable "unreadable": "A file or folder cannot be opened or read.",
            "Check that the path exists and may be read.";
        Empty "empty": "A file or folder holds nothing to read.",
            "Name a file with content, or a folder that holds files of the wanted kind.";
        TooLarge "too-large": "A file is larger than 4 GiB.",
            "Split it into several files of one folder.";
        NotUtf8 "not-utf8": "A file is not UTF-8 text.",
            "Save the file as UTF-8.";
        MergeConflict "merge-conflict": "X.", "X.";
        NotStaged "not-staged": "X.", "X.";
        UnreadableBase "unreadable-base": "X.", "X.";
        LfsPointer "lfs-pointer": "X.", "X.";
        Encrypted "encrypted": "X.", "X.";
        TextCutByComment "text-cut-by-comment": "X.", "X.";
        OddCharacter "odd-character": "X.", "X.";
        RecordsSleep "records-sleep": "X.", "X.";
        Filter "filter": "X.", "X.";
        PartialClone "partial-clone": "X.", "X.";
        Staged "staged": "X.", "X.";
        HiddenCharacter "hidden-character":
            "A file holds a control character or one that changes the direction of text.",
            "Delete the character, or write it as an escape.";
    }
    "YAML" {
        Syntax "syntax": "A file is not valid YAML, or not valid JSON where JSON is expected.",
            "Correct the line that the message points at.";
        TooDeep "too-deep": "YAML is nested deeper than the reader follows.",
            "Nest less deep.";
        TooLong "too-long": "A single text is longer than the reader takes.",
            "Shorten the text.";
        Alias "alias": "A YAML alias has no anchor, leads back to itself, or repeats too much.",
            "Write the values out.";
        MergeKey "merge-key": "YAML merge keys (`<<`) are not supported.",
            "Write the keys out.";
        Tag "tag": "YAML tags such as `!!str` are not supported.",
            "Remove the tag; put text that looks like a number in quotes.";
        SecondDocument "second-document": "A file holds more than one YAML document.",
            "Split it into one file per document.";
        NotAMapping "not-a-mapping": "A file does not begin with keys such as `people:`.",
            "Begin with `people:`; `debt init` writes an example.";
        DuplicateKey "duplicate-key": "A key occurs twice in one item.",
            "Keep one of the two.";
    }
    "Keys and values" {
        UnknownKey "unknown-key": "A key is not part of the format.",
            "Correct the spelling; the message names the nearest key.";
        UnknownWord "unknown-word": "A value is not one of the words that the key takes.",
            "Use one of the words that the message lists.";
        WrongValue "wrong-value": "A value is of the wrong kind or outside its bounds.",
            "Write a value of the kind that the message names.";
        MissingKey "missing-key": "A required key is missing.",
            "Add the key.";
        TooManyErrors "too-many-errors": "A file has more errors than are reported.",
            "Correct those that are shown and run again.";
    }
    "Portfolio" {
        NoPortfolio "no-portfolio": "No portfolio was named and none was found.",
            "Name a file or folder, or write one with `debt init`.";
        Nobody "nobody": "Nobody is in scope: there is no person to score, compare or import.",
            "Add people, or widen what is selected.";
        DuplicateId "duplicate-id": "Two items of one section have the same id.",
            "Give each its own `id`.";
        UnknownId "unknown-id": "An id is used that no item has.",
            "Correct the id, or add the item.";
        UnknownType "unknown-type":
            "The type in an id of a factor does not exist or does not belong to its rule.",
            "Write the id as CODE:TYPE:ID, as the report shows it.";
        UnknownRule "unknown-rule": "There is no rule of that code or name.",
            "`debt explain` lists the rules.";
        DuplicateTrack "duplicate-track": "A guild lists a track twice.",
            "Keep one of the two.";
        DuplicateLevel "duplicate-level": "A track lists a level twice.",
            "Keep one of the two.";
        DateOrder "date-order": "Two dates are in the wrong order, or two periods overlap.",
            "Correct one of the dates.";
        FutureDate "future-date": "Something that has happened is dated after the day that is scored.",
            "Correct the date, or score on a later day with `--as-of`.";
        Contradiction "contradiction": "Two keys, or two people, exclude each other.",
            "Keep one of the two.";
        FilesDisagree "files-disagree": "Two files give different values for the same setting.",
            "Keep the value in one file.";
        TwoPolicies "two-policies": "The policy is given twice.",
            "Keep one of the two.";
        WrongOrder "wrong-order": "Values of the policy that must rise do not.",
            "Write them in rising order.";
    }
    "Warnings about a portfolio" {
        WrittenFromTheOtherSide "written-from-the-other-side":
            "A 1:1 is recorded with its two people the other way round.",
            "Swap `owner` and `with`.";
        Two1on1sForOneJob "two-1on1s-for-one-job": "Two 1:1s of one pair serve the same line.",
            "Keep one of them, or give them different purposes.";
        FormerKey "former-key": "An item uses a key that has been renamed.",
            "Use the new name of the key.";
        ExternalWithOwner "external-with-owner": "A person outside the company has an owner recorded.",
            "Remove the owner, or `external`.";
        AgendaWithoutPurpose "agenda-without-purpose":
            "A 1:1 has an agenda that fits a purpose, but no purpose.",
            "Add `purpose`.";
        OwnersInACircle "owners-in-a-circle": "Delivery owners form a circle.",
            "Correct one of the owners.";
        AcknowledgementStale "acknowledgement-stale":
            "An acknowledgement names a factor that does not exist, or no longer.",
            "Remove the acknowledgement.";
        AcknowledgementOver "acknowledgement-over": "An acknowledgement has ended.",
            "Remove it, or agree on a new end.";
        AcknowledgementEndsSoon "acknowledgement-ends-soon": "An acknowledgement ends within 15 days.",
            "Resolve the factor, or agree on a new end.";
        AliasMerges "alias-merges": "An alias makes one of two items that existed separately before.",
            "Check that the two are the same.";
    }
    "Git and comparison" {
        NoGit "no-git": "Git is not installed or cannot be started.",
            "Install git; `debt diff OLD NEW` compares two files without it.";
        Git "git": "Git reported an error.",
            "The message quotes git; `git fsck` checks the repository.";
        NoRepository "no-repository": "A revision was named outside a git repository.",
            "Run inside the repository, or compare two files with `debt diff OLD NEW`.";
        NoWorkTree "no-work-tree": "The repository has no work tree.",
            "Run in a checkout, or compare two revisions.";
        NoRevision "no-revision": "A revision does not exist.",
            "Check the name; fetch it where the clone is shallow.";
        NoMergeBase "no-merge-base": "Two revisions have no common ancestor.",
            "Fetch more of the history, or name the revision to compare with.";
        Outside "outside": "A symbolic link leads out of the repository.",
            "Compare two files with `debt diff OLD NEW`.";
        MissingBase "missing-base": "The revision to compare with does not contain the path.",
            "Name the path as it was then, or a later revision.";
        Usage "usage": "Arguments contradict each other or lack a part.",
            "`--help` shows what the verb takes.";
    }
    "Baselines" {
        NoBaseline "no-baseline": "The baseline file does not exist.",
            "Write it with `--update-baseline`.";
        BaselineBroken "baseline-broken": "A line of the baseline cannot be read.",
            "Write it anew with `--update-baseline`.";
        BaselineConflict "baseline-conflict": "The baseline holds conflict markers of a merge.",
            "Write it anew with `--update-baseline`.";
        BaselineCutOff "baseline-cut-off": "The baseline is incomplete: its last line is missing.",
            "Write it anew with `--update-baseline`.";
        BaselineTwice "baseline-twice": "A factor occurs twice in the baseline.",
            "Write it anew with `--update-baseline`.";
        BaselineVersion "baseline-version": "The baseline was written by a newer debt.",
            "Upgrade debt, or write it anew with `--update-baseline`.";
        BaselineLater "baseline-later":
            "The baseline was written for a later day than the one that is scored.",
            "Score on that day or later.";
        BaselinePolicy "baseline-policy": "The baseline was written under another policy.",
            "Write it anew with `--update-baseline`.";
    }
    "Import" {
        NoIdColumn "no-id-column": "No column of the table is known to hold people's ids.",
            "Name it: `--map id=COLUMN`.";
        UnknownColumn "unknown-column": "A column that was named does not exist.",
            "Use one of the headers of the table.";
        DuplicateColumn "duplicate-column": "Two columns have the same header.",
            "Rename one of the two.";
        RaggedRow "ragged-row": "A row has more or fewer cells than the header.",
            "Correct the row, or put cells with separators in quotes.";
        BadRows "bad-rows": "Nothing was imported because some rows cannot be read.",
            "Correct the rows, or leave them out with `--skip-bad-rows`.";
        NoId "no-id": "A row or resource has no id.",
            "Give it an id, or leave it out.";
        NoName "no-name": "An entity has no name and was left out.",
            "Give it `metadata.name`.";
        Date "date": "A cell is not a day, or could be one of two.",
            "Write it as YYYY-MM-DD.";
        DuplicateRow "duplicate-row": "A person occurs in two rows.",
            "Keep one of the two.";
        DuplicateEntity "duplicate-entity": "An entity occurs twice.",
            "Keep one of the two.";
        MissingManager "missing-manager": "A manager is not among the people of the input.",
            "Export the whole directory, or accept that the owner is missing.";
        TwoManagers "two-managers": "Rows of one person name different managers.",
            "Keep one of them.";
        OwnManager "own-manager": "A person is recorded as their own manager.",
            "Correct the input; the owner is left out.";
        Circle "circle": "Managers form a circle.",
            "Correct the input.";
        Dangling "dangling": "A reference leads to an entity that is not in the input.",
            "Give all files at once.";
        MissingPages "missing-pages": "The input is one page of several.",
            "Fetch every page and give all files at once.";
        NoCalendar "no-calendar": "A file is not an iCalendar file.",
            "Export the calendar as .ics.";
        CutOff "cut-off": "A calendar ends inside an event.",
            "Export the calendar again.";
        TooManyDays "too-many-days":
            "Recurrence rules have more days than are followed, so some last dates are unknown.",
            "Give fewer calendars at once.";
        Lexicon "lexicon": "The file of words has an entry that cannot be used.",
            "Correct the entry that the message points at.";
        Conflict "conflict": "The import and the portfolio differ in a key.",
            "Change it by hand, or take the import's value with `--update KEY`.";
        CannotAdd "cannot-add": "An item or section is written so that no line can be added to it.",
            "Write it as a list with one key per line.";
        Merge "merge": "The merged text would not say the same as before, so nothing was written.",
            "Change the portfolio by hand, and report this as a bug.";
        Failed "failed": "The run ended for a reason that is no error of the input.",
            "The message gives the reason.";
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

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

/// The page that lists all codes.
pub fn page() -> String {
    let mut page = String::from(
        "# Codes of errors and warnings\n\nMade from `src/source/code.rs`; do not edit. Errors and warnings show their \
         code in brackets; with `--format json` it is the key `code`.\n",
    );
    for (area, codes) in Code::AREAS {
        page.push_str(&format!("\n## {area}\n\n| code | meaning | usual fix |\n|---|---|---|\n"));
        for code in *codes {
            page.push_str(&format!("| `{code}` | {} | {} |\n", code.meaning(), code.fix()));
        }
    }
    page
}
