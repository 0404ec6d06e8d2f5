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
ZOOMED = 640  # what is left of 1280 px at 200 %

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

# Whatever takes the focus: in the order in which it stands, with a ring around it, and under nothing that stays in its place.
STOPS = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const stops = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }));
  const ringed = (one) => [null, "::before", "::after"].some((part) => {
    const style = getComputedStyle(one, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const within = (place, most) => Math.min(Math.max(place, 1), most - 1);
  const isOnTop = (one) => {
    const box = one.getBoundingClientRect();
    const [x1, x2] = [within(box.left, innerWidth), within(box.right, innerWidth)];
    const [y1, y2] = [within(box.top, innerHeight), within(box.bottom, innerHeight)];
    return [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
      const there = document.elementFromPoint(x1 + (x2 - x1) * x, y1 + (y2 - y1) * y);
      return there && (one.contains(there) || there.contains(one) || there.closest("label")?.control === one);
    });
  };
  const wrong = (one) => {
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) return "does not take the focus";
    if (one.tabIndex > 0) return "has a turn of its own";
    if (!ringed(one)) return "has no ring";
    return isOnTop(one) ? "" : "is covered";
  };
  return stops.map((one) => [wrong(one), one.outerHTML.slice(0, 160)]).filter(([what]) => what).map((words) => words.join(": "));
}"""


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


def assert_every_stop_is_seen(page: Page) -> None:
    """From the first to the last, as Tab goes. The focus stays on that."""
    found: list[str] = page.evaluate(STOPS)
    assert found == [], "\n".join([page.url, *found[:5]])


def assert_looks_right(page: Page, widths: tuple[int, ...] = (320, 1280)) -> None:
    """The page as it stands, in light and dark, at each width."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page)
        for theme, options in THEMES.items():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]  # its two names
            assert_accessible(page, options)


def assert_right_everywhere(page: Page) -> None:
    """At each width it fits, also at 200 % zoom; on a phone every stop of Tab is seen. axe looks once a theme: most of the time is its."""
    for width in (1280, ZOOMED, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert_fits(page)
    page.emulate_media(color_scheme="light")
    assert_accessible(page)
    assert_every_stop_is_seen(page)
    page.set_viewport_size({"width": 1280, "height": 640})
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, COLOURS)
