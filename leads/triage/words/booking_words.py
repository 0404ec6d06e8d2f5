"""Bookings in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from leads.followup.bookings import NO_ADDRESS, NO_EMAIL, SUPPRESSED
from leads.models import BookingKind

Words = dict[str, str | Promise]

THINGS: Words = {
    BookingKind.CALL: gettext_lazy("a call"),
    BookingKind.CONSULTATION: gettext_lazy("a consultation"),
}
# Why they are not told by mail, as the end of a sentence.
UNTOLD: Words = {
    NO_ADDRESS: gettext_lazy("they have no email address"),
    NO_EMAIL: gettext_lazy("they asked us not to email"),
    SUPPRESSED: gettext_lazy("their address gets no mail"),
}
