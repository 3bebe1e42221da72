#!/usr/bin/env bash
# What the binary is made of, as the key of the cache; and where it goes. A step of action.yml.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"
sum() { if command -v sha256sum > /dev/null; then sha256sum; else shasum -a 256; fi; }
hash=$({ cat Cargo.toml Cargo.lock; find src schema docs/glossary.md -type f | LC_ALL=C sort | while IFS= read -r file; do echo "$file"; cat "$file"; done; rustc --version --verbose; } | sum | cut -c 1-64)
root="$RUNNER_TEMP/debt-root"
program=debt
[ "$RUNNER_OS" != Windows ] || program=debt.exe
{
    echo "root=$root"
    echo "debt=$root/bin/$program"
    echo "key=debt-$RUNNER_OS-$RUNNER_ARCH-$hash"
} >> "$GITHUB_OUTPUT"
