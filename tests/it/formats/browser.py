"""Opens HTML reports in Chromium and says what is wrong with them.

    python3 tests/it/formats/browser.py CHROMIUM PICTURES REPORT.html...

Checks each page in light and dark, wide and on a phone of 360 pixels (the first in all four): no message on the console, no dialog, no request
but for the page itself, no horizontal scroll, the rules of axe for WCAG 2 AA. Once for each page: the controls by
keyboard, filter, order and paper; and that without scripts everything stands there. Takes pictures of the first page
into the folder PICTURES.
"""

import pathlib
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WIDE, PHONE = {"width": 1100, "height": 900}, {"width": 360, "height": 740}
VIEWS = [("wide", WIDE, "light"), ("phone", PHONE, "dark"), ("wide", WIDE, "dark"), ("phone", PHONE, "light")]
AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def opened(browser, path, said, **options):
    page = browser.new_context(**options).new_page()
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}") or dialog.dismiss())
    address = path.resolve().as_uri()
    page.on("request", lambda request: request.url == address or said.append(f"request: {request.url}"))
    page.goto(address)
    return page


def looks(page, said):
    width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if width > inner:
        said.append(f"scrolls sideways: {width} over {inner}")
    for found in Axe().run(page, options=AA).response["violations"]:
        places = [node["target"] for node in found["nodes"]][:3]
        said.append(f"axe {found['id']}: {found['help']} at {places}")


def works(page, said):
    """Filter, order and keyboard."""
    shown = lambda: page.locator("#factors > li:visible").count()
    all_of_them = shown()
    first = page.locator("#factors > li h3").first.inner_text()
    page.fill("#words", "nothing has these words")
    if shown() != 0:
        said.append("the filter lets by what it should not")
    page.fill("#words", "")
    page.select_option("#group", index=1)
    if not 0 < shown() < all_of_them:
        said.append("the kind filters nothing, or everything")
    page.select_option("#group", "")
    page.select_option("#order", "quickest")
    minutes = page.evaluate("Array.from(document.querySelectorAll('#factors > li'), li => Number(li.dataset.minutes))")
    if minutes != sorted(minutes):
        said.append("the order is not what it says")
    page.select_option("#order", "worst")
    if page.locator("#factors > li h3").first.inner_text() != first:
        said.append("worst first is not what it was")
    if page.locator("#tools output").inner_text().split(" ")[0] != str(all_of_them):
        said.append("the count of what is shown is wrong")
    page.reload()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.localName"))
    if not {"a", "words", "group", "order", "summary"} <= reached:
        said.append(f"the keyboard reaches only {sorted(reached)}")


def stays(page, said):
    """Without scripts everything is there, and nothing that would not work."""
    if page.locator("#tools").is_visible():
        said.append("without scripts there are controls that do nothing")
    if page.locator("#factors > li:visible").count() == 0:
        said.append("without scripts there are no factors")


def prints(page, said):
    page.emulate_media(media="print")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    hidden = page.evaluate(
        "Array.from(document.querySelectorAll('details > table')).filter(one => !one.checkVisibility({contentVisibilityAuto: true})).length"
    )
    if hidden:
        said.append(f"paper lacks {hidden} tables that are folded away")
    page.emulate_media(media="screen")


def main():
    chromium, pictures, *names = sys.argv[1:]
    pictures = pathlib.Path(pictures)
    pictures.mkdir(parents=True, exist_ok=True)
    problems = []
    with sync_playwright() as play:
        # A container has no sandbox of its own to offer.
        browser = play.chromium.launch(executable_path=shutil.which(chromium), args=["--no-sandbox"])
        for path in map(pathlib.Path, names):
            first = path == pathlib.Path(names[0])
            for view, size, scheme in VIEWS if first else VIEWS[:2]:
                said = []
                page = opened(browser, path, said, viewport=size, color_scheme=scheme)
                looks(page, said)
                if first:
                    page.screenshot(path=pictures / f"{view}-{scheme}.png")
                if (view, scheme) == ("wide", "light"):
                    works(page, said)
                    prints(page, said)
                problems += [f"{path.name} {view} {scheme}: {one}" for one in said]
                page.context.close()
            said = []
            page = opened(browser, path, said, viewport=PHONE, java_script_enabled=False)
            stays(page, said)
            problems += [f"{path.name} without scripts: {one}" for one in said]
            page.context.close()
        browser.close()
    print("\n".join(problems) or f"{len(names)} pages, nothing to say")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
