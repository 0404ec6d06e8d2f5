"""What came of a phone call to a lead. The call itself is an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallOutcome(models.TextChoices):
    SPOKE = "spoke", _("Spoke to them")
    VOICEMAIL = "voicemail", _("Left a voicemail")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    BUSY = "busy", _("Busy, try later")
