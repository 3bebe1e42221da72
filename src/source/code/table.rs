//! All codes, by area: each with what it means, a message as an example, and what to do.

codes! {
    "Files and text" {
        Unreadable "unreadable" error: "A file or folder cannot be opened or read.",
            "this file cannot be read: no such file or folder",
            "Check that the path exists and that you may read it.";
        Empty "empty" error: "A file has no content, or a folder has no file of the wanted kind.",
            "this file is empty",
            "Name a file with content; `debt init` writes a portfolio to start from.";
        TooLarge "too-large" error: "A file is larger than 4 GiB.",
            "this file is larger than 4 GiB",
            "Split it into several files of one folder; `debt score FOLDER` reads them together.";
        NotUtf8 "not-utf8" error: "A file is not UTF-8 text.",
            "this file is UTF-16 (little-endian), not UTF-8",
            "Save the file as UTF-8, or convert it: `iconv -f UTF-16 -t UTF-8 OLD > NEW`.";
        HiddenCharacter "hidden-character" error:
            "A file has a control character, or one that changes the direction of text.",
            "invisible character U+202E",
            "Delete the character; if it is meant, write it as an escape in double quotes, such as `\"\\u202E\"`.";
        OddCharacter "odd-character" error:
            "A character that looks like one of YAML's own is in its place: a typographic quote, a dash, \
             a non-breaking space, or a tab in the indentation.",
            "en dash \u{2013} (U+2013) in place of a hyphen",
            "Type the plain character that the help names.";
        NotReadable "not-readable" error: "A file is of a kind that is not read: a PDF, a picture, an archive.",
            "this is a PDF document, which cannot be read here",
            "Give the data as CSV, .xlsx, JSON, YAML or .ics; the help says how.";
        LfsPointer "lfs-pointer" error: "The file is only a pointer of Git LFS to its content.",
            "this is a pointer of Git LFS, not the file itself",
            "Fetch the content: `git lfs pull`; in a CI job, check out with LFS.";
        Encrypted "encrypted" error: "The file is encrypted by git-crypt.",
            "this file is encrypted by git-crypt",
            "Decrypt it: `git-crypt unlock`.";
        MergeConflict "merge-conflict" error: "The file has the marks of a merge that is not finished.",
            "unresolved merge conflict in this file",
            "Keep one of the two sides and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`.";
    }
    "YAML" {
        Syntax "syntax" error: "A file is not valid YAML, or not valid JSON where JSON is expected.",
            "invalid YAML: mapping values are not allowed in this context",
            "Correct the line; put text that contains `: ` or ` #` in quotes, and align the keys of an item.";
        TooDeep "too-deep" error: "YAML is nested deeper than the reader follows.",
            "nested deeper than 32 levels",
            "Use fewer levels of nesting.";
        TooLong "too-long" error: "A single text, or a file to import, is longer than the reader takes.",
            "a text of 70000 bytes, longer than the limit of 65536",
            "Shorten the text; split a file to import into several.";
        Alias "alias" error: "A YAML alias has no anchor, leads back to itself, or repeats too much.",
            "this alias is inside the value that it repeats",
            "Write the values out.";
        MergeKey "merge-key" error: "YAML merge keys are not supported.",
            "merge keys (`<<`) are not supported",
            "Write the keys out.";
        Tag "tag" error: "YAML tags are not supported.",
            "tags such as `!!str` are not supported",
            "Remove the tag; put text that looks like a number in quotes: `\"007\"`.";
        SecondDocument "second-document" error: "A file has more than one YAML document.",
            "a second document begins here",
            "Write one document per file; the files of a folder are read together.";
        NotAMapping "not-a-mapping" error: "A file does not begin with keys.",
            "expected keys such as `people:` at the top, found a list",
            "Begin with `people:`; `debt init` writes an example.";
        DuplicateKey "duplicate-key" error: "A key occurs twice in one mapping.",
            "duplicate key `lead`",
            "Keep one of the two.";
    }
    "Keys and values" {
        UnknownKey "unknown-key" error: "A key is not part of the format.",
            "unknown key `sqaud`",
            "Correct the spelling; the help names the nearest key, and docs/portfolio.md lists all.";
        UnknownWord "unknown-word" error: "A value is not one of the words that its key takes.",
            "unknown value `warant`, expected `warrant` or `officer`",
            "Write one of the words that the message lists.";
        WrongValue "wrong-value" error: "A value is of the wrong kind or out of its bounds.",
            "expected a calendar date such as 2026-11-20, found \u{201C}20.11.2026\u{201D}",
            "Write a value of the kind that the message names.";
        MissingKey "missing-key" error: "A required key is missing.",
            "missing key `id`",
            "Add the key.";
        TooManyErrors "too-many-errors" error: "An item has more errors than are reported.",
            "more than 50 errors in one item; the rest of it was not read",
            "Correct those that are shown and run again.";
    }
    "Portfolio and policy" {
        NoPortfolio "no-portfolio" error: "No portfolio was named, and none was found here.",
            "there is no portfolio.yaml and no folder portfolio here",
            "Name a file or folder, or write one with `debt init`.";
        Nobody "nobody" error: "There is no person to score, to compare or to import.",
            "this portfolio has no people, so there is nothing to score",
            "Add people under `people:`, or widen `--squad`, `--guild` or the day.";
        DuplicateId "duplicate-id" error: "Two items of one section have the same id or alias.",
            "two people have the id \u{201C}ana\u{201D}",
            "Give each its own `id`.";
        UnknownId "unknown-id" error: "An id is used that no item has.",
            "unknown person `anna`",
            "Correct the id, or add the item.";
        UnknownType "unknown-type" error: "The type in the id of a factor is not the one of its rule.",
            "unexpected type `persn`, expected `person`",
            "Write the id as `CODE:TYPE:ID`, as the report shows it.";
        UnknownRule "unknown-rule" error: "There is no rule with this code or name.",
            "unknown rule `D1O1`",
            "Correct it; `debt explain` lists the rules.";
        DuplicateTrack "duplicate-track" error: "A guild has a track twice.",
            "duplicate track `officer` in this guild",
            "Keep one of the two.";
        DuplicateLevel "duplicate-level" error: "A lane has a level twice.",
            "duplicate level 4 in this lane",
            "Keep one of the two.";
        DateOrder "date-order" error:
            "Two dates are in the wrong order, two periods overlap, or a period is too long.",
            "`closed` (2026-07-31) is before `raised` (2026-08-01)",
            "Correct one of the dates.";
        FutureDate "future-date" error: "Something that has happened is dated after the day that is scored.",
            "`held` must not be in the future, but 2026-11-21 is after 2026-11-20",
            "Correct the date, or score on a later day with `--as-of`.";
        Contradiction "contradiction" error: "Two keys, or two people, exclude each other.",
            "`craft_owner` names the person themselves",
            "Keep one of the two, or name somebody else.";
        FilesDisagree "files-disagree" error: "Two files of a portfolio give different values for one key.",
            "two files give different values for `as_of`",
            "Keep the key in one file.";
        TwoPolicies "two-policies" error: "The policy is given twice.",
            "the portfolio has a `policy` of its own, and `--policy` names another",
            "Remove `policy:` from the portfolio, or leave out `--policy`.";
        WrongOrder "wrong-order" error: "The grades of a policy are not in ascending order.",
            "grades must ascend from a to d; they are 9, 1.7, 4, 8",
            "Write them in ascending order: `grades: {a: 0.5, b: 1.7, c: 4, d: 8}`.";
    }
    "Warnings about a portfolio" {
        WrittenFromTheOtherSide "written-from-the-other-side" warning:
            "A 1:1 has its two people the other way round than their lines.",
            "bo--ana has `owner` and `with` the wrong way round: it is read as Bo\u{2019}s 1:1 with Ana",
            "Swap `owner` and `with`.";
        Two1on1sForOneJob "two-1on1s-for-one-job" warning: "Two 1:1s of the same two people are for the same line.",
            "Bo and Ana have two 1:1s for craft: bo--ana and bo--ana--2",
            "Keep one of them, or give them different purposes.";
        FormerKey "former-key" warning: "A key has been renamed; its former name is still read.",
            "the key `finding` of an acknowledgement is called `factor` now; rename it",
            "Use the new name.";
        TextCutByComment "text-cut-by-comment" warning:
            "A text without quotes ends at ` #`, where YAML begins a comment.",
            "this text ends at its ` #`, where a comment begins; put it in quotes if the rest belongs to it",
            "Put the text in quotes: `title: \"issue #42\"`.";
        ExternalWithOwner "external-with-owner" warning:
            "A person is marked external, but has a delivery owner in the portfolio.",
            "ana is marked external but has a delivery owner here, so is scored",
            "Remove `external: true`, or the owner.";
        AgendaWithoutPurpose "agenda-without-purpose" warning: "No topic on the agenda of a meeting fits its purpose.",
            "Bo / Ana is labelled craft, but no topic on its agenda is craft",
            "Correct `purpose`, or add a topic of that line to `agenda`.";
        OwnersInACircle "owners-in-a-circle" warning: "Delivery owners form a cycle.",
            "cycle of delivery owners: a answers to b answers to c answers to a",
            "Correct one of the owners.";
        RecordsSleep "records-sleep" warning:
            "No meeting of an owner has been recorded as held for so long that whether their 1:1s were missed is unknown.",
            "no meeting of Bo is written as held since 2026-06-02, so whether their 1:1s were missed is unknown; \
             write down when each was last held",
            "Write `last_held` for each 1:1.";
        AcknowledgementStale "acknowledgement-stale" warning:
            "An acknowledgement names a factor that does not exist, or no longer.",
            "an acknowledgement names D101:meeting:bo--ana, which is not there (any more); take it out",
            "Remove the acknowledgement.";
        AcknowledgementOver "acknowledgement-over" warning: "An acknowledgement has ended.",
            "the acknowledgement of D101:meeting:bo--ana ran out 3 days ago",
            "Resolve the factor and remove the acknowledgement, or write another one with a new `through`.";
        AcknowledgementEndsSoon "acknowledgement-ends-soon" warning: "An acknowledgement ends within 15 days.",
            "the acknowledgement of D101:meeting:bo--ana ends in 9 days",
            "Resolve the factor, or renew the acknowledgement: a new entry with a later `through`.";
        AliasMerges "alias-merges" warning: "An alias joins two items that existed side by side before.",
            "asouza is an alias of the person ana, and before there were both: links follow, the items stay two",
            "Check that the two are the same.";
    }
    "Git and comparison" {
        NoGit "no-git" error: "Git is not installed or cannot be started.",
            "`git` was not found on the PATH, and only it can read a revision",
            "Install git, or compare two files without it: `debt diff OLD NEW`.";
        Git "git" error: "Git reported an error, which the message quotes.",
            "git says: fatal: bad object HEAD",
            "`git fsck` checks the repository.";
        NoRepository "no-repository" error: "A revision was named outside of a git repository.",
            "the folder /tmp/teams is not in a git repository",
            "Run inside of the repository, or compare two files: `debt diff OLD NEW`.";
        NoWorkTree "no-work-tree" error: "The repository has no work tree.",
            "the folder /srv/teams.git is in a git repository without a work tree",
            "Compare two revisions: `debt diff REV:PATH REV:PATH`.";
        NoRevision "no-revision" error: "A revision does not exist.",
            "unknown revision `mian`",
            "Correct the name; `git branch --all` lists the branches. In a shallow clone, fetch it first.";
        NoMergeBase "no-merge-base" error: "HEAD and a revision have no common ancestor, or a shallow clone lacks it.",
            "HEAD and origin/main have no commit in common",
            "`git fetch --unshallow`, or compare without a gate: `debt diff REV:PATH PATH`.";
        PartialClone "partial-clone" error: "A partial clone lacks an object and could not fetch it.",
            "an object of this partial clone could not be fetched; git says: could not read from remote repository",
            "Try again while the remote can be reached, or fetch the rest: `git fetch --refetch --no-filter`.";
        Filter "filter" error: "The filter that git applies to a file failed.",
            "the filter of teams.yaml failed; git says: smudge filter lfs failed",
            "Set the filter up as for a checkout, or compare with a baseline: `--baseline FILE`.";
        Staged "staged" error: "The staged files cannot be read as a whole.",
            "the index cannot be written as a tree; git says: teams.yaml: unmerged",
            "`git status` shows what is unmerged; `git add` it once it is merged.";
        NotStaged "not-staged" error: "A file that `--staged` should check is not staged.",
            "portfolio.yaml is not staged",
            "`git add` it, or leave out `--staged` to check the files on the disk.";
        Outside "outside" error: "A symbolic link leads out of the repository.",
            "people.yaml is a symbolic link that leads out of the repository",
            "Compare two files: `debt diff OLD NEW`.";
        MissingBase "missing-base" error: "The revision to compare with does not contain the path.",
            "there is nothing at main:portfolio.yml",
            "Name the path as it was then, or a later revision; `git ls-tree -r --name-only REV` lists what is there.";
        UnreadableBase "unreadable-base" error: "Neither the base nor any earlier state of the portfolio can be read.",
            "the portfolio at main cannot be read, and neither can any earlier state of it; the error is not in the \
             current files",
            "Compare with nothing, once: `--allow-missing-base`.";
        Usage "usage" error: "Arguments contradict each other, or one is missing.",
            "no base to compare with, and no budget",
            "The message lists arguments that work; `debt help VERB` shows all.";
    }
    "Baselines" {
        NoBaseline "no-baseline" error: "The baseline does not exist, is empty, or is another kind of file.",
            "there is no baseline debt-baseline.yaml",
            "Write it: `debt check --baseline FILE --update-baseline`.";
        BaselineConflict "baseline-conflict" error: "The baseline has the marks of a merge that is not finished.",
            "unresolved merge conflict in this baseline",
            "Merge the portfolio, then write the baseline anew: `--update-baseline --force`.";
        BaselineVersion "baseline-version" error: "The baseline was written by another version of debt.",
            "this baseline was written by debt 0.1.0, which stored amounts instead of a portfolio",
            "Check the portfolio with `--against` once, then write the baseline anew: `--update-baseline --force`.";
    }
    "Import" {
        NoIdColumn "no-id-column" error: "No column of the table was recognised as the ids of people.",
            "no column was recognised as the id of a person; the columns are a, b",
            "Name it: `--map id=COLUMN`.";
        UnknownColumn "unknown-column" error: "A column that was named does not exist.",
            "unknown column Mail",
            "Use one of the headers that the help lists.";
        DuplicateColumn "duplicate-column" error: "Two columns have the same header.",
            "the column Manager appears twice, and it is read as delivery_owner",
            "Rename one of the two.";
        ManagersNotFound "managers-not-found" error: "Hardly any manager of a table is a row of it, so the column is not what it was taken for.",
            "the managers in the column Manager are not in this file: 0 of 3 are by id, address, login or name",
            "Name the column that tells who the managers are: `--map manager=COLUMN`. If it is this one, and the managers are in another file, name this one.";
        TwoOfOneName "two-of-one-name" warning: "A manager is given by a name that several people have.",
            "two or more people are called Ana Souza: 1 person got no delivery owner",
            "Add a column with the managers' ids or addresses to the export.";
        UnknownKind "unknown-kind" error: "It was not recognised what a file to import is.",
            "this is a portfolio already, which cannot be imported",
            "Name its kind: `debt import csv FILE`; `debt import --help` lists the kinds.";
        RaggedRow "ragged-row" error: "A row has more or fewer cells than the header.",
            "this row has 6 cells, and the header has 5",
            "Correct the row: put a cell that contains the delimiter in quotes.";
        BadRows "bad-rows" error: "Nothing was imported because some rows have errors.",
            "nothing was imported: some rows have errors",
            "Correct the rows, or skip them with `--skip-bad-rows`.";
        NoId "no-id" error: "A row or a User has no id.",
            "this row has no `id`",
            "Give it an id, or leave it out.";
        NoName "no-name" warning: "An entity of a catalogue has no name, and was left out.",
            "an entity without `metadata.name` was left out",
            "Add `metadata.name`.";
        Date "date" error: "A cell is not a date, or could be one of two.",
            "ambiguous date `03/04/2025` in the column for `started`",
            "Write it as 2025-04-03, or say which order the dates have: `--dates dmy` or `--dates mdy`.";
        DuplicateRow "duplicate-row" error: "A person has two rows.",
            "duplicate row for the employee a with different values",
            "Keep one row per person, the latest of several snapshots; `--skip-bad-rows` keeps the first.";
        DuplicateEntity "duplicate-entity" warning: "An entity occurs twice in a catalogue.",
            "duplicate user default/ana in this catalogue: the first one is used",
            "Keep one of the two.";
        MissingManager "missing-manager" warning: "A manager is not among the people of the input.",
            "no row for the manager mona of 2 people",
            "Export the whole directory; otherwise the manager is kept as an external person.";
        TwoManagers "two-managers" warning: "Two columns name different managers of a person.",
            "two columns name different managers: bo and cy",
            "Correct the row, or choose the column: `--map delivery_owner=COLUMN`.";
        OwnManager "own-manager" warning: "A person is recorded as their own manager.",
            "bo is recorded as their own manager; imported without an owner",
            "Correct the input if the person has a manager.";
        Circle "circle" warning: "Managers, or groups, form a cycle.",
            "cycle of groups: g1 -> g2",
            "Correct the input.";
        Dangling "dangling" warning: "A reference leads to an entity that is not in the input.",
            "the user default/nobody is not in these files",
            "Give all files at once.";
        MissingPages "missing-pages" warning: "The input has some pages of a longer list.",
            "7 of 100 results are in these files: the others are missing from the portfolio",
            "Fetch every page (`startIndex`, `count`) and give all files at once.";
        NoCalendar "no-calendar" error: "A file is not an iCalendar file.",
            "not a calendar: it has neither BEGIN:VCALENDAR nor BEGIN:VEVENT",
            "Export the calendar as iCalendar (.ics).";
        CutOff "cut-off" warning: "A calendar ends inside an event.",
            "the calendar ends inside this event: what comes before it was read",
            "Export the calendar again.";
        TooManyDays "too-many-days" warning: "The recurrence rules have more days than are followed.",
            "the recurrence rules of these calendars take too long to evaluate: some last dates are unknown",
            "Give fewer calendars at once.";
        Lexicon "lexicon" error: "The file of words has an entry that cannot be used.",
            "unknown topic",
            "Correct the entry; the help names the nearest word.";
        Conflict "conflict" warning: "The import and the portfolio have different values for a key.",
            "`purpose` is delivery here and both in the import: left as it is",
            "If the import is right, change the key by hand or take it with `--update KEY`.";
        CannotAdd "cannot-add" error: "Nothing can be added to an item or section without reformatting it.",
            "cannot add an item to the section `people` without reformatting it",
            "Write the section as a list of lines that begin with a hyphen, each key on its own line.";
        Merge "merge" error: "The merged text would mean something else, so nothing was written.",
            "nothing was written: merging would have changed person ana",
            "Change the portfolio by hand, and report this as a bug of debt.";
        UnknownAct "unknown-act" error: "No factor of the portfolio has this act.",
            "there is no act `split:meeting:bo-ana`",
            "The help names the nearest act; `debt plan` lists what can be done.";
        UnknownFactor "unknown-factor" error: "The portfolio has no such factor.",
            "there is no factor `D101:meeting:bo-ana`",
            "The help names the nearest one; `debt score --format json` lists them.";
        Untold "untold" error: "An act needs what only a person can tell.",
            "label:meeting:nia-kofi needs what only a person can tell: `--as delivery|craft|both|peer|other`",
            "Type the command that the help shows, if it is so.";
        ByHand "by-hand" error: "What an act comes to has to be written by a person, or only time ends the factor.",
            "write-context:squad:web has to be written by a person",
            "Write what the help says.";
        NotYet "not-yet" error: "Something else has to be done before this act.",
            "start-craft-1on1:person:ana cannot be done: nobody who is there owns the craft line of Ana",
            "Do first what the message names.";
        NoEffect "no-effect" error: "The portfolio would owe no less after the change.",
            "the factor would stay as it is",
            "Tell something else, or change the portfolio by hand.";
        CannotFix "cannot-fix" error: "An item is written in a way that is not edited, or what is to be changed is not there.",
            "a comment is inside what would be replaced",
            "Change the portfolio by hand; the help says what to write.";
        InternalFix "internal-fix" error: "An edit would mean something else, so nothing was written.",
            "the edited text would not say what it should; nothing was written",
            "Change the portfolio by hand, and report this as a bug of debt.";
        Failed "failed" error: "The run ended for another reason, which the message gives; only with `--format json`.",
            "cannot write report.json: no such file or folder",
            "The message says what to change.";
    }
}
