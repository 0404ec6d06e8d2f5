"""Back to a settings page, which then says what became of it: "Saved.", where it knows nothing better."""

from django.http import HttpResponseRedirect
from django.urls import reverse


def saved(page: str, *args: object, note: str = "saved") -> HttpResponseRedirect:
    """`page`: its URL's name. `note`: what its address says from then on, and its template looks for."""
    return HttpResponseRedirect(f"{reverse(page, args=args)}?{note}")
