"""Signing in by a one-time link, and what comes with it. Passwords and codes are allauth's."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leads.access import DeskRequest, Right, desk
from leads.clinic import actions
from leads.clinic.signin_forms import ActivateTOTPForm, ForgotForm, WelcomeForm
from leads.models import SignInLink

BY_LINK = "link"
GRACE = 15 * 60  # seconds in which whoever came by a link may choose a password without knowing the old one


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Scanners follow links, so a look changes nothing; the button spends it. Whoever has a second factor is still asked for it."""
    if request.method != "POST":
        usable = SignInLink.objects.usable(token, timezone.now()).exists()
        return render(request, "account/link.html" if usable else "account/link_gone.html", status=200 if usable else 410)
    user = actions.spend(token)
    if user is None:
        return render(request, "account/link_gone.html", status=410)
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method=BY_LINK)
    response: HttpResponse = perform_login(request, user, redirect_url=reverse("welcome"))
    return response


@sensitive_post_parameters("password")
@desk(Right.OWN_PROFILE)
def welcome(request: DeskRequest) -> HttpResponse:
    """Name and password, for those who came by a link; everybody else goes on to the desk."""
    if not _came_by_link(request):
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = WelcomeForm(request.POST or None, instance=request.user)
    if not form.is_valid():
        return render(request, "account/welcome.html", {"form": form})
    actions.introduce(by=request.user, **form.cleaned_data)
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)  # the session's key has changed
    record_authentication(request, request.user, method="password", reauthenticated=True)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _came_by_link(request: DeskRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record["method"] == BY_LINK and record["at"] > time.time() - GRACE for record in records)


class SetUpCodes(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    def form_valid(self, form: ActivateTOTPForm) -> HttpResponse:
        """Whoever sets them up has given one; every other session of theirs has not, and ends (leads.middleware)."""
        try:
            response: HttpResponse = super().form_valid(form)
        except IntegrityError:  # They were set up this moment, by a second click or by somebody else.
            return redirect("mfa_view_recovery_codes")
        record_authentication(self.request, self.request.user, method="mfa")
        return response


@require_POST
@desk(Right.OWN_PROFILE)
def stay(request: DeskRequest) -> HttpResponse:
    """A sign of life from somebody who writes without sending; the middleware notes it (static/leads/idle.js)."""
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request: HttpRequest) -> HttpResponse:
    """The same answer for everybody. The mail leaves later, through the outbox: only a few statements differ, never a relay's time."""
    form = ForgotForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/password_reset.html", {"form": form})
    email = form.cleaned_data["email"].lower()
    if not ratelimit.consume(request, action="reset_password", key=email):
        return render(request, "429.html", status=429)
    actions.mail_link(email=email)
    return render(request, "account/password_reset_done.html", {"email": email})
