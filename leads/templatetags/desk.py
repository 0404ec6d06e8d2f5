"""The frame around every desk page: the clinic's name, where one can go, and how many wait."""

from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.access import Right, may
from leads.clinic.settings_menu import SETTINGS_PAGES
from leads.models import Clinic, User
from leads.triage.lists.waiting_room import is_on
from leads.triage.words.counts import waiting_and_unread

register = template.Library()


IN_BAR = {"inbox", "board", "calls", "notices"}


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: comparing would word its label
class Place:
    page: str  # the URL's name
    label: str | Promise
    icon: str
    right: Right
    key: str = ""  # after g

    @property
    def url(self) -> str:
        return reverse(self.page)

    @property
    def in_bar(self) -> bool:
        """Of a phone, which has room for few; the others are under "More"."""
        return self.page in IN_BAR


SETTINGS = Place("settings", _("Settings"), "cog-6-tooth", Right.OWN_PROFILE, "s")
NOTICES = Place("notices", _("For you"), "bell", Right.WORK_LEADS)
PLACES = (
    Place("inbox", _("Inbox"), "inbox", Right.READ_LEADS, "i"),
    Place("board", _("Board"), "view-columns", Right.READ_LEADS, "b"),
    Place("calls", _("Calls"), "phone", Right.WORK_LEADS, "c"),
    Place("tasks", _("Tasks"), "clipboard-document-check", Right.WORK_LEADS, "t"),
    Place("followups", _("Follow-ups"), "envelope", Right.READ_LEADS, "f"),
    Place("reports", _("Reports"), "chart-bar", Right.SEE_REPORTS, "r"),
    NOTICES,
    SETTINGS,
)


@dataclass(frozen=True, slots=True)
class Frame:
    clinic: Clinic
    places: tuple[Place, ...]
    here: Place | None
    waiting: str  # "" where nobody waits
    unread: str  # "" where the desk has nothing new to tell
    name: str  # of who is signed in
    works: bool  # on leads
    hides: bool  # names: whoever sees any
    veiled: bool  # waiting-room mode


def _here(path: str) -> Place | None:
    """The inbox is the desk itself, and a lead belongs to it; mail and imports have their place among the settings."""
    starts = _starts()
    return starts.get(max((start for start in starts if path.startswith(start)), key=len, default=""))


@lru_cache(maxsize=1)
def _starts() -> dict[str, Place]:
    return {place.url: place for place in PLACES} | {reverse("mail"): SETTINGS, reverse("imports"): SETTINGS}


@register.simple_tag(takes_context=True)
def settings_pages(context: Context) -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """The menu of the settings pages that this person may open, in groups."""
    user = context["request"].user
    groups = [(group, [(name, label) for name, label, right in pages if may(user, right)]) for group, pages in SETTINGS_PAGES]
    return [(group, pages) for group, pages in groups if pages]


@register.simple_tag(takes_context=True)
def desk_frame(context: Context) -> Frame:
    request = context["request"]
    user: User = request.user
    places = tuple(place for place in PLACES if may(user, place.right))
    counted = (str(context["waiting"]), str(context["unread"])) if "unread" in context else None
    waiting, unread = counted or waiting_and_unread(user)
    waiting = "" if waiting == "0" else waiting
    works = may(user, Right.WORK_LEADS)
    return Frame(Clinic.current(), places, _here(request.path), waiting, unread, str(user), works, may(user, Right.READ_LEADS), is_on())
