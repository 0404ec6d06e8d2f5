"""The dark theme changes colours and nothing else: browser tests count on it, and look for other mistakes in the light one only.

`light-dark()` takes nothing but colours; what else asks for the theme is looked at here.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHEETS = sorted(ROOT.glob("leads/static/leads/*.css"))
COLOURED = {"background", "background-color", "border-color", "color", "color-scheme", "fill", "opacity", "outline-color", "stroke"}
BLOCK = re.compile(r"@media[^{]*prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}|[^{};]*data-theme[^{};]*(\{[^{}]*\})")
ASKED = re.compile(r"prefers-color-scheme|data-theme|dataset\.theme")


def set_for_a_theme(css: str) -> set[str]:
    """The properties that are set where a theme is asked for, but for variables that hold a colour."""
    bodies = " ".join(one or two for one, two in BLOCK.findall(css))
    return {name for name in re.findall(r"([\w-]+)\s*:[^;{}]*[;}]", bodies) if not name.startswith("--")}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_sheet_sets_nothing_but_colours_for_a_theme(sheet: Path) -> None:
    assert set_for_a_theme(sheet.read_text()) <= COLOURED


def test_what_is_set_is_found() -> None:
    css = "@media (prefers-color-scheme: dark) { .a { color: red; display: none } .b { --x: 1px; margin: 0; } } .c { padding: 0; }"
    assert set_for_a_theme(css) == {"color", "display", "margin"}
    assert set_for_a_theme(':root[data-theme="dark"] { color-scheme: dark; width: 1px; } p { height: 2px; }') == {"color-scheme", "width"}


@pytest.mark.parametrize("script", sorted(ROOT.glob("leads/static/leads/*.js")), ids=lambda script: script.stem)
def test_no_script_asks_for_the_theme(script: Path) -> None:
    assert not ASKED.search(script.read_text())
