"""The guide shows the pictures that `make pictures` takes, and no others; each says in words what is on it."""

import re
from pathlib import Path

from tests.pictures import gallery
from tests.pictures.pages import ALL, OF_THE_GUIDE

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/pictures/guide"
EVERY = ROOT / "docs/pictures/pages"
MEGABYTES = 6


def shown() -> set[str]:
    texts = [ROOT.joinpath(name).read_text() for name in ("docs/guide.md", "README.md")]
    return {found for text in texts for found in re.findall(r"pictures/guide/([\w-]+\.png)", text)}


def test_what_is_taken_is_there_and_shown() -> None:
    taken = {f"{shot.name}-{theme}-{size}.png" for shot in OF_THE_GUIDE for theme in ("light", "dark") for size in shot.sizes}
    assert {path.name for path in FOLDER.iterdir()} == taken
    assert shown() == taken


def test_every_page_is_there_in_four_pictures() -> None:
    taken = {f"{name}-{theme}-{size}.png" for name in ALL for theme in ("light", "dark") for size in ("desktop", "phone")}
    assert {path.name for path in EVERY.iterdir()} == taken
    assert (ROOT / "docs/pages.md").read_text() == gallery.text()
    assert set(re.findall(r"pictures/pages/([\w-]+\.png)", gallery.text())) == taken


def test_each_is_said_in_words() -> None:
    for line in (ROOT / "docs/guide.md").read_text().splitlines():
        if "<img" in line:
            assert re.search(r'alt="[^"]{15,}"', line), line


def test_together_they_are_light() -> None:
    for folder in (FOLDER, EVERY):
        assert sum(path.stat().st_size for path in folder.iterdir()) < MEGABYTES * 2**20
