"""The shapes of the public contract."""

from rest_framework import serializers

from leads.models import Attention, Category, Lead, Message, MessageKind, MessageState, Screening, Stage, User


class LeadSerializer(serializers.ModelSerializer[Lead]):
    stage = serializers.SlugRelatedField[Stage](slug_field="slug", read_only=True)
    category = serializers.ChoiceField(choices=Category.choices)
    attention = serializers.ChoiceField(choices=Attention.choices)
    screening = serializers.ChoiceField(choices=Screening.choices)
    owner = serializers.SlugRelatedField[User](slug_field="email", read_only=True)

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
        ]


class MessageSerializer(serializers.ModelSerializer[Message]):
    lead = serializers.SlugRelatedField[Lead](slug_field="reference", read_only=True)
    kind = serializers.ChoiceField(choices=MessageKind.choices)
    state = serializers.ChoiceField(choices=MessageState.choices)

    class Meta:
        model = Message
        fields = ["id", "lead", "kind", "state", "due_at", "sent_at", "message_id"]


class EnquirySerializer(serializers.Serializer[None]):
    """For the schema; EnquiryForm does the checking."""

    name = serializers.CharField(max_length=120)
    email = serializers.CharField(required=False, allow_blank=True, help_text="Email or phone is needed.")
    phone = serializers.CharField(required=False, allow_blank=True)
    message = serializers.CharField(required=False, allow_blank=True)
    topic = serializers.ChoiceField(["how", "cost", "suitability", "referral", "other"], required=False, allow_blank=True)
    reply_by = serializers.ChoiceField(["email", "call", "text"], required=False, allow_blank=True)
    may_leave_voicemail = serializers.BooleanField(required=False)
    consent_reply = serializers.BooleanField(help_text="Must be true.")
    consent_followup = serializers.BooleanField(required=False)
    page = serializers.CharField(required=False, allow_blank=True)
    utm = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)


class ReceiptSerializer(serializers.Serializer[None]):
    reference = serializers.CharField()


class ProblemSerializer(serializers.Serializer[None]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)  # type: ignore[assignment]  # the name is the contract's


class StageSerializer(serializers.Serializer[None]):
    stage = serializers.CharField(help_text="A stage's slug or name.")


class AssignmentSerializer(serializers.Serializer[None]):
    owner = serializers.EmailField(allow_null=True, help_text="A colleague's email; null takes the lead back.")


class SnoozeSerializer(serializers.Serializer[None]):
    until = serializers.DateTimeField(help_text="In the future, with its offset.")


class NoteSerializer(serializers.Serializer[None]):
    text = serializers.CharField(max_length=5000)
