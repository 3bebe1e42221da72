// Starts `debt lsp` for YAML files. Which of them are portfolios the server tells by itself.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function create() {
  const settings = vscode.workspace.getConfiguration("debt");
  const command = settings.get("path", "debt");
  const args = ["lsp", ...settings.get("arguments", [])];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const options = folder?.scheme === "file" ? { cwd: folder.fsPath } : {};
  return new LanguageClient(
    "debt",
    "debt",
    { command, args, options },
    { documentSelector: [{ language: "yaml", scheme: "file" }, { language: "yaml", scheme: "untitled" }] },
  );
}

async function start() {
  client = create();
  try {
    await client.start();
  } catch (error) {
    const open = "Open the settings";
    const chosen = await vscode.window.showErrorMessage(`debt does not start: ${error.message ?? error}`, open);
    if (chosen === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "debt.path");
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  // One that never started has nothing to stop.
  await running?.stop().catch(() => undefined);
}

async function restart() {
  await stop();
  await start();
}

function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("debt.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("debt.path") || change.affectsConfiguration("debt.arguments")) {
        void restart();
      }
    }),
  );
  return start();
}

module.exports = { activate, deactivate: stop };
