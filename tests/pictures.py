"""usage: python -m tests.pictures    takes the pictures of the README and of the staff guide from the running product.

It is filled with made-up leads. The guide's pictures show every page in light and dark, on a desktop and on a phone.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import CHROMIUM
from tests.processes.running import Run

PASSWORD = "correct horse battery staple"

PICTURES = Path("docs/pictures")
GUIDE = PICTURES / "guide"
PAGES = {"inbox": "/desk/", "contact": "/contact/"}
OF_THE_GUIDE = {
    "inbox": "/desk/",
    "board": "/desk/board/",
    "calls": "/desk/calls/",
    "followups": "/desk/followups/",
    "reports": "/desk/reports/",
    "for-you": "/desk/notices/",
    "recent-changes": "/desk/changes/",
    "add-enquiry": "/desk/enquiries/add/",
    "profile": "/desk/settings/profile/",
    "when-you-work": "/desk/settings/profile/times/",
    "clinic": "/desk/settings/clinic/",
    "hours": "/desk/settings/hours/",
    "crisis": "/desk/settings/crisis/",
    "wording": "/desk/settings/wording/",
    "appearance": "/desk/settings/appearance/",
    "tags": "/desk/settings/tags/",
    "fields": "/desk/settings/fields/",
    "email": "/desk/settings/email/",
    "templates": "/desk/settings/templates/",
    "mail": "/desk/mail/",
    "suppression": "/desk/settings/suppression/",
    "team": "/desk/settings/team/",
    "who-gets-what": "/desk/settings/assignment/",
    "retention": "/desk/settings/retention/",
    "connections": "/desk/settings/connections/",
    "import": "/desk/import/",
    "home": "/",
    "contact": "/contact/",
}
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 800}}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def sign_in(page: Page, link: str) -> None:
    """The way of the first administrator: the link's one button, then who they are."""
    page.goto(link)
    page.locator("main form button").first.click()
    page.fill("input[name=name]", "Alice Marsh")
    page.fill("input[name=email]", "alice@example.com")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/desk/**")


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Run(Path(folder)) as run, sync_playwright() as playwright:
        subprocess.run([sys.executable, "manage.py", "seed"], env=run.environment, check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        sign_in(page, run.sign_in_link() or "")
        for name, path in PAGES.items():
            page.goto(run.url + path)
            page.screenshot(path=PICTURES / f"{name}.png")
        of_the_guide(page, run.url)
    return 0


def of_the_guide(page: Page, url: str) -> None:
    GUIDE.mkdir(exist_ok=True)
    page.goto(f"{url}/desk/")
    lead = page.locator("[data-rows] .name").first.get_attribute("href")
    for name, path in (OF_THE_GUIDE | {"lead": str(lead)}).items():
        for size, viewport in SIZES.items():
            page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
            page.goto(url + path)
            if name == "inbox" and size == "desktop":
                page.keyboard.press("j")
                page.locator(".glance").wait_for()
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                page.screenshot(path=GUIDE / f"{name}-{theme}-{size}.jpg", type="jpeg", quality=60)


if __name__ == "__main__":
    sys.exit(main())
