"""A second door to the same actions. Each view names the right that it needs; each lead shown is recorded."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import ClassVar
from uuid import uuid4

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from leads.access import Right, get_lead, leads_visible_to, may, record_read
from leads.api import serializers
from leads.api.errors import Refused, crisis_help
from leads.api.fields import read_enquiry, read_object, refuse
from leads.api.filters import filter_leads, filter_messages
from leads.api.pagination import Newest
from leads.capture.actions import receive_enquiry
from leads.capture.fields import clean_text
from leads.capture.idempotency import KeyReused
from leads.capture.limits import Flooded
from leads.capture.origin import origin_of
from leads.models import ApiKey, Channel, Lead, Message, Stage, User
from leads.triage import actions as triage

KEY_LENGTH = 255
PROBLEM = serializers.ProblemSerializer


class Enquiries(APIView):
    """The contact form for programs. No key needed: a website's server or its visitors' browsers may post here."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        request=serializers.EnquirySerializer,
        parameters=[OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER)],
        responses={201: serializers.ReceiptSerializer, 400: PROBLEM, 413: PROBLEM, 415: PROBLEM, 422: PROBLEM, 429: PROBLEM, 503: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        key = _idempotency_key(request)
        details, page, utm = read_enquiry(request.data)
        origin = origin_of(request._request, page=page, utm=utm)
        try:
            receipt = receive_enquiry(by=None, channel=Channel.API, details=details, origin=origin, key=key)
        except KeyReused:
            raise Refused(422, _("This Idempotency-Key was used for another enquiry. Use a new key.")) from None
        except Flooded:
            sentence = _("Too many enquiries came from your address. Wait a minute.")
            raise Refused(429, f"{sentence} {crisis_help()}") from None
        return Response({"reference": receipt.reference}, status=status.HTTP_201_CREATED)


def _asking(request: Request) -> ApiKey:
    key: ApiKey = request.auth  # type: ignore[assignment]  # KeyAuthentication puts one there; the stubs know DRF's own Token only
    return key


def _idempotency_key(request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= KEY_LENGTH and key.isprintable()):
        raise refuse({"Idempotency-Key": [_("Use 1 to 255 printable characters.")]})
    return key


class Leads(APIView):
    right = Right.READ_LEADS

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in ("stage", "attention", "owner", "q", "cursor")],
        responses={200: serializers.LeadSerializer(many=True), 400: PROBLEM, 401: PROBLEM, 403: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        leads = filter_leads(leads_visible_to(_asking(request)), request.query_params)
        paginator = Newest()
        page = paginator.paginate_queryset(leads, request, view=self) or []
        _record(request, "api_leads", page, "list")
        return paginator.get_paginated_response(serializers.LeadSerializer(page, many=True).data)


class OneLead(APIView):
    right = Right.READ_LEADS

    @extend_schema(responses={200: serializers.LeadSerializer, 401: PROBLEM, 403: PROBLEM, 404: PROBLEM})
    def get(self, request: Request, reference: str) -> Response:
        return _shown(request, get_lead(_asking(request), reference), "api_lead")


class Change(APIView):
    """One noun below a lead: POST changes it, DELETE takes the newest change back (within ten minutes)."""

    right = Right.WORK_LEADS
    noun: ClassVar[str]

    def lead(self, request: Request, reference: str) -> Lead:
        return get_lead(_asking(request), reference, self.right)

    def answer(self, request: Request, lead: Lead) -> Response:
        return _shown(request, lead, f"api_lead_{self.noun}")

    @extend_schema(responses={200: serializers.LeadSerializer, 401: PROBLEM, 403: PROBLEM, 404: PROBLEM, 409: PROBLEM})
    def delete(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        triage.undo(by=_asking(request), lead=lead, noun=self.noun)
        return self.answer(request, lead)


CHANGED = {200: serializers.LeadSerializer, 400: PROBLEM, 401: PROBLEM, 403: PROBLEM, 404: PROBLEM, 409: PROBLEM}


class StageOfLead(Change):
    noun = "stage"

    @extend_schema(request=serializers.StageSerializer, responses=CHANGED)
    def post(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        stage = Stage.objects.named(_text(request, "stage"))
        if stage is None:
            raise refuse({"stage": [_("Choose one of: %(stages)s.") % {"stages": ", ".join(Stage.objects.values_list("slug", flat=True))}]})
        triage.change_stage(by=_asking(request), lead=lead, stage=stage)
        return self.answer(request, lead)


class AssignmentOfLead(Change):
    noun = "assignment"

    @extend_schema(request=serializers.AssignmentSerializer, responses=CHANGED)
    def post(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        triage.assign(by=_asking(request), lead=lead, owner=self._owner(request))
        return self.answer(request, lead)

    def _owner(self, request: Request) -> User | None:
        if read_object(request.data).get("owner", "") is None:
            return None
        owner = User.objects.filter(email=_text(request, "owner").lower()).first()
        if owner is None or not may(owner, Right.WORK_LEADS):
            raise refuse({"owner": [_("Enter the email address of a colleague who works on leads, or null.")]})
        return owner


class SnoozeOfLead(Change):
    noun = "snooze"

    @extend_schema(request=serializers.SnoozeSerializer, responses=CHANGED)
    def post(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        triage.snooze(by=_asking(request), lead=lead, until=_ahead(_moment(_text(request, "until"))))
        return self.answer(request, lead)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
        if moment and moment.tzinfo:
            return moment.astimezone(UTC)  # Not every offset and every year has one.
    except (ValueError, OverflowError):
        pass
    raise refuse({"until": [_("Enter a date and time with its offset, like 2030-01-31T09:00:00+00:00.")]})


def _ahead(moment: datetime) -> datetime:
    """The verb refuses the same; but a time that nobody can wait for is bad input, whatever the lead's state."""
    if moment <= timezone.now():
        raise refuse({"until": [_("Choose a time in the future.")]})
    if moment > timezone.now() + triage.SNOOZE_AT_MOST:
        raise refuse({"until": [_("Choose a day within the next hundred years.")]})
    return moment


class NotesOfLead(APIView):
    right = Right.WORK_LEADS

    @extend_schema(
        request=serializers.NoteSerializer, responses={201: None, 400: PROBLEM, 401: PROBLEM, 403: PROBLEM, 404: PROBLEM, 409: PROBLEM}
    )
    def post(self, request: Request, reference: str) -> Response:
        lead = get_lead(_asking(request), reference, self.right)
        event = triage.add_note(by=_asking(request), lead=lead, text=_note(request))
        return Response({"id": event.pk, "at": event.at}, status=status.HTTP_201_CREATED)


def _note(request: Request) -> str:
    text = _text(request, "text")
    if len(text) > triage.NOTE_LIMIT:
        raise refuse({"text": [_("Shorten the note to %(limit)d characters or fewer.") % {"limit": triage.NOTE_LIMIT}]})
    return text


class Messages(APIView):
    """The ledger of mail: what left, what will, what did not."""

    right = Right.READ_MAIL

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in ("state", "lead", "cursor")],
        responses={200: serializers.MessageSerializer(many=True), 401: PROBLEM, 403: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        messages = filter_messages(Message.objects.select_related("lead"), request.query_params, _asking(request))
        paginator = Newest(ordering=("-created_at", "-id"))
        page = paginator.paginate_queryset(messages, request, view=self) or []
        _record(request, "api_messages", {message.lead for message in page if message.lead}, "mail")
        return paginator.get_paginated_response(serializers.MessageSerializer(page, many=True).data)


def _text(request: Request, name: str) -> str:
    value = read_object(request.data).get(name)
    if not isinstance(value, str) or not clean_text(value):
        raise refuse({name: [_("Send text here.")]})
    return clean_text(value)


def _shown(request: Request, lead: Lead, page: str) -> Response:
    _record(request, page, [lead], "details")
    return Response(serializers.LeadSerializer(lead).data)


def _record(request: Request, page: str, leads: Collection[Lead], fields: str) -> None:
    """An answer that shows no lead leaves no record, as on the desk."""
    if leads:
        record_read(_asking(request), page, leads, fields, getattr(request, "id", None) or uuid4())
