"""What every page must pass: axe in both themes, narrow and wide, and nothing that sticks out of the page or of what holds it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "iframes": False,  # ours are sandboxed, and axe is not in them: it would wait for an answer that can't come
}
# Those of them that look at colours. The dark theme changes nothing else (tests/test_dark.py), so the others can't find anything new in it.
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "rules": {}}
THEMES = {"light": OPTIONS, "dark": COLOURS}

BOXES = ".rows, .card, .notice, .sheet, .board-card, .told, table"
STICKS_OUT = """(boxes) => [...document.querySelectorAll(`main :is(${boxes})`)].flatMap((box) => {
  const scrolls = (one) => one && ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  if (scrolls(box) || scrolls(box.closest(".scrolls"))) return [];
  const edge = box.getBoundingClientRect().right + 1;
  const there = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const inFlow = (one) => !one.closest(".visually-hidden, .menu-panel, svg") && getComputedStyle(one).position !== "fixed";
  const out = [...box.querySelectorAll(":scope *")].filter((one) => one.getBoundingClientRect().right > edge && there(one) && inFlow(one));
  return out.map((one) => `${one.outerHTML.slice(0, 120)} out of ${box.className}`);
}).slice(0, 3)"""


def assert_accessible(page: Page, options: dict[str, Any] = OPTIONS) -> None:
    if not page.evaluate("'axe' in window"):  # half a megabyte
        page.evaluate(Axe().axe_script)
    violations = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    found = [f"{one['id']}: {node['html'][:160]} {node['failureSummary']}" for one in violations for node in one["nodes"]]
    assert found == [], "\n".join(found)


def assert_fits(page: Page) -> None:
    widths: list[int] = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1], f"{page.url} is {widths[0]} px wide on a screen of {widths[1]}"
    found: list[str] = page.evaluate(STICKS_OUT, BOXES)
    assert found == [], "\n".join([page.url, *found])


def assert_looks_right(page: Page, widths: tuple[int, ...] = (320, 1280)) -> None:
    """The page as it stands, in light and dark, at each width."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page)
        for theme, options in THEMES.items():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]  # its two names
            assert_accessible(page, options)
