import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from leads.health.checks import OK, check_all, warn_all
from leads.health.metrics import registry
from leads.policy.client import client_address


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers. Says nothing about what it depends on: restarting it would not help there."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    answers = check_all()
    return JsonResponse(answers | warn_all(), status=200 if set(answers.values()) == {OK} else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts and ages, for METRICS_ALLOW; nobody else learns that it is there."""
    address = ipaddress.ip_address(client_address(request))
    if not any(address in network for network in settings.METRICS_ALLOW):
        raise Http404
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
