//! Neovim, headless, as a real client.

use super::TEAM;
use super::client::folder;
use crate::needs::NEOVIM;
use crate::run::{TODAY, program, tool};
use crate::support::root;

#[test]
fn neovim_shows_completes_renames_and_fixes() {
    let Some(neovim) = NEOVIM.there() else { return };
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let script = root().join("tests/it/lsp/neovim.lua");
    let ran = tool(neovim)
        .args(["--clean", "--headless", "-i", "NONE", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .within(&path)
        .env("PORTFOLIO", path.join("portfolio.yaml"))
        .env("DEBT", program())
        .env("DEBT_TODAY", TODAY)
        .env("XDG_STATE_HOME", &path)
        .limit(std::time::Duration::from_secs(120))
        .end();
    let said = format!("{}{}", ran.out, ran.err);
    assert_eq!(ran.status, 0, "{said}");
    assert!(said.contains("all of it"), "{said}");
    // The server and the editor have changed a buffer, and nobody has saved it.
    assert_eq!(std::fs::read_to_string(path.join("portfolio.yaml")).expect("it is there"), TEAM);
}
