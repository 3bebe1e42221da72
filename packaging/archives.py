"""Archives that are the same bytes whenever they are made of the same files."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

# 1 January 1980, the first day that a zip can hold: when a package was made is nobody's concern.
WHEN = 315532800
PROGRAMS = {"debt", "debt.exe"}


def files_of(folder: Path) -> list[Path]:
    """Every file below a folder, in the order of its name."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def tar(path: Path, entries: list[tuple[str, bytes, int]]) -> None:
    """Writes a compressed tar of names, contents and modes."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as whole:
        for name, content, mode in entries:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), mode, WHEN
            whole.addfile(entry, io.BytesIO(content))
    with path.open("wb") as out, gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(raw.getvalue())


def make(stage: Path, out: Path, name: str, windows: bool) -> Path:
    """An archive of everything in the stage, in a folder of its own name."""
    entries = [
        (f"{name}/{path.relative_to(stage).as_posix()}", path.read_bytes(), 0o755 if path.name in PROGRAMS else 0o644)
        for path in files_of(stage)
    ]
    if not windows:
        path = out / f"{name}.tar.gz"
        tar(path, entries)
        return path
    path = out / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as whole:
        for entry, content, _ in entries:
            whole.writestr(zipfile.ZipInfo(entry), content, zipfile.ZIP_DEFLATED)
    return path
