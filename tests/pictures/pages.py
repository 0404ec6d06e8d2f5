"""Which pages there are pictures of. Those that belong to somebody have their addresses from people.py."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

WORK = {
    "inbox": "/desk/",
    "search": "/desk/?q=lind",
    "check": "/desk/?view=check",
    "nobody-matches": "/desk/?q=zzyzx",
    "add-enquiry": "/desk/enquiries/add/",
    "board": "/desk/board/",
    "lead": "",
    "how-to-reach-them": "",
    "closing": "",
    "merge": "",
    "calls": "/desk/calls/",
    "tasks": "/desk/tasks/",
    "for-you": "/desk/notices/",
    "recent-changes": "/desk/changes/",
    "followups": "/desk/followups/",
    "new-sequence": "/desk/followups/new/",
    "who-gets-a-sequence": "/desk/followups/after-enquiry/rules/",
    "sequence": "/desk/followups/after-enquiry/edit/",
    "mail-of-a-sequence": "/desk/followups/after-enquiry/edit/1/",
    "preview-of-a-mail": "/desk/followups/after-enquiry/edit/1/preview/",
    "reports": "/desk/reports/",
    "export": "/desk/export/",
    "import": "/desk/import/",
    "import-file": "",
}
SETTINGS = {
    "profile": "/desk/settings/profile/",
    "when-you-work": "/desk/settings/profile/times/",
    "clinic": "/desk/settings/clinic/",
    "hours": "/desk/settings/hours/",
    "crisis": "/desk/settings/crisis/",
    "wording": "/desk/settings/wording/",
    "appearance": "/desk/settings/appearance/",
    "stages": "/desk/settings/stages/",
    "reasons": "/desk/settings/reasons/",
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
    "signing-in-safely": "/accounts/mfa/",
    "where-you-are-signed-in": "/accounts/sessions/",
}
STATES = {  # what a page can come to
    "first-run": "/desk/",
    "nobody-waits": "/desk/",
    "changed-meanwhile": "",
    "import-under-way": "",
    "import-failed": "",
    "not-found": "/desk/nowhere/",
}
BEFORE_ANYBODY_WROTE = {"first-run", "nobody-waits"}  # in a clinic that Alice has just set up
PUBLIC = {  # what a visitor sees, and who has not signed in yet
    "home": "/",
    "contact": "/contact/",
    "thank-you": "",
    "referral": "",
    "own-page": "",
    "privacy": "/privacy/",
    "sign-in": "/accounts/login/",
    "forgotten-password": "/accounts/password/reset/",
}
ALL = WORK | SETTINGS | STATES | PUBLIC


def choose_a_row(page: Page) -> None:
    """On a wide screen it is shown beside the list."""
    page.keyboard.press("j")
    if page.evaluate("matchMedia('(min-width: 68.75rem)').matches"):
        page.locator(".glance").wait_for()


def begin(page: Page) -> None:
    """The second picture of call mode finds it begun."""
    if (button := page.get_by_role("button", name="Begin")).count():
        button.click()
    page.get_by_role("button", name="Spoke to them").wait_for()


def hide_names(page: Page) -> None:
    if (button := page.get_by_role("button", name="Hide names")).count():
        button.click()
    page.get_by_role("button", name="Show names").wait_for()


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("vera")
    page.locator("#palette").get_by_text("People", exact=True).wait_for()  # before, those of late stand there


def hide_first_run(page: Page) -> None:
    """It lasts: whoever is to show the list comes before."""
    if (button := page.get_by_role("button", name="Hide this list")).count():
        button.click()
        page.locator(".first-run").wait_for(state="detached")
        page.reload()  # and nothing says any more what was done


def type_what_bob_changed(page: Page) -> None:
    """As if the page had been open since before he did."""
    page.locator("[name=opened]").evaluate("(opened) => { opened.value = 'Okafor'; }")
    page.get_by_label("Name", exact=True).fill("Dr. A. Okafor")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save mine").wait_for()


def open_more(page: Page) -> None:
    page.get_by_text("More", exact=True).click()


@dataclass(frozen=True)
class Shot:
    name: str  # of the picture
    page: str  # of ALL
    sizes: tuple[str, ...] = ("desktop", "phone")
    prepare: Callable[[Page], None] | None = None


PREPARED = {"nobody-waits": hide_first_run, "changed-meanwhile": type_what_bob_changed}
EVERY = [Shot(name, name, prepare=PREPARED.get(name)) for name in ALL]
DESKTOP, PHONE = ("desktop",), ("phone",)
OF_THE_GUIDE = [
    Shot("inbox", "inbox", prepare=choose_a_row),
    Shot("board", "board"),
    Shot("lead", "lead"),
    Shot("calls", "calls", prepare=begin),
    Shot("followups", "followups"),
    Shot("mail-of-a-sequence", "mail-of-a-sequence"),
    Shot("reports", "reports"),
    Shot("palette", "inbox", DESKTOP, open_palette),
    Shot("more", "inbox", PHONE, open_more),
    Shot("closing", "closing", PHONE),
    Shot("merge", "merge", DESKTOP),
    Shot("export", "export", DESKTOP),
    Shot("import-file", "import-file"),
    Shot("hours", "hours"),
    Shot("stages", "stages", DESKTOP),
    Shot("who-gets-what", "who-gets-what", DESKTOP),
    Shot("for-you", "for-you", PHONE),
    Shot("tasks", "tasks", DESKTOP),
    Shot("waiting-room", "lead", prepare=hide_names),  # the last of the desk, for it lasts
    Shot("contact", "contact", PHONE),  # from here on nobody is signed in
    Shot("own-page", "own-page", PHONE),
]
