"""Where email providers tell what became of our mails: /hooks/mail/tracking/<provider>/."""

from datetime import timedelta

from anymail.webhooks.base import AnymailBaseWebhookView
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from leads.followup import actions
from leads.followup.tracking import VIEWS, Fate, News, news_in
from leads.followup.webhook import webhook
from leads.models import Lead, Message, SuppressionReason, first_in

ONCE = timedelta(days=30)  # for which an event is remembered; no provider repeats one for longer than some days
A_DAY = timedelta(days=1)  # in which a provider's new attempts at one mail count once
REASONS = {Fate.NOBODY_THERE: SuppressionReason.BOUNCED, Fate.COMPLAINED: SuppressionReason.COMPLAINED}


def _news(provider: str, view: AnymailBaseWebhookView, request: HttpRequest) -> list[News]:
    view.run_validators(request)
    return list(filter(None, (news_in(provider, event) for event in view.parse_events(request))))


@transaction.atomic
def take(news: News) -> None:
    """One effect for each event, however often it comes. Of mails that are not ours, and of staff's, nothing is noted."""
    message = _message_of(news)
    if message is None:
        return
    if news.left:
        actions.it_left(message=message, by=None)
    if message.lead and not message.user_id and news.fate != Fate.ARRIVED and first_in(f"hook:{news.key}", ONCE, timezone.now()):
        _trouble(news.fate, message, message.lead)


def _message_of(news: News) -> Message | None:
    """By its own id, else by the one that the provider gave it. An index for each of the two."""
    for known in (Q(message_id__in=news.ids), Q(provider_id__in=news.ids) & ~Q(provider_id="")):
        if found := list(Message.objects.filter(known).select_related("lead")[:1]):
            return found[0]
    return None


def _trouble(fate: Fate, message: Message, lead: Lead) -> None:
    if fate == Fate.OPTED_OUT:
        actions.opt_out(lead=lead, by=None)
    elif fate in REASONS:
        actions.suppress(address=message.to_address, reason=REASONS[fate], by=None)
    elif first_in(f"soft:{message.pk}", A_DAY, timezone.now()):
        actions.bounced_softly(message=message, lead=lead, by=None)


tracking = webhook(VIEWS, _news, take)
