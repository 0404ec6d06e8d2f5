"""An address that gets no more mail, and why. It may have more than one reason: lifting one of them leaves the others."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SuppressionReason(models.TextChoices):
    OPTED_OUT = "opted_out", _("They asked us to stop")  # follow-ups stop; an answer to their own enquiry still leaves
    BOUNCED = "bounced", _("The address does not exist")
    COMPLAINED = "complained", _("They reported our mail as spam")
    BY_HAND = "by_hand", _("Somebody here decided it")


class Suppression(models.Model):
    address = models.CharField(max_length=254)  # normalised
    reason = models.CharField(max_length=12, choices=SuppressionReason)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(  # empty: they did it, or a mail server did
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "reason"], name="one_suppression_a_reason")]

    def __str__(self) -> str:
        return self.reason
