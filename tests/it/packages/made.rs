//! The packages are made of a stand-in for the binary, which starts this `debt`: a debug build is too large to be packed
//! in every run. `packaging/build.py` makes them of a release, and `packaging/try.sh` installs them, here as well.

use std::path::Path;

use serde_json::Value;

use crate::needs;
use crate::run::{self, program, tool};
use crate::support::{file, files_below, root};

#[cfg(unix)]
fn stand_in(folder: &Path) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("debt");
    std::fs::write(&path, format!("#!/bin/sh\nexec '{}' \"$@\"\n", program().display())).expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    path
}

#[cfg(unix)]
#[test]
fn archives_and_npm_packages_are_installed_and_run() {
    let (Some(python), Some(_), Some(bash)) =
        (needs::PYTHON.there(), needs::NPM.there(), needs::BASH.there())
    else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let binary = stand_in(folder.path());
    let made = |name: &str| {
        let out = folder.path().join(name);
        let run = tool(python).arg("packaging/build.py").arg("--binary").arg(&binary).arg("--to").arg(&out);
        let run = run.args(["--only", "archive,npm", "--target", "x86_64-unknown-linux-gnu"]);
        run.env("DEBT_STAGE", folder.path().join("stage")).end().ok();
        std::fs::read_to_string(out.join("SHA256SUMS")).expect("checksums")
    };
    let sums = made("once");
    assert_eq!(sums.lines().count(), 3, "{sums}");
    assert_eq!(sums, made("again"), "the same files give the same bytes");
    if !cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu")) {
        return;
    }
    let run = tool(bash).arg("packaging/try.sh").arg(folder.path().join("once"));
    let said = run.end().ok();
    assert!(said.contains("archive: installed") && said.contains("npm: installed"), "{said}");
}

/// What Cargo.toml promises to `cargo binstall` and to Debian is where the archives and the stage have it.
#[test]
fn metadata_names_what_is_made() {
    let manifest = file("Cargo.toml");
    let name = "{ name }-{ version }-{ target }";
    assert!(manifest.contains(&format!("{name}{{ archive-suffix }}")), "the archive's name");
    assert!(
        manifest.contains(&format!("bin-dir = \"{name}/{{ bin }}{{ binary-ext }}\"")),
        "the folder in it"
    );
    assert!(file("packaging/build.py").contains("f\"debt-{version}-{target}\""));
    for shell in ["debt.bash", "_debt", "debt.fish"] {
        assert!(manifest.contains(&format!("target/stage/completions/{shell}")), "{shell}");
        assert!(file("packaging/build.py").contains(&format!("\"{shell}\"")), "{shell}");
    }
    // What the starter of npm looks for is what the packages of the platforms are called.
    assert!(file("packaging/npm/debt.js").contains("`decision-debt-${platform}/${program}`"));
}

/// Whoever moves a tag changes what a workflow runs, so each action is pinned by its full hash.
#[test]
fn actions_are_pinned_and_workflows_may_do_little() {
    let mut used = 0;
    let workflows = files_below(".github/workflows", &["yml"]);
    for path in workflows
        .iter()
        .cloned()
        .chain([root().join("action.yml"), root().join("examples/ci/github-actions.yml")])
    {
        let text = std::fs::read_to_string(&path).expect("readable");
        for line in text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: "))
        {
            let pin = line.split_once('@').and_then(|(_, rest)| rest.split_once(" # v")).map(|(pin, _)| pin);
            let is_hash =
                pin.is_some_and(|pin| pin.len() == 40 && pin.bytes().all(|byte| byte.is_ascii_hexdigit()));
            assert!(is_hash, "{}: {line}", path.display());
            used += 1;
        }
    }
    assert!(used > 5, "only {used}");
    for path in workflows {
        let text = std::fs::read_to_string(&path).expect("readable");
        let workflow: Value = serde_yaml::from_str(&text).expect("YAML");
        let granted = workflow["permissions"].as_object().expect("permissions for the whole workflow");
        assert!(granted.values().all(|value| value == "read"), "{}", path.display());
    }
}

#[test]
fn linters_find_nothing() {
    if let Some(zizmor) = needs::ZIZMOR.there() {
        let run = tool(zizmor).args(["--offline", "--quiet", "--no-progress"]);
        run.args([".github/workflows", "action.yml", "examples/ci/github-actions.yml"]).end().ok();
    }
    if let Some(hadolint) = needs::HADOLINT.there() {
        tool(hadolint).arg("Containerfile").end().ok();
    }
    if let Some(shellcheck) = needs::SHELLCHECK.there() {
        let scripts = files_below("packaging", &["sh"]);
        tool(shellcheck).args(scripts).arg("examples/fleet/parallel.sh").end().ok();
    }
    if let Some(checker) = needs::CHECK_JSONSCHEMA.there() {
        run::tool(checker).args(["--builtin-schema", "vendor.github-actions", "action.yml"]).end().ok();
        let run = run::tool(checker).args(["--builtin-schema", "vendor.github-workflows"]);
        run.args(files_below(".github/workflows", &["yml"])).end().ok();
    }
}
