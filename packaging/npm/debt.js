#!/usr/bin/env node
// Starts the binary of the package for this platform, which npm has installed beside this one.
'use strict';

const { spawnSync } = require('node:child_process');

const platform = `${process.platform}-${process.arch}`;
const program = process.platform === 'win32' ? 'debt.exe' : 'debt';
let binary;
try {
  binary = require.resolve(`decision-debt-${platform}/${program}`);
} catch {
  console.error(
    `error: decision-debt has no binary for ${platform} here\n` +
      'help: was it installed with --omit=optional, or copied from another machine? Alpine Linux has none: build it with cargo',
  );
  process.exit(2);
}
const ended = spawnSync(binary, process.argv.slice(2), { stdio: 'inherit' });
if (ended.error) {
  console.error(`error: ${binary} does not start: ${ended.error.message}`);
  process.exit(2);
}
// What a signal ended ends this process in the same way.
if (ended.signal) process.kill(process.pid, ended.signal);
process.exit(ended.status ?? 2);
