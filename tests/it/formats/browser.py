"""Opens HTML reports in Chromium and says what is wrong with them.

    python3 tests/it/formats/browser.py CHROMIUM PICTURES REPORT.html...

Checks each page on a phone of 360 pixels and wide; the first and the last page at 360, 800 and 1,280 pixels in light and dark:
no message on the console, no dialog, no request but for the page itself, no horizontal scroll; the rules of axe for WCAG 2 AA, of
each view or of a phone alone.
Once for each page: the controls by keyboard, filter, order and paper; and that without scripts everything stands there. Of the
first page: filters in the address, anchors, what is copied, two sheets of paper. Where factors are drawn on demand: that what
the script draws is what the page held. Takes pictures of the first page into the folder PICTURES.
"""

import pathlib
import re
import shutil
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PHONE, TABLET, WIDE = ({"width": width, "height": 900} for width in (360, 800, 1280))
VIEWS = [("wide", WIDE, "light"), ("phone", PHONE, "dark"), ("wide", WIDE, "dark"), ("phone", PHONE, "light")]
VIEWS += [("tablet", TABLET, "light"), ("tablet", TABLET, "dark")]
AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def opened(browser, path, said, **options):
    page = browser.new_context(reduced_motion="reduce", **options).new_page()
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}") or dialog.dismiss())
    address = path.resolve().as_uri()
    page.on("request", lambda request: request.url == address or said.append(f"request: {request.url}"))
    page.goto(address)
    return page


def fits(page, said):
    width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    check(said, width <= inner, f"scrolls sideways: {width} over {inner}")


def follows_rules(page, said, colours):
    options = AA if colours else AA | {"rules": {"color-contrast": {"enabled": False}}}
    for found in Axe().run(page, options=options).response["violations"]:
        places = [node["target"] for node in found["nodes"]][:3]
        said.append(f"axe {found['id']}: {found['help']} at {places}")


def check(said, holds, words):
    if not holds:
        said.append(words)


def shown(page):
    return page.locator("#factors > li").count()


def told(page):
    """How many are shown, as the page says."""
    return int("".join(filter(str.isdigit, page.locator("#tools output").inner_text().split(" of ")[0])))


def works(page, said):
    """Filter, order and keyboard."""
    all_of_them, first = told(page), page.locator("#factors > li h3").first.text_content()
    most = int(page.locator("#factors").get_attribute("data-page")) if page.locator("#rows").count() else all_of_them
    check(said, shown(page) == min(most, all_of_them), "the count of what is shown is wrong")
    page.fill("#find", "nothing has these words")
    check(said, shown(page) == told(page) == 0, "the filter lets by what it should not")
    page.fill("#find", "")
    page.select_option("#group", index=1)
    check(said, 0 < told(page) < all_of_them, "the kind filters nothing, or everything")
    page.select_option("#group", "")
    if not page.locator("#rows").count():
        page.select_option("#order", "=quickest")
        minutes = page.evaluate("Array.from(document.querySelectorAll('#factors > li'), li => Number(li.dataset.minutes) || Infinity)")
        check(said, minutes == sorted(minutes), "the order is not what it says")
        page.select_option("#order", "")
    check(said, page.locator("#factors > li h3").first.text_content() == first, "worst first is not what it was")
    check(said, told(page) == all_of_them, "a filter that is taken back leaves something out")
    page.reload()
    reached, wanted = set(), {"a", "button", "find", "group", "order", "summary"}
    for _ in range(140):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.localName"))
        if reached >= wanted:
            break
    check(said, reached >= wanted, f"the keyboard reaches only {sorted(reached)}")


def addresses(page, said):
    """What is chosen is in the address, and what is in the address is chosen."""
    start = page.url.split("#")[0]
    all_of_them = told(page)
    page.locator("#group").select_option(index=1)
    page.locator("#ack").select_option("=no")
    page.fill("#find", "talk")
    page.wait_for_timeout(400)
    address, count = page.url, told(page)
    check(said, all(part in address for part in ("#", "group=", "ack=no", "find=talk")), f"the address is {address}")
    page.reload()
    check(said, told(page) == count and page.input_value("#find") == "talk", "a reload forgets the filter")
    page.click("#tools [type=reset]")
    page.wait_for_timeout(400)
    check(said, "#" not in page.url and told(page) == all_of_them, "the filter stays in the address")
    counts = {}
    for part in ("owner=bo", "owner=Bo+Lindqvist", "owner=lindq", "rule=D301", "guild=data", "squad=", "order=oldest", "ack=yes", "rule=D999"):
        page.goto(f"{start}#{part}")
        page.wait_for_timeout(50)
        counts[part] = told(page)
    check(said, 0 < counts["owner=bo"] == counts["owner=Bo+Lindqvist"] == counts["owner=lindq"] < all_of_them, f"owners: {counts}")
    check(said, counts["order=oldest"] == counts["rule=D999"] == all_of_them, f"what filters nothing filters: {counts}")
    check(said, all(0 < counts[part] < all_of_them for part in ("rule=D301", "guild=data", "squad=", "ack=yes")), f"parts: {counts}")
    page.goto(start)
    page.locator("a[data-filter=squad]").first.click()
    page.wait_for_timeout(50)
    check(said, "squad=" in page.url and 0 < told(page) < all_of_them, "a squad in the table does not filter the list")
    page.go_back()
    page.wait_for_timeout(100)
    check(said, told(page) == all_of_them, "the way back keeps the filter")


