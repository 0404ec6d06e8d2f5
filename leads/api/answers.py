"""Who asks, and what they are shown: each answer that shows a lead is recorded, as on the desk."""

from collections.abc import Collection
from uuid import uuid4

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from leads.access import Right, get_lead, record_read
from leads.api.serializers import OneLeadSerializer
from leads.models import ApiKey, Lead


def asking(request: Request) -> ApiKey:
    key: ApiKey = request.auth  # type: ignore[assignment]  # KeyAuthentication puts one there; the stubs know DRF's own Token only
    return key


def lead_asked(request: Request, reference: str, right: Right) -> Lead:
    """The address takes any text for a reference, so that a wrong one is answered as a problem; no database takes a NUL."""
    if "\x00" in reference:
        raise Http404
    return get_lead(asking(request), reference, right)


def shown(request: Request, lead: Lead, page: str) -> Response:
    record(request, page, [lead], "details")
    return Response(OneLeadSerializer(lead).data)


def record(request: Request, page: str, leads: Collection[Lead], fields: str) -> None:
    record_read(asking(request), page, leads, fields, getattr(request, "id", None) or uuid4())
