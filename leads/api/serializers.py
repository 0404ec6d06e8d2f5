"""The shapes of the public contract."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from leads.capture.forms import MESSAGE_LENGTH
from leads.models import (
    Attention,
    Booking,
    BookingKind,
    Category,
    Event,
    Lead,
    Message,
    MessageKind,
    MessageState,
    ReplyBy,
    Screening,
    Stage,
    Tag,
    Topic,
    User,
)
from leads.models.custom_field import values_of
from leads.policy.reachable import EMAIL_LENGTH
from leads.triage.decisions.actions import NOTE_LIMIT


class LeadSerializer(serializers.ModelSerializer[Lead]):
    topic = serializers.ChoiceField(choices=Topic.choices, read_only=True, allow_blank=True)
    stage = serializers.SlugRelatedField[Stage](slug_field="slug", read_only=True)
    category = serializers.ChoiceField(choices=Category.choices, read_only=True)
    attention = serializers.ChoiceField(choices=Attention.choices, read_only=True)
    screening = serializers.ChoiceField(choices=Screening.choices, read_only=True)
    owner = serializers.SlugRelatedField[User](slug_field="email", read_only=True, allow_null=True)
    tags = serializers.SlugRelatedField[Tag](slug_field="name", read_only=True, many=True)

    class Meta:
        model = Lead
        fields = [
            "reference",
            "name",
            "email",
            "phone",
            "topic",
            "stage",
            "category",
            "attention",
            "snoozed_until",
            "owner",
            "screening",
            "next_action",
            "due_at",
            "created_at",
            "tags",
        ]
        read_only_fields = fields  # always there, the schema says


@extend_schema_field({"type": "object", "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]}})
class ValuesField(serializers.Field[Lead, Any, Any, Any]):
    """{key: value} of the clinic's own fields; those that are empty are left out."""

    def to_representation(self, lead: Lead) -> dict[str, Any]:
        return values_of([lead.pk]).get(lead.pk, {})


class OneLeadSerializer(LeadSerializer):
    """A lead by itself, with what stands in the clinic's own fields."""

    def get_fields(self) -> dict[str, Any]:  # `fields` is the serializer's own name, so it can't be an attribute
        return super().get_fields() | {"fields": ValuesField(source="*", read_only=True)}


class _PageSerializer(serializers.Serializer[None]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class LeadPageSerializer(_PageSerializer):
    results = LeadSerializer(many=True)


class MessageSerializer(serializers.ModelSerializer[Message]):
    lead = serializers.SlugRelatedField[Lead](slug_field="reference", read_only=True, allow_null=True)
    kind = serializers.ChoiceField(choices=MessageKind.choices, read_only=True)
    state = serializers.ChoiceField(choices=MessageState.choices, read_only=True)

    class Meta:
        model = Message
        fields = ["id", "lead", "kind", "state", "due_at", "sent_at", "message_id"]
        read_only_fields = fields


class BookingSerializer(serializers.ModelSerializer[Booking]):
    kind = serializers.ChoiceField(choices=BookingKind.choices, read_only=True)

    class Meta:
        model = Booking
        fields = ["id", "kind", "starts_at", "minutes"]
        read_only_fields = fields


class BookingsSerializer(serializers.Serializer[None]):
    lead = serializers.CharField(help_text="The lead's reference.")
    results = BookingSerializer(many=True)


class LedgerState(models.TextChoices):
    COMING = "coming", _("Will be sent")
    SENT = "sent", _("Sent")
    NOT_SENT = "not_sent", _("Not sent")
    IN_DOUBT = "in_doubt", _("In doubt")


class LedgerLineSerializer(serializers.Serializer[None]):
    id = serializers.UUIDField(allow_null=True, help_text="As in /messages/; null while the mail is only planned.")
    kind = serializers.ChoiceField(MessageKind.choices)
    title = serializers.CharField(help_text="The mail's name in words.")
    state = serializers.ChoiceField(LedgerState.choices)
    at = serializers.DateTimeField(help_text="When it left, will leave or would have left, on the clinic's clock.")
    at_theirs = serializers.DateTimeField(help_text="The same moment on the lead's clock; on the clinic's where theirs is not known.")
    reason = serializers.CharField(allow_blank=True, help_text="A code: why it was not sent, or why it waits.")
    became = serializers.CharField(help_text="What became of it in words, as the lead's page says it.")


class LedgerSerializer(serializers.Serializer[None]):
    lead = serializers.CharField(help_text="The lead's reference.")
    results = LedgerLineSerializer(many=True)


class MessagePageSerializer(_PageSerializer):
    results = MessageSerializer(many=True)


class ReceiptSerializer(serializers.Serializer[None]):
    reference = serializers.CharField()


class AddedNoteSerializer(serializers.ModelSerializer[Event]):
    class Meta:
        model = Event
        fields = ["id", "at"]
        read_only_fields = fields


class ProblemSerializer(serializers.Serializer[None]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)  # type: ignore[assignment]  # the name is the contract's


# What is sent. These are for the schema; fields.py and change_fields.py do the checking.


class EnquirySerializer(serializers.Serializer[None]):
    name = serializers.CharField(max_length=120)
    email = serializers.CharField(required=False, allow_blank=True, max_length=EMAIL_LENGTH, help_text="Email or phone is needed.")
    phone = serializers.CharField(required=False, allow_blank=True, max_length=40)
    message = serializers.CharField(required=False, allow_blank=True, max_length=MESSAGE_LENGTH)
    topic = serializers.ChoiceField(Topic.choices, required=False, allow_blank=True)
    reply_by = serializers.ChoiceField(ReplyBy.choices, required=False, allow_blank=True)
    may_leave_voicemail = serializers.BooleanField(required=False)
    consent_reply = serializers.BooleanField(help_text="Must be true.")
    consent_followup = serializers.BooleanField(required=False)
    page = serializers.CharField(required=False, allow_blank=True)
    utm = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    zone = serializers.CharField(required=False, allow_blank=True, help_text="Their time zone, like Europe/Madrid, if known.")


class StageSerializer(serializers.Serializer[None]):
    stage = serializers.CharField(help_text="A stage's slug or name.")
    reason = serializers.CharField(required=False, help_text="Why it is closed: a reason's slug.")


class AssignmentSerializer(serializers.Serializer[None]):
    owner = serializers.EmailField(allow_null=True, help_text="A colleague's email; null takes the lead back.")


class SnoozeSerializer(serializers.Serializer[None]):
    until = serializers.DateTimeField(help_text="In the future, with its offset.")


class NoteSerializer(serializers.Serializer[None]):
    text = serializers.CharField(max_length=NOTE_LIMIT)
