"""An address that gets no more mail, and why."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SuppressionReason(models.TextChoices):
    OPTED_OUT = "opted_out", _("They asked us to stop")  # follow-ups stop; an answer to their own enquiry still leaves
    BOUNCED = "bounced", _("The address does not exist")
    COMPLAINED = "complained", _("They reported our mail as spam")


class Suppression(models.Model):
    address = models.CharField(max_length=254)  # normalised
    reason = models.CharField(max_length=12, choices=SuppressionReason)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address"], name="one_suppression_an_address")]

    def __str__(self) -> str:
        return self.reason
