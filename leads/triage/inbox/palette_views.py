"""What the palette (Ctrl or ⌘ K) asks of the server: people, as the search finds them; before anything is typed, the last ones."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leads.access import DeskRequest, Right, desk, leads_visible_to, record_read
from leads.models import Event, Lead, User
from leads.triage.lists.search import search
from leads.triage.words.pages import NEWEST

MOST = 8
SHORTEST = 2  # letters
LOOKED_AT = 60  # events among which the last leads are found


@require_safe
@desk(Right.WORK_LEADS)
def palette(request: DeskRequest) -> HttpResponse:
    """The options alone; the dialog is on every page of the desk."""
    q = request.GET.get("q", "").strip()
    shown = _last_ones(request.user) if not q else _found(request.user, q) if len(q) >= SHORTEST else []
    record_read(request.user, "palette", shown, "list", request.id)
    return render(request, "leads/triage/palette_leads.html", {"leads": shown, "heading": _("People") if q else _("Recent")})


def _found(user: User, q: str) -> list[Lead]:
    return list(search(leads_visible_to(user).accepted(), q).order_by(*NEWEST)[:MOST])


def _last_ones(user: User) -> list[Lead]:
    """Those that somebody did something about, the last one first."""
    touched = Event.objects.filter(by=user).order_by("-at").values_list("lead_id", flat=True)[:LOOKED_AT]
    last = list(dict.fromkeys(touched))[:MOST]
    leads = leads_visible_to(user).in_bulk(last)
    return [leads[pk] for pk in last if pk in leads]
