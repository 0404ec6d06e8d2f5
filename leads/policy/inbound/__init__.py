"""What comes back: from the bytes of any mail to what it is and says. Nothing in a mail is trusted, and any bytes have an answer."""

from leads.policy.inbound.mail import Failure, InboundMail, Kind
from leads.policy.inbound.reading import read_mail

__all__ = ["Failure", "InboundMail", "Kind", "read_mail"]
