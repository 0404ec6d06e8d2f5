"""The people behind the desk."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SIGNATURE_LENGTH = 500


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")  # everything, the team included
    MANAGER = "manager", _("Manager")  # leads and the clinic's settings
    FRONT_DESK = "front_desk", _("Front desk")  # leads
    NONE = "none", _("No rights")  # has an account, sees nothing


class Density(models.TextChoices):
    COMFORTABLE = "comfortable", _("Comfortable")
    COMPACT = "compact", _("Compact")


LIST_COLUMNS = {
    "topic": _("Topic"),
    "reach": _("How to reach them"),
    "state": _("Wait or next action"),
    "stage": _("Stage"),
    "owner": _("Owner"),
    "time": _("Since they wrote"),
}


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def administrators(self) -> models.QuerySet["User"]:
        """Those who can sign in and manage the team: invited ones count once they have come."""
        return self.filter(role=Role.ADMINISTRATOR, is_active=True, last_login__isnull=False)


class User(AbstractBaseUser):
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.NONE)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    wants_alerts = models.BooleanField(_("email me about new enquiries"), default=True)
    alerted_at = models.DateTimeField(null=True, blank=True)  # newest enquiry alert: at most one in five minutes
    single_keys = models.BooleanField(_("single-letter shortcuts"), default=True)  # WCAG 2.1.4: can be switched off
    signature = models.TextField(_("signature"), blank=True, default="", db_default="")  # below the emails they write; empty: the usual one
    takes_turns = models.BooleanField(_("new leads, in turn"), default=True, db_default=True)
    work_hours = models.JSONField(default=dict, db_default={}, blank=True)  # as Clinic.hours; empty: while the clinic is open
    away_from = models.DateField(null=True, blank=True)  # on the clinic's calendar; both days are among them
    away_until = models.DateField(null=True, blank=True)
    stands_in = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    last_given_at = models.DateTimeField(null=True, blank=True)  # when they last got a lead in turn
    wants_notices = models.BooleanField(_("email me what the desk tells me"), default=True, db_default=True)
    told_at = models.DateTimeField(null=True, blank=True)  # newest mail about notices: at most one in five minutes
    density = models.CharField(max_length=11, choices=Density, default=Density.COMFORTABLE, db_default="comfortable")
    hidden_columns = models.JSONField(default=list, db_default=[], blank=True)  # of the lists; those of LIST_COLUMNS
    theme = models.CharField(max_length=6, choices=[("system", _("System")), ("light", _("Light")), ("dark", _("Dark"))], default="system")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known")]

    def __str__(self) -> str:
        return self.name or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in str(self).split()[:2]).upper()


class SignInLinkQuerySet(models.QuerySet["SignInLink"]):
    def issue(self, user: User) -> str:
        """A new token for `user`, shown this once; older ones die. Its page is the URL named `sign_in_link`."""
        token = secrets.token_urlsafe(32)
        self.filter(user=user, spent_at=None).delete()
        self.create(user=user, token_hash=hash_token(token), expires_at=timezone.now() + LINK_LASTS)
        return token

    def usable(self, token: str, now: datetime) -> Self:
        return self.filter(token_hash=hash_token(token), spent_at=None, expires_at__gt=now, user__is_active=True)


LINK_LASTS = timedelta(hours=24)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class SignInLink(models.Model):
    """Signs one person in, once, within 24 hours: the first administrator, invited colleagues, whoever forgot the password."""

    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256; the token itself is only ever shown once
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    objects = SignInLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link for user {self.user_id}"
