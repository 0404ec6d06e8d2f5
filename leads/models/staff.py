"""The people behind the desk."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")  # everything, the team included
    MANAGER = "manager", _("Manager")  # leads and the clinic's settings
    FRONT_DESK = "front_desk", _("Front desk")  # leads
    NONE = "none", _("No rights")  # has an account, sees nothing


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def administrator_exists(self) -> bool:
        return self.filter(role=Role.ADMINISTRATOR, is_active=True).exists()


class User(AbstractBaseUser):
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.NONE)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    wants_alerts = models.BooleanField(_("email me about new enquiries"), default=True)
    alerted_at = models.DateTimeField(null=True, blank=True)  # newest enquiry alert: at most one in five minutes
    single_keys = models.BooleanField(_("single-letter shortcuts"), default=True)  # WCAG 2.1.4: can be switched off
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


class SignInLink(models.Model):
    """A link that signs one person in, once, within 24 hours: for the first administrator and for invited colleagues."""

    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256; the token itself is only ever shown once
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for user {self.user_id}"
