"""What email providers tell about our mails afterwards, in one form for all of them. Their words are read by Anymail's own views."""

import hashlib
import logging
from dataclasses import dataclass
from enum import Enum
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.amazon_ses import AmazonSESBaseWebhookView, AmazonSESTrackingWebhookView
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView

logger = logging.getLogger(__name__)

OUR_ID = "mail"  # the name under which a provider is given the Message-ID, and tells it again
SURE = {
    EventType.COMPLAINED: "COMPLAINED",
    EventType.UNSUBSCRIBED: "OPTED_OUT",
    EventType.DELIVERED: "ARRIVED",
    EventType.DEFERRED: "LATER",
}
SOFT = {"SoftBounce", "soft_bounce", "blocked", "Transient", "Undetermined", "Temporary"}  # each provider's word for "perhaps later"


class SesView(AmazonSESTrackingWebhookView):  # type: ignore[misc]  # Anymail has no types
    """Reads notifications without Amazon's library, which only the confirmation of a subscription would need."""

    def __init__(self, **kwargs: Any) -> None:
        super(AmazonSESBaseWebhookView, self).__init__(**kwargs)

    def auto_confirm_sns_subscription(self, sns_message: dict[str, Any]) -> None:
        """We open no address that somebody sends us; a person does."""
        logger.warning("Amazon SNS asks to confirm the subscription: open %s", sns_message.get("SubscribeURL"))


VIEWS: dict[str, type[AnymailBaseWebhookView]] = {
    "amazon-ses": SesView,
    "brevo": BrevoTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "resend": ResendTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
}


class Fate(Enum):
    ARRIVED = "their mail server took it"
    NOBODY_THERE = "it came back for good"
    LATER = "it could not be delivered for now"
    COMPLAINED = "they reported it as spam"
    OPTED_OUT = "they told the provider that they want no more"


@dataclass(frozen=True)
class News:
    fate: Fate
    ids: tuple[str, ...]  # by which our mail may be known: its Message-ID, or the provider's
    key: str  # the same however often it comes
    left: bool  # the provider took the mail; else it refused it for a reason of its own


def news_in(provider: str, event: AnymailTrackingEvent) -> News | None:
    """None for what changes nothing here: opens, clicks, or words we do not know."""
    fate = _fate(event)
    if fate is None:
        return None
    told = event.metadata if isinstance(event.metadata, dict) else {}
    ids = tuple(filter(None, map(_text, [told.get(OUR_ID), _original_id(event.esp_event), event.message_id])))
    about = [provider, event.event_type, *ids, _text(event.recipient), str(event.timestamp or event.event_id)]
    return News(fate, ids, hashlib.sha256("\n".join(about).encode()).hexdigest(), left=event.event_type != EventType.REJECTED)


def _fate(event: AnymailTrackingEvent) -> Fate | None:
    if event.reject_reason == RejectReason.SPAM:
        return Fate.COMPLAINED
    if event.event_type in (EventType.BOUNCED, EventType.REJECTED):
        for_good = (RejectReason.BOUNCED, RejectReason.INVALID, None if event.event_type == EventType.BOUNCED else "")
        return Fate.NOBODY_THERE if event.reject_reason in for_good and not _words(event.esp_event) & SOFT else Fate.LATER
    return Fate[SURE[event.event_type]] if event.event_type in SURE else None


def _words(told: Any) -> set[str]:
    """How a provider calls a bounce."""
    places = [told, _inside(told, "bounce"), _inside(told, "data", "bounce")]
    words = [place.get(name) for place in places for name in ("Type", "event", "type", "bounceType", "SuppressionReason")]
    return {word for word in words if isinstance(word, str)}


def _inside(told: Any, *names: str) -> dict[str, Any]:
    for name in names:
        told = told.get(name) if isinstance(told, dict) else None
    return told if isinstance(told, dict) else {}


def _original_id(told: Any) -> Any:
    """Amazon gives each mail an id of its own, and repeats the one that it came with."""
    return _inside(told, "mail", "commonHeaders").get("messageId")


def _text(value: Any) -> str:
    """What no row of ours can hold is nothing."""
    return value if isinstance(value, str) and value.isprintable() and len(value) <= 255 else ""
