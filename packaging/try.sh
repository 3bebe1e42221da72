#!/usr/bin/env bash
# Installs every package of a folder in a place of its own, by one command each, and runs it on the example.
#
#     bash packaging/try.sh [target/packages]
#
# What this machine has no installer for is skipped, and said. Nothing is installed outside of a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=$(cd "${1:-target/packages}" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
first=""
tried=0

# Runs what was installed: it names its version, and scores the example as every other package does.
holds() {
    local name=$1 debt=$2 scored
    [ "$("$debt" --version)" = "debt $version" ] || { echo "$name: $("$debt" --version)"; exit 1; }
    scored=$("$debt" score examples/portfolio.yaml --as-of 2026-11-20 --format json)
    [ -n "$first" ] || first=$scored
    [ "$scored" = "$first" ] || { echo "$name scores the example in another way"; exit 1; }
    tried=$((tried + 1))
    echo "$name: installed, debt $version, $(wc -c < "$3" | tr -d ' ') bytes"
}

(cd "$packages" && if command -v sha256sum > /dev/null; then sha256sum --check --quiet SHA256SUMS; else shasum -a 256 --check --quiet SHA256SUMS; fi)
echo "checksums: every file is what SHA256SUMS says"

for archive in "$packages"/debt-*.tar.gz "$packages"/debt-*.zip; do
    [ -e "$archive" ] || continue
    mkdir "$place/archive"
    case $archive in
        *.tar.gz) tar -xzf "$archive" -C "$place/archive" ;;
        *) python3 -m zipfile --extract "$archive" "$place/archive" ;;
    esac
    debt=$(find "$place/archive" -name debt -type f -o -name debt.exe -type f)
    holds archive "$debt" "$archive"
    [ -s "$(dirname "$debt")/man/debt-score.1" ] && [ -s "$(dirname "$debt")/completions/debt.bash" ]
done

for wheel in "$packages"/*.whl; do
    [ -e "$wheel" ] || continue
    python3 -m venv "$place/venv"
    bin="$place/venv/bin"
    [ -d "$bin" ] || bin="$place/venv/Scripts"
    "$bin/python" -m pip install --quiet --no-index --disable-pip-version-check "$wheel"
    holds wheel "$bin/debt" "$wheel"
done

starter="$packages/decision-debt-$version.tgz"
if [ -e "$starter" ] && command -v npm > /dev/null; then
    binary=$(ls "$packages"/decision-debt-*-*-"$version".tgz)
    # The packages of other platforms are not here: optional, so npm goes on without them.
    npm install --silent --offline --ignore-scripts --prefix "$place/npm" "$starter" "$binary"
    holds npm "$place/npm/node_modules/.bin/debt" "$binary"
    status=0
    "$place/npm/node_modules/.bin/debt" score nothing.yaml 2> /dev/null || status=$?
    [ "$status" = 2 ] || { echo "npm: the exit status is lost"; exit 1; }
else
    echo "npm: skipped"
fi

for deb in "$packages"/*.deb; do
    [ -e "$deb" ] || continue
    if ! command -v dpkg-deb > /dev/null; then echo "deb: skipped"; continue; fi
    dpkg-deb --extract "$deb" "$place/deb"
    holds deb "$place/deb/usr/bin/debt" "$deb"
    for file in share/man/man1/debt-score.1.gz share/bash-completion/completions/debt share/zsh/vendor-completions/_debt \
        share/fish/vendor_completions.d/debt.fish share/doc/debt/copyright; do
        [ -s "$place/deb/usr/$file" ] || { echo "deb: no $file"; exit 1; }
    done
done

for bill in "$packages"/*.cdx.json; do
    [ -e "$bill" ] || continue
    echo "sbom: $(python3 -c 'import json, sys; bill = json.load(open(sys.argv[1])); print(bill["bomFormat"], bill["specVersion"], len(bill["components"]), "components")' "$bill")"
done

[ "$tried" -gt 0 ] || { echo "there is no package in $packages"; exit 1; }
echo "$tried packages installed and run"
