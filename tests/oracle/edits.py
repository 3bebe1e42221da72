#!/usr/bin/env python3
"""Random edits of random portfolios, in five kinds, for the tests of the gate.

    edits.py --count N --out DIR [--seed FIRST]

Writes ID.base.yaml and ID.head.yaml (a folder ID.head where the edit splits the file) for N edits and cases.tsv:
id, kind, edit, what else changes, base's day, head's day, in words. Neutral, life, truth and good must hold, harmful
must fail. The same arguments give the same bytes. Nothing here knows how `debt` compares.
"""

import argparse
import collections
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from edit_kit import SECTIONS, Kit, Skip  # noqa: E402
from edits_good import GOOD  # noqa: E402
from edits_harmful import FIRST, HARMFUL, NAMES, TOGETHER, alone  # noqa: E402
from edits_honest import LIFE, NEUTRAL, TRUTH  # noqa: E402

KINDS = {"neutral": NEUTRAL, "life": LIFE, "truth": TRUTH, "good": GOOD, "harmful": HARMFUL}
POOL = 400  # portfolios that are edited, over and over
TURN = ("neutral", "life", "truth", "good", "harmful", "harmful")


def attempt(seed, kind, edit, together):
    kit = Kit(seed, seed % POOL, plain=kind != "neutral")
    words = together(kit) + edit(kit) if together in FIRST else edit(kit) + together(kit)
    kit.finish()
    return kit, words


def cases(first, count):
    """So many edits. A kind comes in its turn; what cannot be made in a portfolio is tried in the next."""
    seed, turns = first, collections.Counter()
    for number in range(count):
        kind = TURN[number % len(TURN)]
        edits = KINDS[kind]
        edit = edits[turns[kind] % len(edits)]
        # 27 edits and 4 companions: turn by turn, every edit meets every companion.
        together = TOGETHER[turns[kind] % len(TOGETHER)] if kind == "harmful" else alone
        turns[kind] += 1
        for _ in range(40):
            seed += 1
            try:
                kit, words = attempt(seed, kind, edit, together)
            except (Skip, ValueError):
                continue
            yield f"{number:05}", kind, NAMES.get(edit, edit.__name__), together.__name__, kit, words
            break


# -- writing


def scalar(value):
    return json.dumps(value, ensure_ascii=False)


def block(value, indent=0):
    """Block style: a key or an entry a line."""
    pad = " " * indent
    if isinstance(value, dict) and value:
        for key, item in value.items():
            if isinstance(item, (dict, list)) and item:
                yield f"{pad}{key}:"
                yield from block(item, indent + 2)
            else:
                yield f"{pad}{key}: {scalar(item)}"
    else:
        for item in value:
            if isinstance(item, dict) and item:
                first, *rest = block(item, indent + 2)
                yield f"{pad}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{pad}- {scalar(item)}"


def text_of(doc, flow=False):
    return (json.dumps(doc, ensure_ascii=False) if flow else "\n".join(block(doc))) + "\n"


def parts_of(doc, chance):
    """The same portfolio in three files, every section dealt out among them."""
    parts = [{key: value for key, value in doc.items() if key not in SECTIONS or not value}, {}, {}]
    for section in SECTIONS:
        for item in doc.get(section) or []:
            chance.choice(parts).setdefault(section, [])
            part = chance.choice([p for p in parts if section in p])
            part[section].append(item)
    # A file with nothing in it would not read.
    return [part for part in ({k: v for k, v in p.items() if v or k not in SECTIONS or not doc[k]} for p in parts) if part]


def write(folder, number, kit):
    (folder / f"{number}.base.yaml").write_text(text_of(kit.base), encoding="utf-8")
    if not kit.split:
        (folder / f"{number}.head.yaml").write_text(text_of(kit.head, kit.flow), encoding="utf-8")
        return
    inside = folder / f"{number}.head"
    inside.mkdir(exist_ok=True)
    for n, part in enumerate(parts_of(kit.head, random.Random(number))):
        (inside / f"{n}.yaml").write_text(text_of(part), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    folder = pathlib.Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    rows, counts = [], collections.Counter()
    for number, kind, edit, together, kit, words in cases(args.seed, args.count):
        write(folder, number, kit)
        rows.append("\t".join((number, kind, edit, together, kit.t.isoformat(), kit.u.isoformat(), words)))
        counts[kind, edit] += 1
    (folder / "cases.tsv").write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    for (kind, edit), count in sorted(counts.items()):
        print(f"{kind:8} {edit:26}{count:6}")


if __name__ == "__main__":
    main()
