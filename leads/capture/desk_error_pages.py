"""What a colleague sees when an address of the desk is wrong: its frame, a plain sentence, and the way back."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leads.models import User


def on_the_desk(request: HttpRequest) -> bool:
    """Somebody is signed in, at an address of the desk. Nobody's session is looked at elsewhere."""
    user: User | AnonymousUser | None = getattr(request, "user", None) if request.path_info.startswith("/desk/") else None
    return user is not None and user.is_authenticated


def say(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    response = render(request, "leads/desk_error.html", {"title": title, "text": text}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def forbidden(request: HttpRequest, title: str) -> HttpResponse:
    return say(request, title, _("If you think it should be, ask whoever looks after your team’s roles."), 403)


def wrong_method(request: HttpRequest, title: str) -> HttpResponse:
    return say(request, title, _("Nothing was changed. It is the address of a button, not of a page."), 405)
