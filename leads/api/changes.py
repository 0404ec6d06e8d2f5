"""The nouns below a lead, changed by the desk's own verbs."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from leads.access import Right, may
from leads.api import serializers
from leads.api.answers import asking, lead_asked, shown
from leads.api.change_fields import read_moment, read_note, read_text
from leads.api.fields import read_object, refuse
from leads.api.schema import REFERENCE, Described, described
from leads.models import Category, CloseReason, Lead, Stage, User
from leads.triage.decisions import actions as triage
from leads.triage.undo.undo import undo

RIGHT = Right.WORK_LEADS


def changing(name: str, sentence: str, body: Any = None) -> Described:
    """For the schema: all of them answer with the lead."""
    return described(
        name, sentence, answer=serializers.OneLeadSerializer, right=RIGHT, body=body, parameters=[REFERENCE], refusals=(404, 409)
    )


class Change(APIView):
    """One noun below a lead: POST changes it, DELETE takes the newest change back."""

    right = RIGHT
    noun: ClassVar[str]

    def lead(self, request: Request, reference: str) -> Lead:
        return lead_asked(request, reference, self.right)

    def answer(self, request: Request, lead: Lead) -> Response:
        return shown(request, lead, f"api_lead_{self.noun}")

    def undone(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        undo(by=asking(request), lead=lead, noun=self.noun)
        return self.answer(request, lead)


class StageOfLead(Change):
    noun = "stage"

    @changing("change_stage", "Moves the lead to another stage.", serializers.StageSerializer)
    def post(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        stage = Stage.objects.named(read_text(request.data, "stage"))
        if stage is None:
            raise refuse(
                {"stage": [_("Choose one of: %(stages)s.") % {"stages": ", ".join(Stage.objects.in_use().values_list("slug", flat=True))}]}
            )
        triage.change_stage(by=asking(request), lead=lead, stage=stage, reason=self._reason(request, stage))
        return self.answer(request, lead)

    def _reason(self, request: Request, stage: Stage) -> CloseReason | None:
        """Optional, and only where the lead is closed."""
        if stage.category != Category.CLOSED or "reason" not in read_object(request.data):
            return None
        slug, known = read_text(request.data, "reason"), CloseReason.objects.known()
        reason = next((reason for reason in known if slug == reason.slug), None)
        if reason is None:
            raise refuse({"reason": [_("Choose one of: %(reasons)s.") % {"reasons": ", ".join(reason.slug for reason in known)}]})
        return reason

    @changing("undo_stage", "Takes the newest move back, within ten minutes.")
    def delete(self, request: Request, reference: str) -> Response:
        return self.undone(request, reference)


class AssignmentOfLead(Change):
    noun = "assignment"

    @changing("assign", "Gives the lead to a colleague, or takes it back.", serializers.AssignmentSerializer)
    def post(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        triage.assign(by=asking(request), lead=lead, owner=self._owner(request))
        return self.answer(request, lead)

    @changing("undo_assignment", "Takes the newest assignment back, within ten minutes.")
    def delete(self, request: Request, reference: str) -> Response:
        return self.undone(request, reference)

    def _owner(self, request: Request) -> User | None:
        if read_object(request.data).get("owner", "") is None:
            return None
        owner = User.objects.filter(email=read_text(request.data, "owner").lower()).first()
        if owner is None or not may(owner, Right.WORK_LEADS):
            raise refuse({"owner": [_("Enter the email address of a colleague who works on leads, or null.")]})
        return owner


class SnoozeOfLead(Change):
    noun = "snooze"

    @changing("snooze", "Lets the lead rest until a time.", serializers.SnoozeSerializer)
    def post(self, request: Request, reference: str) -> Response:
        lead = self.lead(request, reference)
        triage.snooze(by=asking(request), lead=lead, until=read_moment(request.data, "until"))
        return self.answer(request, lead)

    @changing("undo_snooze", "Takes the newest snooze back, within ten minutes.")
    def delete(self, request: Request, reference: str) -> Response:
        return self.undone(request, reference)


class NotesOfLead(APIView):
    right = RIGHT

    @described(
        "add_note",
        "Adds a note.",
        answer=serializers.AddedNoteSerializer,
        right=right,
        status=201,
        body=serializers.NoteSerializer,
        parameters=[REFERENCE],
        refusals=(404, 409),
    )
    def post(self, request: Request, reference: str) -> Response:
        lead = lead_asked(request, reference, self.right)
        event = triage.add_note(by=asking(request), lead=lead, text=read_note(request.data, "text"))
        return Response(serializers.AddedNoteSerializer(event).data, status=status.HTTP_201_CREATED)
