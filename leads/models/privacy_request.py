"""What somebody asked us to do with what we keep about them. A person does it, and says when it is done."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.ids import uuid7
from leads.models.lead import Lead

NEXT_ACTION = "privacy_request"  # of a lead with an open one
WITHIN = timedelta(days=7)  # so the visitor is told


class PrivacyRequestKind(models.TextChoices):
    COPY = "copy", _("They asked for a copy of what we keep about them.")
    DELETION = "deletion", _("They asked us to delete their details.")


class PrivacyRequest(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="privacy_requests", db_index=False)  # one_open_request_a_kind
    kind = models.CharField(max_length=10, choices=PrivacyRequestKind)
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)  # empty while it is open
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PrivacyRequestKind.values), name="privacy_request_kind_known"),
            models.UniqueConstraint(fields=["lead", "kind"], condition=Q(done_at=None), name="one_open_request_a_kind"),
        ]
        indexes = [
            models.Index(fields=["lead"], name="privacy_request_of_lead"),
            models.Index(fields=["done_by"], name="privacy_request_done_by", condition=Q(done_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def due_at(self) -> datetime:
        return self.at + WITHIN
