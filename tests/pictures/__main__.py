"""usage: python -m tests.pictures [FOLDER | --only NAME ...]

Takes the pictures of the README and of the staff guide, docs/pictures/guide/<name>-<light or dark>-<desktop or phone>.png, and those of
every page, docs/pictures/pages/…, which docs/pages.md shows; with --only, of the pages that are named and no others. With a FOLDER: every
page, whole, into it, to look at. Two runs of the same code give the same pictures, but for a handful of pixels at edges, which Chromium
smooths as it likes.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from tests.pictures import gallery
from tests.pictures.pages import ALL, BEFORE_ANYBODY_WROTE, EVERY, OF_THE_GUIDE, PUBLIC, Shot
from tests.pictures.taking import Clinic, clinic, signed_in

GUIDE, PAGES, GALLERY = Path("docs/pictures/guide"), Path("docs/pictures/pages"), Path("docs/pages.md")
SIZES: dict[str, ViewportSize] = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 800}}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = "128"


def main(folder: Path | None, only: list[str]) -> int:
    if folder:
        take_all(EVERY, folder, whole=True)
        return 0
    if not only:
        take_all(OF_THE_GUIDE, GUIDE)
    take_all([shot for shot in EVERY if not only or shot.name in only], PAGES)
    GALLERY.write_text(gallery.text())
    return 0


def take_all(shots: list[Shot], to: Path, *, whole: bool = False) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for anybody_wrote in (True, False):
        some = [shot for shot in shots if (shot.page not in BEFORE_ANYBODY_WROTE) == anybody_wrote]
        if some:
            take_some(some, to, anybody_wrote=anybody_wrote, whole=whole)


def take_some(shots: list[Shot], to: Path, *, anybody_wrote: bool, whole: bool) -> None:
    with clinic(anybody_wrote=anybody_wrote) as here, signed_in(here) as page:
        for shot in shots:
            if shot.page in PUBLIC:
                page.context.clear_cookies()
            take(page, here, shot, to, whole=whole)


def take(page: Page, here: Clinic, shot: Shot, to: Path, *, whole: bool) -> None:
    for size in shot.sizes:
        page.set_viewport_size(SIZES[size])
        page.goto(here.pages.get(shot.page) or ALL[shot.page])
        if shot.prepare:
            shot.prepare(page)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            path = to / f"{shot.name}-{theme}-{size}.png"
            page.screenshot(path=path, full_page=whole)
            if not whole:
                make_small(path)


def make_small(path: Path) -> None:
    """A palette makes it a third as large, and nobody sees it. Without ImageMagick it stays as it is."""
    if convert := shutil.which("convert"):
        subprocess.run([convert, path, "-strip", "+dither", "-colors", COLOURS, f"PNG8:{path}"], check=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--only", nargs="+", default=[], choices=list(ALL), metavar="NAME")
    return parser.parse_args()


if __name__ == "__main__":
    wished = arguments()
    sys.exit(main(wished.folder, wished.only))
