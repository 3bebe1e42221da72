//! The extension for VS Code: what it declares is what it uses, and where its packages are installed it is built and packed.

use serde_json::Value;

use crate::needs::{NPM, VSCODE_PACKAGES};
use crate::run::tool;
use crate::support::{file, root};

#[test]
fn the_extension_declares_what_it_uses() {
    let manifest: Value = serde_json::from_str(&file("editors/vscode/package.json")).expect("JSON");
    let code = file("editors/vscode/extension.js");
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    let settings = manifest["contributes"]["configuration"]["properties"].as_object().expect("settings");
    for (name, setting) in settings {
        let short = name.strip_prefix("debt.").expect("they are ours");
        // The last one is read by the client itself.
        assert!(code.contains(&format!("get(\"{short}\"")) || short == "trace.server", "{name}");
        assert!(setting["description"].is_string(), "{name}");
    }
    for command in manifest["contributes"]["commands"].as_array().expect("commands") {
        let name = command["command"].as_str().expect("a name");
        assert!(code.contains(&format!("registerCommand(\"{name}\"")), "{name}");
    }
    // Exactly what was tried, and from nowhere in particular.
    for (name, version) in manifest["devDependencies"].as_object().expect("packages") {
        let version = version.as_str().expect("a version");
        assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{name} {version}");
    }
    assert!(!file("editors/vscode/package-lock.json").contains("\"resolved\""));
    assert!(!code.contains("http"), "it downloads nothing");
}

#[test]
fn the_extension_is_built_and_packed() {
    let (Some(npm), Some(_)) = (NPM.there(), VSCODE_PACKAGES.there()) else { return };
    let folder = root().join("editors/vscode");
    let packed = tool(npm).args(["run", "--silent", "package"]).within(&folder).end().ok();
    assert!(packed.contains("Packaged: debt.vsix"), "{packed}");
    let node = npm.with_file_name("node");
    let loaded = tool(node).arg("check.js").within(&folder).end().ok();
    assert!(loaded.starts_with("the bundle loads"), "{loaded}");
    let size = std::fs::metadata(folder.join("debt.vsix")).expect("it is there").len();
    assert!((20_000..400_000).contains(&size), "{size} bytes");
}
