"""How allauth behaves here: nobody signs up by themselves, and what it stores is encrypted."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leads.access import Right, may
from leads.models import User
from leads.models.sealed import seal, unseal
from leads.policy.client import address_block, client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This email address and password do not match."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code does not match. Enter the newest one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count for one address block and account together: a stranger can't lock anybody out."""
        return f"{address_block(client_address(request))} {credentials.get('email', '').lower()}"

    def reauthenticate(self, user: User, password: str) -> bool:
        """As allauth does it, with the one address that our people have."""
        return bool(self.authenticate(context.request, email=user.email, password=password) == user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("inbox" if may(request.user, Right.READ_LEADS) else "profile")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None: each page says for itself what became of it."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": AccountAdapter.error_messages["incorrect_code"]}

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text, "mfa_authenticator")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), "mfa_authenticator")