def copies(page, said):
    """What the buttons copy, by keyboard, and where a copied link leads."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    item = page.locator("#factors > li").nth(7)
    anchor, name = item.get_attribute("id"), item.locator(".handles a").inner_text()
    buttons = item.locator("button.copy")
    check(said, buttons.nth(1).get_attribute("aria-label") == f"Copy id {name}", "a button does not say what it copies")
    for at, wanted in ((1, name), (0, f"{page.url.split('#')[0]}#{anchor}")):
        buttons.nth(at).focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        copied = page.evaluate("navigator.clipboard.readText()")
        check(said, copied == wanted, f"copied {copied}, not {wanted}")
        check(said, page.locator("[role=status]#copied").inner_text() == f"Copied {wanted}", "nobody is told what was copied")
    command = page.locator(".do code").first.inner_text()
    page.locator(".do button.copy").first.click()
    page.wait_for_timeout(100)
    check(said, page.evaluate("navigator.clipboard.readText()") == command, "the command is copied wrongly")
    leads(page, anchor, said)


def leads(page, anchor, said):
    """A link to a factor shows it, whatever is filtered out."""
    page.goto(page.url.split("#")[0] + "#find=nothing-has-this")
    page.goto(page.url.split("#")[0] + f"#{anchor}")
    page.wait_for_timeout(200)
    found = page.evaluate("[document.activeElement.id, document.activeElement.getBoundingClientRect().top]")
    check(said, found[0] == anchor and -2 <= found[1] < 900, f"the link to {anchor} leads to {found}")


DRAWN = """(async () => {
  const list = document.getElementById('factors');
  const html = async () => {
    for (const one of list.querySelectorAll('details')) one.open = true;
    // What is folded away is made when it is unfolded.
    while (list.querySelector('details > summary:only-child')) await new Promise(done => setTimeout(done, 20));
    return Array.from(list.children, li => li.id + li.innerHTML);
  };
  const before = await html();
  const find = document.getElementById('find');
  for (const value of ['x', '']) { find.value = value; find.dispatchEvent(new InputEvent('input', {bubbles: true})); }
  const after = await html();
  const at = before.findIndex((one, at) => one !== after[at]);
  return at < 0 && before.length === after.length ? null : [before[at], after[at]];
})()"""


def draws(page, said):
    """What the script draws is what the page held, and the pages of the list come one after the other."""
    differs = page.evaluate(DRAWN)
    check(said, differs is None, f"drawn differently: {differs}")
    held, pages = shown(page), page.locator("#pages")
    check(said, told(page) > held and pages.is_visible(), "there are no pages of the list")
    first = page.locator("#factors > li").first.get_attribute("id")
    pages.get_by_text("Next").click()
    second = page.locator("#factors > li").first.get_attribute("id")
    check(said, shown(page) == held and first != second and pages.inner_text().find("101") > 0, "the next page is not the next")
    pages.get_by_text("Previous").click()
    check(said, page.locator("#factors > li").first.get_attribute("id") == first, "the way back is not the first page")
    last = page.evaluate("JSON.parse(document.getElementById('rows').textContent).rows.at(-1).at")
    leads(page, last, said)
    check(said, page.locator(f"#{last}").is_visible(), "a link to the last factor does not draw it")


def stays(page, said):
    """Without scripts everything is there, and nothing that would not work."""
    check(said, not page.locator("#tools").is_visible(), "without scripts there are controls that do nothing")
    check(said, page.locator("button:visible").count() == 0, "without scripts there are buttons that do nothing")
    check(said, page.locator("#factors > li:visible").count() > 0, "without scripts there are no factors")
    if page.locator("#rows").count():
        check(said, page.locator(".more").is_visible(), "without scripts nobody says how many more there are")


def prints(page, said):
    """Paper has the tables and nothing that is folded away; the list where that is asked for."""
    page.emulate_media(media="print")
    check(said, not page.locator("#all").is_visible() and page.locator("#where").is_visible(), "paper has the list, or lacks tables")
    check(said, page.locator("details:visible, button:visible, form:visible").count() == 0, "paper has what one would click")
    page.emulate_media(media="screen")
    page.check("#tools [name=paper]")
    page.emulate_media(media="print")
    check(said, page.locator("#factors > li").first.is_visible(), "paper lacks the list that was asked for")
    page.emulate_media(media="screen")
    page.uncheck("#tools [name=paper]")


def sheets(page, said):
    page.emulate_media(media="print")
    count = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    check(said, count == 2, f"{count} sheets of paper, not 2")


def main():
    chromium, pictures, *names = sys.argv[1:]
    pictures = pathlib.Path(pictures)
    pictures.mkdir(parents=True, exist_ok=True)
    problems = []
    with sync_playwright() as play:
        # A container has no sandbox of its own to offer.
        browser = play.chromium.launch(executable_path=shutil.which(chromium), args=["--no-sandbox"])
        for path in map(pathlib.Path, names):
            # The other pages have the same parts: they are looked at in two views.
            first = path.stem == "example"
            for view, size, scheme in VIEWS if first else VIEWS[:2]:
                said = []
                page = opened(browser, path, said, viewport=size, color_scheme=scheme)
                fits(page, said)
                # The others have no colours of their own, and comparing colours takes most of the time; what else the
                # rules ask is the same at each width.
                has_colours = path.stem in ("example", "compared")
                if has_colours or view == "phone":
                    follows_rules(page, said, has_colours)
                if first:
                    page.screenshot(path=pictures / f"{view}-{scheme}.png")
                if (view, scheme) == ("wide", "light"):
                    works(page, said)
                    prints(page, said)
                    if first:
                        for one in (addresses, copies, sheets):
                            one(page, said)
                    if page.locator("#rows").count():
                        draws(page, said)
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
