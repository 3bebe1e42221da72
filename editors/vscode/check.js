// Loads the bundle as VS Code does, with nothing behind its programming interface, and starts it: what it would run is checked.
"use strict";

const assert = require("node:assert");
const Module = require("node:module");

// Anything that is asked for is a class, a function and an object of such.
function anything(name) {
  const made = new Map();
  return new Proxy(class {}, {
    get(target, key) {
      if (key === "prototype") return target.prototype;
      if (typeof key === "symbol" || key === "then") return undefined;
      if (!made.has(key)) made.set(key, anything(`${name}.${key}`));
      return made.get(key);
    },
    apply: () => anything(`${name}()`),
    construct: () => anything(`new ${name}`),
  });
}

const vscode = anything("vscode");
const load = Module._load;
Module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest));
const extension = require("./dist/extension.js");
assert.deepStrictEqual(Object.keys(extension).sort(), ["activate", "deactivate"]);
assert.strictEqual(typeof extension.activate, "function");

// Only what is in the package itself and in Node is used.
const bundle = require("node:fs").readFileSync(`${__dirname}/dist/extension.js`, "utf8");
const used = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map((found) => found[1]);
const foreign = used.filter((name) => name !== "vscode" && !Module.isBuiltin(name));
assert.deepStrictEqual(foreign, [], "the bundle is whole");
console.log(`the bundle loads and needs ${[...new Set(used)].sort().join(", ")}`);
