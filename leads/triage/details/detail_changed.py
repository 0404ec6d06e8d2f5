"""A save over somebody else's change: says whose, and what stands there now. What was typed is the caller's to keep."""

from typing import Self

from django.utils.translation import gettext as _

from leads.models import Event, EventKind, Lead
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import Conflict

CHANGES = (EventKind.DETAILS, EventKind.CUSTOM_FIELD, EventKind.UNDONE)


class DetailChanged(Conflict):
    """`now`: the value that stands there, as a form holds it."""

    def __init__(self, sentence: str, now: str) -> None:
        super().__init__(sentence)
        self.now = now

    @classmethod
    def of(cls, lead: Lead, field: str, *, now: str, shown: str) -> Self:
        """`shown`: the same as people read it."""
        what = {"value": shown or _("nothing")}
        event = _newest(lead, field)
        if event is None:  # They changed it themselves, or it came by another door.
            return cls(_("It was changed to “%(value)s” while you typed.") % what, now)
        calendar = Calendar.today()
        at = calendar.since(event.at).text
        who = str(event.by) if event.by else _("A program")
        said = _("%(who)s changed it to “%(value)s” while you typed (%(at)s).") % (what | {"who": who, "at": at})
        return cls(said, now)


def _newest(lead: Lead, field: str) -> Event | None:
    found = lead.events.filter(kind__in=CHANGES, data__field=field)
    return found.select_related("by").defer("text").order_by("-at", "-id").first()
