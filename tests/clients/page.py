"""Measures HTML reports in Chromium: how fast they open, how large they are, how fast the filter answers, how they print.

    cargo run --release --example generate 10000 > 10000.yaml
    cargo run --release -- score 10000.yaml --format html > 10000.html
    python3 tests/clients/page.py REPORT.html...

Needs Chromium, python3 with playwright (`bash .ci/tools` installs both) and, for the number of pages, pdfinfo (Debian's
poppler-utils). One line for each file: its size; from the start of the navigation until the page is loaded and has been
painted; all nodes, texts included, as Chromium counts them; from the first key in the filter, pressed as soon as the page
is loaded, until the answer is painted; the longest of the next ten keys; pages of A4. Times are medians of five runs: what a
reader waits, and behind it how long the page's own thread was busy, which other work on the machine does not change. Fails
where a page takes longer than the design allows, other work not counted: 2 s to open, 20,000 nodes, 100 ms for a key.
"""

import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

RUNS, OPEN_MS, NODES, KEY_MS = 5, 2_000, 20_000, 100
# A reader sees the answer with the second frame after the key at the latest.
KEY = """key => new Promise(done => {
  const field = document.getElementById('find');
  const before = performance.now();
  field.value += key;
  field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - before)));
})"""
OPENED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"""


def run(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy():
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1_000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    page.goto(address, wait_until="load")
    opened = (page.evaluate(OPENED), busy())
    session.send("HeapProfiler.enable")
    keys = []
    for key in "craft owner":
        before = busy()
        keys.append((page.evaluate(KEY, key), busy() - before))
    page.goto("about:blank")
    page.goto(address, wait_until="load")
    session.send("HeapProfiler.collectGarbage")
    nodes = session.send("Memory.getDOMCounters")["nodes"]
    page.close()
    return opened, keys[0], max(keys[1:], key=lambda key: key[1]), nodes


def median(times):
    return tuple(statistics.median(one) for one in zip(*times))


def pages(browser, address):
    if not shutil.which("pdfinfo"):
        return "?"
    with tempfile.TemporaryDirectory() as folder:
        page = browser.new_page()
        page.goto(address)
        page.pdf(path=f"{folder}/page.pdf", format="A4", prefer_css_page_size=True)
        page.close()
        told = subprocess.run(["pdfinfo", f"{folder}/page.pdf"], capture_output=True, text=True, check=True).stdout
        return re.search(r"Pages:\s+(\d+)", told)[1]


def main():
    slow = False
    with sync_playwright() as play:
        names = ["chromium", "chromium-browser", "google-chrome"]
        found = next(filter(None, map(shutil.which, names)))
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        print(f"{'file':24} {'MB':>6} {'open ms':>14} {'nodes':>7} {'first key ms':>14} {'later keys ms':>14} {'A4':>3}")
        for path in map(pathlib.Path, sys.argv[1:]):
            address = path.resolve().as_uri()
            runs = [run(browser, address) for _ in range(RUNS)]
            *times, nodes = zip(*runs)
            opened, first, later = map(median, times)
            told = lambda times: f"{times[0]:.0f} ({times[1]:.0f})"
            size = path.stat().st_size / 1e6
            print(
                f"{path.name:24} {size:6.2f} {told(opened):>14} {max(nodes):>7} {told(first):>14} {told(later):>14}"
                f" {pages(browser, address):>3}"
            )
            slow |= opened[1] > OPEN_MS or max(nodes) > NODES or first[1] > KEY_MS
        browser.close()
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
