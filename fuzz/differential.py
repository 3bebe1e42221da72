#!/usr/bin/env python3
"""Two programs over random changes of portfolios: the same bytes and the same status, or the file is kept and shown.

    python3 fuzz/differential.py BEFORE AFTER COUNT [SEED]

BEFORE and AFTER are two builds of `debt` that must not differ: one of them with a reader that is to be trusted. Each case
is a portfolio of this repository (as YAML or as JSON) with up to three changes, scored by both on one, two or three
threads. Every hundredth is long enough to be read in pieces.
"""

import json
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SNIPPETS = [
    '"', "'", "#", " #", ":", ": ", "- ", "[", "]", "{", "}", ",", "|", ">", "&a ", "*a", "!t ", "\\", "\\n", "\\u00e9", "\t",
    " ", "  ", "\u00a0", "\ufeff", "\u0085", "\u2028", "\x07", "\u00e9", "\U0001f600", "%", "@", "`", "? ", "~", "null", "0x1F",
    "1e3", "---", "...", "\r", "<<: ", "true", "x: y", "-", "\n", "\n\n", "# c\n", "|+\n\n", ">-\n", "''", '""', "[]", "{}",
]
LINES = [
    "people:", " people:", "squads:", "meetings: []", "- id: x", "  - id: x", "    name: y", "  -", "  - # c", "# c", "", "  \t",
    "---", "...", "name: X", "  - {id: x}", "    aliases: [a, b]", "    aliases:", "    - a", "      - b", "    level: 4",
]


def bases():
    """The portfolios of the repository, each as it is; and as JSON, where PyYAML is there to read it."""
    try:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    except ImportError:
        yaml = None
    found = []
    for folder in ["examples", "fuzz/corpus/read_score", "tests/fixtures", "tests/cases"]:
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8", errors="replace")
            if "people" not in text or len(text) > 20_000:
                continue
            found.append(text)
            if yaml:
                try:
                    value = yaml.load(text, Loader=loader)
                    found.append(json.dumps(value, default=str) + "\n")
                    found.append(json.dumps(value, default=str, indent=2) + "\n")
                # What repeats itself through an alias is no JSON.
                except (yaml.YAMLError, ValueError):
                    continue
    return found


def changed(text, dice):
    for _ in range(dice.choice([0, 1, 1, 1, 2, 3])):
        lines = text.split("\n")
        at = dice.randrange(len(lines))
        line = lines[at]
        place = dice.randrange(len(line) + 1)
        what = dice.randrange(10)
        if what == 0:
            lines.insert(at, dice.choice(LINES))
        elif what == 1:
            del lines[at]
        elif what == 2:
            other = dice.randrange(len(lines))
            lines[at], lines[other] = lines[other], line
        elif what == 3:
            lines[at] = dice.choice([" ", "  ", "    "]) + line
        elif what == 4:
            lines[at] = line[dice.choice([1, 2]):] if line.startswith(" ") else line
        elif what == 5:
            lines[at] = line[:place] + line[place + 1:]
        elif what == 6:
            lines[at] = line[:place] + "\n" + " " * dice.randrange(8) + line[place:]
        else:
            lines[at] = line[:place] + dice.choice(SNIPPETS) + line[place:]
        text = "\n".join(lines)
    end = dice.randrange(12)
    if end == 0:
        text = text.replace("\n", "\r\n")
    elif end == 1:
        text = text.rstrip("\n")
    return text


def long(text, dice):
    """The same with so many comments and people that it is read in pieces."""
    people = "".join(f"  - {{id: long{at}, external: true}} # {'x' * 40}\n" for at in range(5_000))
    return text.replace("people:\n", f"people:\n{people}", 1)


def run(program, threads, arguments, folder):
    environment = {"PATH": "", "RAYON_NUM_THREADS": str(threads), "DEBT_TODAY": "2026-11-20"}
    ran = subprocess.run([program, *arguments], cwd=folder, env=environment, capture_output=True, timeout=120)
    return ran.returncode, ran.stdout, ran.stderr


def main():
    before, after, count = str(Path(sys.argv[1]).resolve()), str(Path(sys.argv[2]).resolve()), int(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 2026
    dice = random.Random(seed)
    texts = bases()
    statuses = {}
    differ = done = 0

    def tell(*_):
        print(f"{done} cases of {len(texts)} portfolios, seed {seed}: {differ} differ; by status {dict(sorted(statuses.items()))}")
        sys.exit(1 if differ else 0)

    # Whoever stops it is told how far it came.
    signal.signal(signal.SIGTERM, tell)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "portfolio.yaml"
        for number in range(count):
            text = dice.choice(texts)
            if number % 100 == 99:
                text = long(text, dice)
            text = changed(text, dice)
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
            threads = dice.choice([1, 1, 2, 3]) if number % 100 != 99 else dice.choice([1, 2, 3])
            # Reports in JSON have tasks and a forecast too, which take a hundred times as long and do not depend on the reader.
            verb = "lines" if number % 8 == 0 else "score"
            form = "json" if verb == "lines" or number % 500 == 1 else "csv"
            arguments = [verb, "portfolio.yaml", "--format", form]
            one = run(before, threads, arguments, folder)
            other = run(after, threads, arguments, folder)
            statuses[one[0]] = statuses.get(one[0], 0) + 1
            done += 1
            if one != other:
                differ += 1
                kept = Path(tempfile.gettempdir()) / f"differs-{seed}-{number}.yaml"
                kept.write_bytes(file.read_bytes())
                print(f"differs: {kept} ({threads} threads, {' '.join(arguments)}): {one[0]} and {other[0]}", flush=True)
    tell()


if __name__ == "__main__":
    main()
