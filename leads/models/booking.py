"""A time that was agreed with a lead, for a call or a consultation; and what each mail about it says."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.ids import uuid7
from leads.models.lead import Lead
from leads.models.message import Message
from leads.models.sealed import SealedTextField

SHORTEST, LONGEST = 15, 240  # minutes


class BookingKind(models.TextChoices):
    CALL = "call", _("Call")
    CONSULTATION = "consultation", _("Consultation")


class BookingQuerySet(models.QuerySet["Booking"]):
    def upcoming(self, now: datetime) -> Self:
        """The soonest first."""
        return self.filter(cancelled_at=None, starts_at__gt=now).order_by("starts_at", "id")


class Booking(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="bookings", db_index=False)  # booking_of_lead
    kind = models.CharField(max_length=12, choices=BookingKind)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    note = SealedTextField(null=True)  # for staff only
    at = models.DateTimeField(default=timezone.now)  # when it was set
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)  # booking_by
    revision = models.PositiveSmallIntegerField(default=0)  # how often it was changed: the SEQUENCE of its calendar entry
    untold = models.CharField(max_length=12, blank=True)  # a code: why nobody is told by mail how it stands
    cancelled_at = models.DateTimeField(null=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BookingKind.values), name="booking_kind_known"),
            models.CheckConstraint(condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="booking_lasts_some_time"),
            models.UniqueConstraint(fields=["lead", "kind", "starts_at"], condition=Q(cancelled_at=None), name="one_booking_a_time"),
        ]
        indexes = [
            models.Index(fields=["lead", "starts_at"], name="booking_of_lead"),
            models.Index(fields=["by"], name="booking_by", condition=Q(by__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.kind


class BookingMail(models.Model):
    """Beside a mail about a booking: the booking as it was when the mail was queued. One that was changed since does not leave."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="about_booking")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="mails", db_index=False)  # one_mail_a_revision
    revision = models.PositiveSmallIntegerField()
    reminds = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        # Of each change they are told once, and reminded once of how it stands then.
        constraints = [models.UniqueConstraint(fields=["booking", "revision", "reminds"], name="one_mail_a_revision")]

    def __str__(self) -> str:
        return str(self.message_id)
