"""What holds for every answer, and for everybody who is signed in. The order is in the settings."""

import math
import threading
import time
from collections.abc import Callable
from uuid import uuid4

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from leads.access import leave_for
from leads.capture.error_pages import wrong_method
from leads.capture.language import chosen_language
from leads.triage.lists import waiting_room

GetResponse = Callable[[HttpRequest], HttpResponse]

TRUSTED_FOR = 1.0  # seconds
STAFF = ("/desk/", "/accounts/")
PRIVATE = (*STAFF, "/api/", "/my/")
BROWSER_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")


def trust_a_busy_connection(get_response: GetResponse) -> GetResponse:
    """Django asks a kept database connection at each request whether it lives, which is a trip of its own: once a second is enough.

    The database that goes away in between costs each connection one answer of 503.
    """
    asked = threading.local()

    def middleware(request: HttpRequest) -> HttpResponse:
        trusted = time.monotonic() - getattr(asked, "at", -math.inf) < TRUSTED_FOR
        if trusted:
            connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs do not know it
        response = get_response(request)
        if connection.health_check_done and not trusted:  # type: ignore[attr-defined]
            asked.at = time.monotonic()
        return response

    return middleware


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """The settings' policy, put together once. A page that needs another one sets its own header."""
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def headers(get_response: GetResponse) -> GetResponse:
    """An id for each request, and the headers that no other middleware sets."""
    permissions = ", ".join(f"{feature}=()" for feature in BROWSER_FEATURES)

    def middleware(request: HttpRequest) -> HttpResponse:
        request.id = uuid4()  # type: ignore[attr-defined]  # DeskRequest names it
        response = get_response(request)
        response.headers["X-Request-ID"] = str(request.id)  # type: ignore[attr-defined]
        response.headers["Permissions-Policy"] = permissions
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path_info.startswith(PRIVATE):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def speak_the_chosen_language(get_response: GetResponse) -> GetResponse:
    """What the visitor chose in the address goes before what their browser asks for.

    Staff pages stay in English as long as their texts are not translated: half of a page in another language reads badly, aloud too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = settings.LANGUAGE_CODE if request.path_info.startswith(STAFF) else chosen_language(request)
        if language:
            translation.activate(language)  # for this request: LocaleMiddleware sets it anew for the next
        return get_response(request)

    return middleware


def help_on_wrong_method(get_response: GetResponse) -> GetResponse:
    """Django answers a wrong method with an empty page; everybody gets crisis help instead."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            page = wrong_method(request)
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        return response

    return middleware


def sign_out_when_idle(get_response: GetResponse) -> GetResponse:
    """Ends a session after 15 minutes without a person's hand, and after 12 hours in any case.

    A page that asks for news by itself sends `X-Polling`, and that is no sign of life. Written at most once a minute.
    Public pages look at nobody's session: they must show while the database is away, to colleagues, too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(STAFF) and settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = time.time()
            began = request.session.setdefault("began", now)
            seen = request.session.setdefault("seen", now)
            if now - seen > settings.IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - seen > 60 and "X-Polling" not in request.headers:
                request.session["seen"] = now
        return get_response(request)

    return middleware


def ask_for_second_factor(get_response: GetResponse) -> GetResponse:
    """The desk opens only to those who have set up one-time codes; until then every page of it leads there.

    A session in which none was ever given is older than the codes: somebody who knew the password alone may have begun it, and it ends.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_MFA and request.path_info.startswith(STAFF) and request.user.is_authenticated:
            has_codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
            if has_codes and not _gave_a_code(request):
                logout(request)
                return leave_for(request, "account_login")
            if not has_codes and request.path_info.startswith("/desk/"):
                return leave_for(request, "mfa_activate_totp")
        return get_response(request)

    return middleware


def _gave_a_code(request: HttpRequest) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


class HideNames:
    """Waiting-room mode: the desk's pages that tell more than initials are not made at all (leads.triage.lists.waiting_room)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with waiting_room.names_hidden(self._is_on(request)):
            response = self.get_response(request)
            redirects = 300 <= response.status_code < 400
            if waiting_room.is_on() and request.method == "POST" and not redirects and _answers_a_change(request):
                return waiting_room.hidden_page(request)
            return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        match = request.resolver_match
        hidden = waiting_room.is_on() and match is not None and match.url_name not in waiting_room.OPEN
        return waiting_room.hidden_page(request) if hidden else None

    @staticmethod
    def _is_on(request: HttpRequest) -> bool:
        signed_in = request.path_info.startswith("/desk/") and settings.SESSION_COOKIE_NAME in request.COOKIES
        return signed_in and waiting_room.FLAG in request.session


def _answers_a_change(request: HttpRequest) -> bool:
    """A refusal shows the lead's page again."""
    return request.resolver_match is not None and request.resolver_match.url_name in waiting_room.CHANGES
