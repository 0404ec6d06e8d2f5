"""What a visitor sees when something went wrong: a plain sentence, the ways to reach us, crisis help. No query is made.

Colleagues on the desk stay in its frame, which asks what it asks on every page; where the mistake is ours, they see what visitors see.
"""

import sys

from django.core.exceptions import TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from leads.capture import desk_error_pages
from leads.capture.desk_error_pages import on_the_desk
from leads.models import Clinic

AWAY = (OperationalError, InterfaceError, RedisError)


def say(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    context = {"clinic": Clinic.last_seen(), "title": title, "text": text}
    response = render(request, "leads/capture/page.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TooManyFieldsSent):
        request.GET = QueryDict()  # What could not be read for the page can't be read for this one.
    return say(request, _("We could not read that"), _("Part of what your browser sent is missing. Go back and try again."), 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    title = _("This page is not open to you")
    if on_the_desk(request):
        return desk_error_pages.forbidden(request, title)
    return say(request, title, _("If you think it should be, tell us."), 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    answer = desk_error_pages.say if on_the_desk(request) else say
    return answer(
        request, _("This page was open for too long"), _("Nothing was changed. Go back, load the page again and repeat the last step."), 403
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    answer = desk_error_pages.say if on_the_desk(request) else say
    return answer(request, _("There is nothing at this address"), _("The link may be old, or a letter of it may be missing."), 404)


def wrong_method(request: HttpRequest) -> HttpResponse:
    title = _("This address does something else")
    if on_the_desk(request):
        return desk_error_pages.wrong_method(request, title)
    return say(request, title, _("Start again from our contact page."), 405)


def too_large(request: HttpRequest) -> HttpResponse:
    return say(request, _("That is more than we can take at once"), _("Go back, shorten your message, and send it again."), 413)


def broken(request: HttpRequest) -> HttpResponse:
    """503 while a service that we depend on is away; 500 where the mistake is ours."""
    status = 503 if isinstance(sys.exc_info()[1], AWAY) else 500
    return say(
        request, _("Something on our side is not working"), _("Nothing you did caused it. Try again in a minute, or call us."), status
    )


def page_has_closed(request: HttpRequest) -> HttpResponse:
    return say(
        request,
        _("This page has closed"),
        _("It is open for one hour after you write, so that nobody else reads it later. If you wrote to us, we have your message."),
        200,
    )
