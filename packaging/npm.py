"""The npm packages: one for each platform that holds the binary, and one that starts the binary of its platform.

npm installs only the package whose `os`, `cpu` and `libc` fit. No script runs and nothing is downloaded by the package
itself, so `--ignore-scripts`, offline caches and mirrors work.
"""

import json
import sys
from pathlib import Path

import archives

ROOT = Path(__file__).resolve().parent.parent
# `debt` is taken there.
NAME = "decision-debt"
PLATFORMS = {
    "x86_64-unknown-linux-gnu": {"name": "linux-x64", "os": "linux", "cpu": "x64", "libc": "glibc"},
    "aarch64-unknown-linux-gnu": {"name": "linux-arm64", "os": "linux", "cpu": "arm64", "libc": "glibc"},
    "aarch64-apple-darwin": {"name": "darwin-arm64", "os": "darwin", "cpu": "arm64"},
    "x86_64-apple-darwin": {"name": "darwin-x64", "os": "darwin", "cpu": "x64"},
    "x86_64-pc-windows-msvc": {"name": "win32-x64", "os": "win32", "cpu": "x64"},
}


def common(name: str, version: str, what: str) -> dict[str, object]:
    return {
        "name": name,
        "version": version,
        "description": what,
        "license": "MIT OR Apache-2.0",
        "keywords": ["management", "mentorship", "one-on-one", "ci"],
    }


def pack(out: Path, manifest: dict[str, object], files: dict[str, tuple[bytes, int]]) -> Path:
    """What `npm pack` would make, from the same bytes each time."""
    text = json.dumps(manifest, indent=2) + "\n"
    licences = {name: ((ROOT / name).read_bytes(), 0o644) for name in ["LICENSE-MIT", "LICENSE-APACHE"]}
    whole = {"package.json": (text.encode(), 0o644), **licences, **files}
    path = out / f"{manifest['name']}-{manifest['version']}.tgz"
    archives.tar(path, [(f"package/{name}", content, mode) for name, (content, mode) in sorted(whole.items())])
    return path


def make(binary: Path, out: Path, version: str, target: str, offered: list[str] | None) -> None:
    """The package of one platform, and the one that people install; it offers only what will be there."""
    platform = PLATFORMS.get(target)
    if platform is None:
        sys.exit(f"npm knows no platform for {target}")
    fits = {key: [platform[key]] for key in ["os", "cpu", "libc"] if key in platform}
    manifest = common(f"{NAME}-{platform['name']}", version, f"The binary of debt for {platform['name']}; install {NAME}") | fits
    pack(out, manifest, {binary.name: (binary.read_bytes(), 0o755)})
    starter = ROOT / "packaging/npm/debt.js"
    names = offered or [platform["name"]]
    if unknown := set(names) - {one["name"] for one in PLATFORMS.values()}:
        sys.exit(f"npm knows no platform {', '.join(sorted(unknown))}")
    manifest = common(NAME, version, "Scores Decision Debt: the hard conversations that are put off") | {
        "bin": {"debt": "debt.js"},
        "engines": {"node": ">=16"},
        "optionalDependencies": {f"{NAME}-{name}": version for name in sorted(names)},
    }
    readme = (ROOT / "packaging/npm/README.md").read_bytes()
    pack(out, manifest, {"debt.js": (starter.read_bytes(), 0o755), "README.md": (readme, 0o644)})
