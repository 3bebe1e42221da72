"""Draws the lines in Chromium and says what is wrong with them.

    python3 tests/it/lines/browser.py CHROMIUM PICTURES svg FILE.svg...
    python3 tests/it/lines/browser.py CHROMIUM PICTURES html FILE.html...
    python3 tests/it/lines/browser.py CHROMIUM PICTURES mermaid MERMAID.js FILE.mmd FILE.json ...

svg: at 320 and 1,200 pixels, light and dark: no text is outside of its box, every box inside the picture. Marks that pile up may
  take the 4 pixels that are between two rows.
html: the same widths: no message, no request, no horizontal scroll of the page, the rules of axe for WCAG 2 AA.
mermaid: its own program parses and draws each diagram, and every label reads as the JSON beside it says.
Takes pictures of the first file into the folder PICTURES.
"""

import json
import pathlib
import shutil
import sys

from playwright.sync_api import sync_playwright

SIZES, SCHEMES = (320, 1200), ("light", "dark")
AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

OUTSIDE = """() => {
  const page = document.documentElement.getBoundingClientRect(), found = [];
  for (const group of document.querySelectorAll('svg.lines g')) {
    const text = group.querySelector('text'), rect = group.querySelector('rect');
    if (!text) continue;
    const t = text.getBoundingClientRect(), b = (rect || document.querySelector('svg.lines rect.page')).getBoundingClientRect();
    if (t.left < b.left || t.right > b.right || t.top < b.top - 4 || t.bottom > b.bottom + 4 || b.right > page.right + 0.5)
      found.push(`${text.textContent.slice(0, 40)}: ${t.left.toFixed(1)}-${t.right.toFixed(1)} in ${b.left.toFixed(1)}-${b.right.toFixed(1)}`);
  }
  return found;
}"""

LABELS = """async text => {
  await mermaid.parse(text);
  const {svg} = await mermaid.render('drawn', text);
  const page = new DOMParser().parseFromString(svg, 'text/html');
  const labels = selector => Array.from(page.querySelectorAll(selector), one => one.textContent.trim());
  return {labels: labels('.nodeLabel, .cluster-label .nodeLabel').sort(), scripts: page.querySelectorAll('script, img, a').length,
          arrows: page.querySelectorAll('path.flowchart-link').length};
}"""


def views(browser, path, said):
    for width in SIZES:
        for scheme in SCHEMES:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.on("console", lambda message: said.append(f"console: {message.text}"))
            page.on("pageerror", lambda error: said.append(f"error: {error}"))
            page.on("dialog", lambda dialog: said.append("a dialog") or dialog.dismiss())
            address = path.resolve().as_uri()
            page.on("request", lambda request: request.url == address or said.append(f"request: {request.url}"))
            page.goto(address)
            yield width, scheme, page
            context.close()


def svg(browser, path, pictures, said):
    for width, scheme, page in views(browser, path, said):
        said += [f"{width} {scheme}: {one}" for one in page.evaluate(OUTSIDE)]
        page.screenshot(path=pictures / f"{path.stem}-svg-{width}-{scheme}.png")


def html(browser, path, pictures, said):
    from axe_playwright_python.sync_playwright import Axe

    for width, scheme, page in views(browser, path, said):
        wide, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if wide > inner:
            said.append(f"scrolls sideways: {wide} over {inner}")
        for found in Axe().run(page, options=AA).response["violations"]:
            said.append(f"axe {found['id']}: {found['help']} at {[node['target'] for node in found['nodes']][:3]}")
        said += [f"{width} {scheme}: {one}" for one in page.evaluate(OUTSIDE.replace("|| b.right > page.right + 0.5", ""))]
        page.screenshot(path=pictures / f"{path.stem}-html-{width}-{scheme}.png")


def mermaid(browser, script, path, wanted, said):
    page = browser.new_page()
    page.on("dialog", lambda dialog: said.append("a dialog") or dialog.dismiss())
    page.add_script_tag(path=script)
    page.evaluate("mermaid.initialize({startOnLoad: false})")
    try:
        drawn = page.evaluate(LABELS, path.read_text(encoding="utf-8"))
    except Exception as error:  # the parser's own words
        said.append(f"not drawn: {str(error)[:400]}")
        return
    wanted = json.loads(wanted.read_text(encoding="utf-8"))
    labels = sorted(" ".join(label.split()) for label in wanted["labels"])
    drawn_labels = sorted(" ".join(label.split()) for label in drawn["labels"])
    if drawn_labels != labels:
        lacks = [one for one in labels if one not in drawn_labels][:5]
        more = [one for one in drawn_labels if one not in labels][:5]
        said.append(f"labels: lacks {lacks}, has {more}")
    if drawn["arrows"] != wanted["arrows"]:
        said.append(f"{drawn['arrows']} arrows, not {wanted['arrows']}")
    if drawn["scripts"]:
        said.append("a label became markup")


def main():
    chromium, pictures, kind, *names = sys.argv[1:]
    pictures = pathlib.Path(pictures)
    pictures.mkdir(parents=True, exist_ok=True)
    problems, count = [], 0
    with sync_playwright() as play:
        # A container has no sandbox of its own to offer.
        browser = play.chromium.launch(executable_path=shutil.which(chromium), args=["--no-sandbox"])
        if kind == "mermaid":
            script, *names = names
            for path, wanted in zip(names[::2], names[1::2]):
                said, count = [], count + 1
                mermaid(browser, script, pathlib.Path(path), pathlib.Path(wanted), said)
                problems += [f"{pathlib.Path(path).name}: {one}" for one in said]
        else:
            for path in map(pathlib.Path, names):
                said, count = [], count + 1
                {"svg": svg, "html": html}[kind](browser, path, pictures, said)
                problems += [f"{path.name}: {one}" for one in said]
        browser.close()
    print("\n".join(problems) or f"{count} {kind}, nothing to say")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
