"""Nothing moves for whoever asked for less of it: what moves stands where the sheet has asked first."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHEETS = sorted(ROOT.glob("leads/static/leads/*.css"))
SCRIPTS = sorted(ROOT.glob("leads/static/leads/*.js"))
ASKED = re.compile(r"@media[^{]*prefers-reduced-motion:\s*no-preference[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
MOVES = re.compile(r"\b(?:transition|animation)[\w-]*\s*:|@keyframes|scroll-behavior\s*:\s*smooth")
SCRIPTED = re.compile(r"smooth|\.animate\(|startViewTransition")


def what_moves_unasked(css: str) -> list[str]:
    return MOVES.findall(ASKED.sub("", css))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_sheet_asks_before_anything_moves(sheet: Path) -> None:
    assert what_moves_unasked(sheet.read_text()) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_no_script_moves_anything_by_itself(script: Path) -> None:
    assert not SCRIPTED.search(script.read_text())


def test_what_moves_unasked_is_found() -> None:
    asked = "@media (prefers-reduced-motion: no-preference) { a { transition: color .1s; } b { animation: c 1s; } }"
    assert what_moves_unasked(f"{asked} i {{ color: red; }}") == []
    assert what_moves_unasked(f"{asked} i {{ transition: none; }} @keyframes x {{ }}") == ["transition:", "@keyframes"]
