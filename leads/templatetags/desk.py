"""The frame around every desk page: the clinic's name, where one can go, and how many wait."""

from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.access import Right, leads_visible_to, may
from leads.models import Clinic, User
from leads.triage.counts import capped

register = template.Library()


@dataclass(frozen=True, slots=True)
class Place:
    page: str  # the URL's name
    label: str | Promise
    icon: str
    right: Right
    key: str = ""  # after g

    @property
    def url(self) -> str:
        return reverse(self.page)


PLACES = (
    Place("inbox", _("Inbox"), "inbox", Right.READ_LEADS, "i"),
    Place("board", _("Board"), "view-columns", Right.READ_LEADS, "b"),
    Place("followups", _("Follow-ups"), "envelope", Right.READ_LEADS),
    Place("settings", _("Settings"), "cog-6-tooth", Right.OWN_PROFILE, "s"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    clinic: Clinic
    places: tuple[Place, ...]
    here: Place | None
    waiting: str  # "" where nobody waits
    name: str  # of who is signed in
    works: bool  # on leads


def _here(path: str) -> Place | None:
    """The inbox is the desk itself, and a lead belongs to it."""
    return max((place for place in PLACES if path.startswith(place.url)), key=lambda place: len(place.url), default=None)


@register.simple_tag(takes_context=True)
def desk_frame(context: Context) -> Frame:
    request = context["request"]
    user: User = request.user
    places = tuple(place for place in PLACES if may(user, place.right))
    waiting = context.get("waiting") or capped(leads_visible_to(user).needs_us())
    return Frame(Clinic.current(), places, _here(request.path), "" if waiting == "0" else waiting, str(user), may(user, Right.WORK_LEADS))
