"""What somebody asked us to do with what we keep about them, as the lead page says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leads.models import PrivacyRequest, PrivacyRequestKind
from leads.triage.decisions.outcomes import Calendar


@dataclass(frozen=True)
class OpenRequest:
    kind: str
    text: str
    day: str  # by which we said it is done
    button: str

    @classmethod
    def of(cls, request: PrivacyRequest, calendar: Calendar) -> Self:
        button = _("The copy is with them") if request.kind == PrivacyRequestKind.COPY else _("Deletion is seen to")
        day = date_format(request.due_at.astimezone(calendar.hours.zone), "j M Y")
        return cls(request.kind, request.get_kind_display(), day, button)


def open_requests(requests: Iterable[PrivacyRequest], calendar: Calendar) -> list[OpenRequest]:
    return [OpenRequest.of(request, calendar) for request in requests]
