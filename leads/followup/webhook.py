"""What every webhook of an email provider has in common: who is believed, and how it is answered."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.utils import get_request_basic_auth
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from leads.followup.trouble import describe

logger = logging.getLogger(__name__)

Views = Mapping[str, type[AnymailBaseWebhookView]]
T = TypeVar("T")  # one of the things that a provider tells


def webhook(
    views: Views, read: Callable[[str, AnymailBaseWebhookView, HttpRequest], Iterable[T]], take: Callable[[T], object]
) -> Callable[[HttpRequest, str], HttpResponse]:
    """200 once all that `read` found is taken; an error of ours is told as one, so that the provider comes again.

    `read` asks its view's validators, since only it knows how much may be read. Nothing is, before the secret is known to be ours.
    """

    @csrf_exempt  # the secret is the permission
    @require_http_methods(["POST", "HEAD"])
    def told(request: HttpRequest, provider: str) -> HttpResponse:
        view = _view_of(views, provider)
        if request.method == "HEAD":  # some look whether anybody is there
            return HttpResponse()
        if "Authorization" not in request.headers:  # Amazon shows its secret only when asked
            return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="Mail"'})
        if not constant_time_compare(get_request_basic_auth(request) or "", settings.MAIL_WEBHOOK_SECRET):
            return HttpResponse(status=403)
        found = _read(provider, lambda: list(read(provider, view, request)))
        return found if isinstance(found, HttpResponse) else _taken(provider, found, take)

    return told


def _view_of(views: Views, provider: str) -> AnymailBaseWebhookView:
    """Without a secret nobody could be told from anybody: then it is not there."""
    if provider not in views or not settings.MAIL_WEBHOOK_SECRET:
        raise Http404
    try:
        return views[provider](webhook_secret=settings.MAIL_WEBHOOK_SECRET)
    except AnymailConfigurationError as error:
        logger.error("The webhook of %s lacks a key: %s", provider, error)
        raise Http404 from error


def _read(provider: str, reading: Callable[[], list[T]]) -> list[T] | HttpResponse:
    try:
        return reading()
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=403)
    except RequestDataTooBig:
        logger.error("What %s told is longer than may be.", provider)
        return HttpResponse(status=413)
    except Exception as error:  # whatever it raises that reads what others write
        logger.error("What %s told can't be read: %s.", provider, describe(error))
        return HttpResponse(status=400)


def _taken(provider: str, found: Iterable[T], take: Callable[[T], object]) -> HttpResponse:
    try:
        for one in found:
            take(one)
    except Exception as error:
        logger.error("What %s told can't be written down: %s.", provider, describe(error))  # its own words may be a visitor's
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse()
