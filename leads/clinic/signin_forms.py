"""The forms of signing in. allauth's own, in our words: labels above, no placeholders, one field for a new password."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leads.clinic.actions import FIRST_ADMINISTRATOR
from leads.models import User

PASSWORD_HINT = format_lazy(
    _("At least {count} characters. A few words in a row are easy to remember."), count=settings.PASSWORD_MIN_LENGTH
)
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}


WHEN_EMPTY = {
    "login": _("Enter your email address"),
    "password": _("Enter your password"),
    "oldpassword": _("Enter your current password"),
    "password1": _("Enter a new password"),
    "code": _("Enter the code"),
}


class Plain(forms.Form):
    """Labels of ours, sentences that say what to do, and no placeholders."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.error_messages["required"] = WHEN_EMPTY.get(name, field.error_messages["required"])
            if name == "password1":
                field.help_text = PASSWORD_HINT


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    labels = {"login": _("Email address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].help_text = ""  # the way to a new one stands below the button


class ReauthenticateForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Password")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    labels = {"oldpassword": _("Current password"), "password1": _("New password")}
    password2 = None


class SetPasswordForm(Plain, account.SetPasswordForm):  # type: ignore[misc]
    labels = {"password1": _("New password")}
    password2 = None


class CodeForm(Plain):
    labels = {"code": _("Code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE


class AuthenticateForm(CodeForm, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateByCodeForm(CodeForm, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateTOTPForm(CodeForm, totp.ActivateTOTPForm):  # type: ignore[misc]
    labels = {"code": _("Code from the app")}


class ForgotForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        error_messages={"required": _("Enter your email address"), "invalid": _("Enter an email address like name@example.com")},
        widget=forms.EmailInput({"autocomplete": "username"}),
    )


class WelcomeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    """Who the person behind a link is. The email address is asked only of the first administrator; a colleague's is known."""

    name = forms.CharField(label=_("Your name"), max_length=80, help_text=_("As colleagues call you."))
    password = forms.CharField(
        label=_("New password"), help_text=PASSWORD_HINT, strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    class Meta:
        model = User
        fields = ["name", "email"]
        labels = {"email": _("Email address")}
        help_texts = {"email": _("You sign in with it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "username"
        if self.instance.email == FIRST_ADMINISTRATOR:
            self.initial["email"] = ""
        else:
            self.fields["email"].disabled = True

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.instance)
        return password
