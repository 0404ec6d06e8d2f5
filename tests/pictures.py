"""usage: python -m tests.pictures    takes the README's pictures of the running product, filled with made-up leads."""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.processes.running import Run

CHROMIUM = "/usr/bin/chromium"
PASSWORD = "correct horse battery staple"

PICTURES = Path("docs/pictures")
PAGES = {"inbox": "/desk/", "contact": "/contact/"}


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
