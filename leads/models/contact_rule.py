"""The contact rule: how this person may be reached. A row each time somebody said so; only ever added."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.ids import uuid7
from leads.models.lead import Lead


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("In the morning")
    AFTERNOON = "afternoon", _("In the afternoon")
    EVENING = "evening", _("In the evening")


class Days(models.TextChoices):
    ANY = "any", _("Any day")
    WEEKDAYS = "weekdays", _("Monday to Friday")
    WEEKEND = "weekend", _("Saturday and Sunday")


class ContactRuleQuerySet(models.QuerySet["ContactRule"]):
    def in_use(self) -> Self:
        """The newest first."""
        return self.filter(used_at__isnull=False).order_by("-used_at", "-id")

    def asked_for(self) -> Self:
        """What waits for a person to look at it, the newest first."""
        return self.filter(used_at=None).order_by("-at", "-id")


class ContactRule(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="contact_rules", db_index=False)  # contact_rule_of_lead
    at = models.DateTimeField(default=timezone.now)  # when they said so
    used_at = models.DateTimeField(null=True)  # from when it holds; empty while it is only asked for
    used_by = models.ForeignKey(  # who let it hold; empty: nobody had to
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    channels = models.JSONField(default=list)  # of ReplyBy
    times = models.JSONField(default=list)  # of PartOfDay; empty: at any time
    days = models.CharField(max_length=10, choices=Days, default=Days.ANY)
    may_leave_voicemail = models.BooleanField(default=False)
    may_say_name = models.BooleanField(default=False)  # of the clinic
    phone = models.CharField(max_length=40, blank=True)  # a new one, E.164 where it could be read as a number
    email = models.CharField(max_length=254, blank=True)  # a new one, normalised
    email_used_at = models.DateTimeField(null=True)  # once its owner opened the link that we mailed to it, or a colleague knows it

    objects = ContactRuleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["lead", "-at"], name="contact_rule_of_lead"),
            models.Index(fields=["used_by"], name="contact_rule_used_by", condition=Q(used_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return ", ".join(self.channels)

    @property
    def hours(self) -> str:
        """As the lead keeps them: "weekdays evening". Empty: any time on any day."""
        return " ".join([self.days, *self.times]) if self.times or self.days != Days.ANY else ""
