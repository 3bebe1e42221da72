"""Makes a repository in which a portfolio has a long history, to measure `debt history` with.

    python3 benches/history.py 5000 examples/portfolio.yaml FOLDER
    python3 benches/history.py 200 FOLDER-OF-FILES FOLDER

There is a revision a day, from 1 December 1971 on, and each changes a few lines of one or two files. Dates in the
portfolio are 55 years earlier, so that there is room for 20,000 days. The same arguments always give the same commits.
"""

import calendar
import datetime
import pathlib
import random
import re
import subprocess
import sys

FIRST = datetime.datetime(1971, 12, 1, 12)


def earlier(text: str) -> list[str]:
    """The lines of a portfolio that is not pinned to a day, with its dates 55 years earlier."""
    text = re.sub(r"(?m)^as_of:.*\n", "", text)
    text = text.replace("-02-29", "-02-28")
    return re.sub(r"\b(20\d\d)(-\d\d-\d\d)\b", lambda found: f"{int(found[1]) - 55}{found[2]}", text).split("\n")


def files_of(portfolio: pathlib.Path) -> dict[str, list[str]]:
    if portfolio.is_file():
        return {"portfolio.yaml": earlier(portfolio.read_text(encoding="utf-8"))}
    every = sorted(portfolio.glob("*.yaml"))
    return {f"portfolio/{file.name}": earlier(file.read_text(encoding="utf-8")) for file in every}


def changed(files: dict[str, list[str]], revision: int) -> set[str]:
    """Changes a few lines, and says in which files."""
    dated = {name: [at for at, line in enumerate(lines) if "last_held: " in line] for name, lines in files.items()}
    names = [name for name, lines in dated.items() if lines]
    touched = set()
    for _ in range(3):
        name = random.choice(names)
        at = random.choice(dated[name])
        day = f"last_held: 1971-{random.randrange(1, 11):02}-{random.randrange(1, 28):02}"
        files[name][at] = re.sub(r"last_held: \d{4}-\d\d-\d\d", day, files[name][at])
        touched.add(name)
    name = random.choice(names)
    # Every line after it moves.
    if files[name][1].startswith("# revision"):
        files[name].pop(1)
    else:
        files[name].insert(1, f"# revision {revision}")
    return touched | {name}


def main() -> None:
    revisions, portfolio, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    random.seed(1)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", folder], check=True)
    files = files_of(portfolio)
    importing = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE)
    stream = importing.stdin
    for revision in range(revisions):
        touched = changed(files, revision) if revision else set(files)
        when = FIRST + datetime.timedelta(days=revision, seconds=revision * 37 % 3600)
        seconds = calendar.timegm(when.timetuple())
        stream.write(f"commit refs/heads/main\ncommitter A <a@example.org> {seconds} +0000\ndata 1\nx\n".encode())
        for name in sorted(touched):
            text = "\n".join(files[name]).encode()
            stream.write(f"M 100644 inline {name}\ndata {len(text)}\n".encode() + text + b"\n")
        stream.write(b"\n")
    stream.close()
    if importing.wait() != 0:
        sys.exit("git fast-import failed")
    subprocess.run(["git", "-C", folder, "reset", "--quiet", "--hard"], check=True)
    subprocess.run(["git", "-C", folder, "gc", "--quiet"], check=True)


if __name__ == "__main__":
    main()
