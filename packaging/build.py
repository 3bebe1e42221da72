#!/usr/bin/env python3
"""Makes every package of one release build, with checksums. Downloads nothing but what cargo needs to compile.

    python3 packaging/build.py                      # build, then all packages of this machine's target
    python3 packaging/build.py --target TARGET      # for another one that the toolchain has
    python3 packaging/build.py --only archive,npm   # some of them
    python3 packaging/build.py --binary PATH ...    # of a binary that is there already (all but the wheel)

maturin builds: its wheel is made in the same step, and every other package takes the binary that it leaves. So all of
them hold the same bytes, which is checked. On Linux it links with zig, so that the binary runs from glibc 2.17 on.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import archives
import npm

ROOT = Path(__file__).resolve().parent.parent
KINDS = ["wheel", "archive", "npm", "deb", "sbom"]
# The oldest glibc that the binary is linked for.
GLIBC = "manylinux2014"


def run(*command: str | Path, **more: object) -> str:
    """Standard output of a command that goes well."""
    print("+", *command, file=sys.stderr)
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, **more).stdout


def host() -> str:
    """The target of this machine's toolchain."""
    said = run("rustc", "--version", "--verbose")
    return next(line.removeprefix("host: ") for line in said.splitlines() if line.startswith("host: "))


def program(target: str) -> str:
    """What the binary is called."""
    return "debt.exe" if "windows" in target else "debt"


def built(target: str, out: Path) -> tuple[Path, Path]:
    """The binary of a release build and the wheel that holds it."""
    wheels = out / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    linux = ["--zig", "--compatibility", GLIBC] if "linux" in target else []
    run("maturin", "build", "--release", "--target", target, *linux, "--out", wheels)
    folder = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / target / "release"
    binary = folder / program(target)
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as whole:
        (inside,) = [name for name in whole.namelist() if name.endswith(f".data/scripts/{binary.name}")]
        if whole.read(inside) != binary.read_bytes():
            sys.exit("the binary of the wheel is another one")
    moved = out / wheel.name
    wheel.replace(moved)
    wheels.rmdir()
    return binary, moved


def fill(stage: Path, binary: Path, name: str, runs: Path) -> None:
    """What packages hold: the binary, man pages and completions by the program itself, and the licences."""
    shutil.rmtree(stage, ignore_errors=True)
    (stage / "man").mkdir(parents=True)
    (stage / "completions").mkdir()
    shutil.copy2(binary, stage / name)
    run(runs, "man", "--quiet", "--dir", stage / "man")
    for shell, name in [("bash", "debt.bash"), ("zsh", "_debt"), ("fish", "debt.fish"), ("powershell", "_debt.ps1"), ("elvish", "debt.elv")]:
        (stage / "completions" / name).write_text(run(runs, "completions", shell), encoding="utf-8")
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "CHANGELOG.md"]:
        shutil.copyfile(ROOT / name, stage / name)


def sbom(wheel: Path, out: Path) -> Path:
    """The list of what the binary was compiled from (CycloneDX), which maturin puts into the wheel."""
    with zipfile.ZipFile(wheel) as whole:
        (inside,) = [name for name in whole.namelist() if name.endswith(".cyclonedx.json")]
        bill = json.loads(whole.read(inside))
    if not bill.get("components"):
        sys.exit("the SBOM lists nothing")
    path = out / "debt.cdx.json"
    path.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")
    return path


def deb(target: str, out: Path) -> None:
    """A Debian package, by the metadata of Cargo.toml; what it takes from the stage is in fixed places there."""
    run("cargo", "deb", "--no-build", "--no-strip", "--target", target, "--output", out)


def checksums(out: Path) -> None:
    """SHA256SUMS of everything in the folder, in the form that `sha256sum --check` reads."""
    files = sorted(path for path in out.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", help="by default this machine's")
    parser.add_argument("--only", default=",".join(KINDS), help=f"some of {','.join(KINDS)}")
    parser.add_argument("--binary", type=Path, help="takes this one and builds nothing")
    parser.add_argument("--runs", type=Path, help="a binary that runs here, where --binary or --target does not")
    parser.add_argument("--platforms", help="the platforms that the npm package offers; by default this one's")
    parser.add_argument("--to", type=Path, default=ROOT / "target/packages")
    args = parser.parse_args()
    kinds = args.only.split(",")
    if unknown := set(kinds) - set(KINDS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if args.binary and {"wheel", "sbom"} & set(kinds):
        kinds = [kind for kind in kinds if kind not in ("wheel", "sbom")]
        print("no wheel and no SBOM: maturin makes them while it builds", file=sys.stderr)
    target = args.target or host()
    out = args.to.resolve()
    out.mkdir(parents=True, exist_ok=True)
    version = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    wheel = None
    if args.binary:
        binary = args.binary.resolve()
    else:
        binary, wheel = built(target, out)
    # cargo-deb looks there; a test that makes no Debian package works elsewhere.
    stage = Path(os.environ.get("DEBT_STAGE", ROOT / "target/stage"))
    fill(stage, binary, program(target), (args.runs or binary).resolve())
    if "archive" in kinds:
        archives.make(stage, out, f"debt-{version}-{target}", windows="windows" in target)
    if "npm" in kinds:
        npm.make(stage / program(target), out, version, target, args.platforms.split(",") if args.platforms else None)
    if "deb" in kinds and "linux" in target and platform.system() == "Linux":
        deb(target, out)
    if wheel and "sbom" in kinds:
        sbom(wheel, out)
    if wheel and "wheel" not in kinds:
        wheel.unlink()
    checksums(out)
    for path in sorted(out.iterdir()):
        print(f"{path.stat().st_size:>12,}  {path.name}")


if __name__ == "__main__":
    main()
