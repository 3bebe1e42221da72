#!/usr/bin/env python3
"""Makes the documentation as a site and checks its links. Needs mdBook, and nothing of the network.

    python3 packaging/site.py [--to target/site]

Every page is in docs/SUMMARY.md. A link that leads nowhere, a page that is not in the summary, and anything that the
browser would load from elsewhere is an error.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
# What pages link to, apart from pages.
LINKED = ["docs", "examples", "schema", "tests/clients", "benches/README.md", "editors/vscode/README.md", "README.md",
          "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "action.yml"]
LINK = re.compile(r"\]\(([^)]+\.md)\)")
README = re.compile(r"(\]\((?:[^)\s]*/)?)README\.md(#[^)]*)?\)")


def stage(book: Path) -> None:
    """Copies what the site is made of, in the places that it has in the repository."""
    source = book / "src"
    for name in LINKED:
        path, copy = ROOT / name, source / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, copy)
        else:
            shutil.copyfile(path, copy)
    shutil.move(source / "docs/book.toml", book / "book.toml")
    # In the repository the summary is beside the pages that it lists; mdBook wants it above all of them.
    summary = (source / "docs/SUMMARY.md").read_text(encoding="utf-8")
    (source / "docs/SUMMARY.md").unlink()
    moved = LINK.sub(lambda link: f"]({os.path.normpath('docs/' + link[1])})", summary)
    (source / "SUMMARY.md").write_text(moved, encoding="utf-8")
    listed = set(LINK.findall(moved))
    missing = [str(page.relative_to(source)) for page in source.rglob("*.md")
               if page.name != "SUMMARY.md" and str(page.relative_to(source)) not in listed]
    if missing:
        sys.exit(f"not in docs/SUMMARY.md: {', '.join(sorted(missing))}")
    # mdBook makes index.html of a README, and leaves the links to it as they are.
    for page in source.rglob("*.md"):
        if page.name != "SUMMARY.md":
            text = page.read_text(encoding="utf-8")
            page.write_text(README.sub(lambda link: f"{link[1]}index.html{link[2] or ''})", text), encoding="utf-8")


class Page(HTMLParser):
    """The ids of a page, what it links to, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value is None:
                continue
            if name in ("id", "name"):
                self.ids.add(value)
            elif name == "href" and tag == "a":
                self.links.append(value)
            elif name in ("href", "src"):
                self.loads.append(value)
            elif name == "srcset":
                self.loads += [one.split()[0] for one in value.split(",")]


def target(page: Path, site: Path, link: str) -> tuple[Path, str]:
    """The file that a link of a page leads to, and the place in it."""
    parts = urlsplit(link)
    path = unquote(parts.path)
    file = page if not path else (site / path.lstrip("/") if path.startswith("/") else page.parent / path)
    file = Path(os.path.normpath(file))
    return (file / "index.html" if file.is_dir() else file), unquote(parts.fragment)


def wrong(site: Path) -> list[str]:
    """Every link that leads nowhere, and everything that would be loaded from elsewhere."""
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(site)
        if name.name in ("print.html", "404.html", "toc.html"):
            continue  # the same pages once more, and without a place of their own
        for link in page.loads:
            if urlsplit(link).scheme not in ("", "data"):
                found.append(f"{name} loads {link}")
        for link in page.links + [link for link in page.loads if not urlsplit(link).scheme]:
            if urlsplit(link).scheme:
                continue
            file, place = target(path, site, link)
            if not file.is_file():
                found.append(f"{name}: {link} leads nowhere")
            elif place and file in pages and place not in pages[file].ids:
                found.append(f"{name}: {link} leads to no heading")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "target/site", help="the folder, which is made anew")
    to = parser.parse_args().to.resolve()
    if to.exists() and not (to / "toc.html").exists() and any(to.iterdir()):
        sys.exit(f"{to} is not a site: nothing is written there")
    with tempfile.TemporaryDirectory() as book:
        stage(Path(book))
        made = subprocess.run(["mdbook", "build", book, "--dest-dir", str(to)], capture_output=True, text=True, check=False)
        if made.returncode or "WARN" in made.stderr or "ERROR" in made.stderr:
            sys.exit(f"mdbook: {made.stderr or made.stdout}")
    found = wrong(to)
    if found:
        sys.exit("\n".join(found))
    count = sum(1 for _ in to.rglob("*.html"))
    print(f"{count} pages in {to.name}, every link leads somewhere")


if __name__ == "__main__":
    main()
