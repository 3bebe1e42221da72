"""Fails where a dependency asks for a newer Rust than Cargo.toml promises. Clippy checks our own code for that."""

import json
import subprocess
import sys

metadata = json.loads(subprocess.check_output(["cargo", "metadata", "--format-version", "1", "--locked"]))
ours = {package["id"] for package in metadata["packages"] if package["source"] is None}


def number(version):
    parts = [int(part) for part in version.split(".")]
    return parts + [0] * (3 - len(parts))


promised = next(package["rust_version"] for package in metadata["packages"] if package["id"] in ours)
# Only what is built for users: dev-dependencies may be newer.
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
seen, waiting = set(), list(ours)
while waiting:
    for dependency in nodes[waiting.pop()]["deps"]:
        if any(kind["kind"] is None for kind in dependency["dep_kinds"]) and dependency["pkg"] not in seen:
            seen.add(dependency["pkg"])
            waiting.append(dependency["pkg"])
wrong = [
    f"{package['name']} {package['version']} needs Rust {package['rust_version']}"
    for package in metadata["packages"]
    if package["id"] in seen and package["rust_version"] and number(package["rust_version"]) > number(promised)
]
print("\n".join(wrong) or f"{len(seen)} dependencies build with Rust {promised}, as far as they say")
sys.exit(1 if wrong else 0)
