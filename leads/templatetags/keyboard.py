"""What the keyboard offers on every page with leads: colleagues, stages, times to look again, and places to go."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leads.access import Right, rights_of
from leads.clinic.settings_menu import SETTINGS_PAGES
from leads.models import Category, CloseReason, Stage, User
from leads.templatetags.desk import PLACES
from leads.triage.bulk.bulk_actions import BULK_ACTIONS
from leads.triage.decisions import snoozes
from leads.triage.decisions.outcomes import Calendar
from leads.triage.lists.filters import VIEWS
from leads.triage.lists.saved_views import views_of
from leads.triage.words.blanks import filled
from leads.triage.words.staff import colleagues
from leads.triage.words.wording import language

register = template.Library()
DIGITS = 9  # choices with a key of their own


class Choice(NamedTuple):  # as Select: hashed on every page
    value: str
    label: str
    more: str = ""
    key: str = ""


class Goal(NamedTuple):
    label: str
    url: str
    key: str = ""


def _numbered(choices: list[tuple[str, str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(*choice, key=str(n) if n <= DIGITS else "") for n, choice in enumerate(choices, 1))


@register.simple_tag(takes_context=True)
def choosers(context: Context) -> SafeString:
    """The dialogs behind `s`, `a` and `m`, and the forms behind keys without a button on the page. They are kept (words/blanks.py)."""
    request, calendar = context["request"], Calendar.today()
    me: User = request.user
    given = {
        "owners": _numbered([*((str(user.pk), str(user), "") for user in colleagues()), ("", _("Nobody"), "")]),
        "stages": _numbered([(stage.slug, stage.name, "") for stage in Stage.objects.known() if stage.category != Category.CLOSED]),
        "snoozes": _numbered([(choice.code, choice.label, choice.time) for choice in _snoozes(context, calendar)]),
        "today": calendar.hours.local_day(calendar.now).isoformat(),
    }
    values = {"csrf_token": str(context["csrf_token"]), "next": request.get_full_path(), "me": str(me.pk)}
    return filled("leads/triage/choosers.html", values, given)


@register.simple_tag(takes_context=True)
def bulk_bar(context: Context) -> SafeString:
    """What to do with the leads that are chosen. `query`: whose all are meant by "all that match"."""
    request, stages = context["request"], Stage.objects.known()
    given = {
        "actions": tuple(BULK_ACTIONS.values()),
        "colleagues": tuple((str(user.pk), str(user)) for user in colleagues()),
        "open_stages": tuple((stage.slug, stage.name) for stage in stages if stage.category != Category.CLOSED),
        "close_reasons": tuple((str(reason.pk), reason.name) for reason in CloseReason.objects.known()),
        "closed_stages": tuple((stage.slug, stage.name) for stage in stages if stage.category == Category.CLOSED),
        "snoozes": tuple((choice.code, choice.label) for choice in _snoozes(context, Calendar.today())),
    }
    values = {
        "csrf_token": str(context["csrf_token"]),
        "next": request.get_full_path(),
        "query": context.get("query") or request.GET.urlencode(),
        "shown": str(context["shown"]),
    }
    return filled("leads/triage/bulk_bar.html", values, given)


@register.simple_tag(takes_context=True)
def palette_dialog(context: Context) -> SafeString:
    """Where one can go is known here; people are asked of the server as somebody types."""
    user: User = context["request"].user
    goals = _goals(frozenset(rights_of(user)), language())
    saved = tuple(Goal(view.name, reverse("saved_view", args=[view.slug])) for view in views_of(user))
    return filled("leads/triage/palette.html", {}, goals | {"views": (*goals["views"], *saved)})


@lru_cache(maxsize=32)
def _goals(rights: frozenset[Right], _language: str | None) -> dict[str, tuple[Goal, ...]]:
    """Working out thirty addresses costs as much as ten rows."""
    inbox = reverse("inbox")
    return {
        "places": tuple(Goal(str(place.label), place.url, place.key) for place in PLACES if place.right in rights),
        "views": tuple(Goal(str(view.label), f"{inbox}?view={view.name}") for view in VIEWS.values()),
        "settings": tuple(
            Goal(str(label), reverse(name)) for _group, pages in SETTINGS_PAGES for name, label, right in pages if right in rights
        ),
    }


def _snoozes(context: Context, calendar: Calendar) -> Sequence[snoozes.Choice]:
    """Most pages have worked them out already."""
    return context.get("snoozes") or snoozes.choices(calendar)
