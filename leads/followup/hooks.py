"""Where email providers tell what became of our mails: /hooks/mail/tracking/<provider>/."""

import logging
from datetime import timedelta

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.followup import actions
from leads.followup.tracking import VIEWS, Fate, News, news_in
from leads.followup.trouble import describe
from leads.models import Lead, Message, SuppressionReason, first_in

logger = logging.getLogger(__name__)

ONCE = timedelta(days=30)  # for which an event is remembered; no provider repeats one for longer than some days
A_DAY = timedelta(days=1)  # in which a provider's new attempts at one mail count once
REASONS = {Fate.NOBODY_THERE: SuppressionReason.BOUNCED, Fate.COMPLAINED: SuppressionReason.COMPLAINED}


@csrf_exempt  # the secret is the permission
@require_http_methods(["POST", "HEAD"])
def tracking(request: HttpRequest, provider: str) -> HttpResponse:
    """200 once it is written down; an error of ours is told as one, so that the provider comes again."""
    view = _view_of(provider)
    if request.method == "HEAD":  # some look whether anybody is there
        return HttpResponse()
    if "Authorization" not in request.headers:  # Amazon shows its secret only when asked
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="Mail tracking"'})
    try:
        view.run_validators(request)
        news = [news_in(provider, event) for event in view.parse_events(request)]
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=403)
    except Exception as error:  # whatever it raises that reads what others write
        logger.warning("What %s told about mail can't be read: %s.", provider, describe(error))
        return HttpResponse(status=400)
    for one in filter(None, news):
        take(one)
    return HttpResponse()


def _view_of(provider: str) -> AnymailBaseWebhookView:
    """Without a secret nobody could be told from anybody: then it is not there."""
    if provider not in VIEWS or not settings.MAIL_WEBHOOK_SECRET:
        raise Http404
    try:
        return VIEWS[provider](webhook_secret=settings.MAIL_WEBHOOK_SECRET)
    except AnymailConfigurationError as error:
        logger.error("The webhook of %s lacks a key: %s", provider, error)
        raise Http404 from error


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
