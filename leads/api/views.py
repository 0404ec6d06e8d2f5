"""A second door to the same actions. Each view names the right that it needs; each lead shown is recorded."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from leads.access import Right, leads_visible_to
from leads.api import serializers
from leads.api.answers import asking, lead_asked, record, shown
from leads.api.errors import Refused, crisis_help
from leads.api.fields import KEY_LENGTH, read_enquiry, read_key
from leads.api.filters import filter_leads, filter_messages
from leads.api.pagination import Newest
from leads.api.schema import CURSOR, REFERENCE, asked, described
from leads.capture.actions import receive_enquiry
from leads.capture.idempotency import KeyReused
from leads.capture.limits import Flooded
from leads.capture.origin import origin_of
from leads.models import Attention, Channel, Message, MessageState

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH},
    OpenApiParameter.HEADER,
    description="The same key and body again, within a day: the same answer.",
)


class Enquiries(APIView):
    """The contact form for programs: a website's server or its visitors' browsers may post here."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @described(
        "send_enquiry",
        "The contact form for programs. Identical enquiries within ten minutes are one.",
        answer=serializers.ReceiptSerializer,
        status=201,
        body=serializers.EnquirySerializer,
        parameters=[IDEMPOTENCY_KEY],
        refusals=(422, 429),
    )
    def post(self, request: Request) -> Response:
        key = read_key(request.META.get("HTTP_IDEMPOTENCY_KEY"))
        details, whence = read_enquiry(request.data)
        origin = origin_of(request._request, **whence)
        try:
            receipt = receive_enquiry(by=None, channel=Channel.API, details=details, origin=origin, key=key)
        except KeyReused:
            raise Refused(422, _("This Idempotency-Key was used for another enquiry. Use a new key.")) from None
        except Flooded:
            sentence = _("Too many enquiries came from your address. Wait a minute.")
            raise Refused(429, f"{sentence} {crisis_help()}") from None
        return Response({"reference": receipt.reference}, status=status.HTTP_201_CREATED)


class Leads(APIView):
    right = Right.READ_LEADS

    @described(
        "list_leads",
        "The leads, newest enquiry first.",
        answer=serializers.LeadPageSerializer,
        right=right,
        parameters=[
            asked("stage", "A stage's slug or name."),
            asked("attention", "What it needs.", Attention.values),
            asked("owner", "A colleague's email, or `none` for nobody's leads."),
            asked("tag", "A tag's name."),
            asked("q", "A reference, an email address or a phone number exactly; else words in the name and the address."),
            CURSOR,
        ],
        refusals=(400, 404),
    )
    def get(self, request: Request) -> Response:
        leads = filter_leads(leads_visible_to(asking(request)), request.query_params)
        paginator = Newest()
        page = paginator.paginate_queryset(leads.prefetch_related("tags"), request, view=self) or []
        record(request, "api_leads", page, "list")
        return paginator.get_paginated_response(serializers.LeadSerializer(page, many=True).data)


class OneLead(APIView):
    right = Right.READ_LEADS

    @described("read_lead", "One lead.", answer=serializers.OneLeadSerializer, right=right, parameters=[REFERENCE], refusals=[404])
    def get(self, request: Request, reference: str) -> Response:
        return shown(request, lead_asked(request, reference, self.right), "api_lead")


class BookingsOfLead(APIView):
    right = Right.READ_LEADS

    @described(
        "list_bookings_of_lead",
        "What is booked with one lead and still to come, the soonest first. What colleagues noted about it is not told.",
        answer=serializers.BookingsSerializer,
        right=right,
        parameters=[REFERENCE],
        refusals=[404],
    )
    def get(self, request: Request, reference: str) -> Response:
        lead = lead_asked(request, reference, self.right)
        bookings = lead.bookings.upcoming(timezone.now()).defer("note")
        record(request, "api_lead_bookings", [lead], "bookings")
        return Response({"lead": lead.reference, "results": serializers.BookingSerializer(bookings, many=True).data})


class Messages(APIView):
    right = Right.READ_MAIL

    @described(
        "list_messages",
        "The ledger of mail, newest first: what left, what will, what did not.",
        answer=serializers.MessagePageSerializer,
        right=right,
        parameters=[
            asked("state", "What became of it.", MessageState.values),
            asked("lead", "A lead's reference, or that of any of its enquiries."),
            CURSOR,
        ],
        refusals=(400, 404),
    )
    def get(self, request: Request) -> Response:
        messages = filter_messages(Message.objects.select_related("lead"), request.query_params, asking(request))
        paginator = Newest(ordering=("-created_at", "-id"))
        page = paginator.paginate_queryset(messages, request, view=self) or []
        record(request, "api_messages", {message.lead for message in page if message.lead}, "mail")
        return paginator.get_paginated_response(serializers.MessageSerializer(page, many=True).data)
