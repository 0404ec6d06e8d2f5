"""What colleagues decided about a lead since the page was shown on which somebody presses a button now.

Without this two people answer the same person, or the second decision silently undoes the first.
"""

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.models import Event, EventKind, Lead, User
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import Conflict
from leads.triage.history.event_words import Names, words
from leads.triage.words.pages import read_moment

SHOWN = "shown"  # the field that says when
DECISIONS = frozenset(
    {
        EventKind.STAGE,
        EventKind.ATTENTION,
        EventKind.ASSIGNMENT,
        EventKind.CONTACTED,
        EventKind.CALLED,
        EventKind.ANSWERED,
        EventKind.CRISIS,
        EventKind.MERGED,
        EventKind.BOOKED,
        EventKind.BOOKING_MOVED,
        EventKind.BOOKING_CANCELLED,
        EventKind.TASK_CHANGED,
        EventKind.TASK_DONE,
    }
)
TALK = frozenset({EventKind.REPLIED, EventKind.ENQUIRY})  # whoever answers, or says that nothing is to be done, should have seen it


def refuse_if_decided_since(typed: QueryDict, user: User, lead: Lead, *, settles: bool = False) -> None:
    """Called with the lead locked. The page that says so shows what is new, so that pressing again means it. `settles`: they no longer
    wait for us afterwards, so nothing that they wrote may go unseen.
    """
    event = newest_since_shown(typed, user, lead, DECISIONS | TALK if settles else DECISIONS)
    if event:
        raise Conflict(_("%s Look at it first; press again if you still mean it.") % in_words(event))


def newest_since_shown(typed: QueryDict, user: User, lead: Lead, kinds: frozenset[EventKind] = DECISIONS | TALK) -> Event | None:
    """What a colleague decided; of what happens by itself, only what they wrote."""
    shown = moment_shown(typed)
    return newest_since(shown, user, lead, kinds) if shown else None


def newest_since(shown: datetime, user: User, lead: Lead, kinds: frozenset[EventKind]) -> Event | None:
    events = lead.events.filter(at__gt=shown, kind__in=kinds).exclude(by=user).exclude(by=None, kind__in=DECISIONS)
    return events.select_related("by").defer("text").order_by("-at", "-id").first()


def in_words(event: Event) -> str:
    calendar = Calendar.today()
    what, when = words(event, Names.of(calendar)), calendar.since(event.at).text
    if event.by is None:
        return _("They wrote again, %s.") % when
    return _("%(name)s, %(when)s: %(what)s.") % {"name": event.by, "when": when, "what": what}


def moment_shown(typed: QueryDict) -> datetime | None:
    """When the page was shown, as it says itself."""
    text = typed.get(SHOWN, "")
    try:
        return read_moment(text) if text else None
    except ValueError:
        return None
