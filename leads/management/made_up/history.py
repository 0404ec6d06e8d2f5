"""The rows of one made-up lead's past: its events, its mail and its follow-up."""

from datetime import datetime, timedelta
from typing import Any

from leads.management.made_up.ids import uuid_at
from leads.management.made_up.world import PlannedMail, World
from leads.models import EnrolmentState, EventKind, MessageKind, MessageState
from leads.models.sealed import seal
from leads.policy.waits import due_after

Fields = dict[str, Any]
RELAY = timedelta(seconds=2)  # what a mail takes to leave


class History:
    def __init__(self, world: World, lead: Fields) -> None:
        self.world, self.lead = world, lead

    def event(self, kind: str, at: datetime, data: Fields, *, by: int | None = None, text: str = "") -> str:
        """Its id."""
        pk = uuid_at(at, self.world.rng)
        sealed = seal(text, f"leads_event:{pk}:text") if text else None
        self.world.tables.events.add(id=pk, lead_id=self.lead["id"], kind=kind, at=at, by_id=by, data=data, text=sealed)
        return pk

    def mail(
        self, kind: str, at: datetime, *, enquiry: str | None = None, enrolment: int | None = None, planned: PlannedMail | None = None
    ) -> None:
        """One that has left."""
        pk = uuid_at(at, self.world.rng)
        self.world.tables.messages.add(
            id=pk,
            kind=kind,
            state=MessageState.SENT,
            lead_id=self.lead["id"],
            enquiry_id=enquiry,
            enrolment_id=enrolment,
            step=planned and planned.position,
            text_id=planned and planned.text.get(self.lead["language"]),
            to_address=self.lead["email"],
            language=self.lead["language"],
            created_at=at,
            due_at=at,
            attempts=1,
            sent_at=at + RELAY,
            message_id=f"<{pk.replace('-', '')}@{self.world.mail_domain}>",
        )


class FollowUp:
    """One lead's way through the default sequence."""

    def __init__(self, history: History, pk: int, anchor: datetime) -> None:
        self.history, self.anchor = history, anchor
        self.left = list(history.world.mails)
        self.row: Fields = {
            "id": pk,
            "lead_id": history.lead["id"],
            "sequence_id": history.world.version.sequence_id,
            "version_id": history.world.version.pk,
            "state": EnrolmentState.RUNNING,
            "anchor_at": anchor,
            "next_step": 1,
            "due_at": None,
            "stop_reason": "",
            "stopped_by_id": None,
        }
        self._plan()
        history.event(EventKind.ENROLLED, anchor, {"sequence": history.world.version.sequence.slug})

    @property
    def is_running(self) -> bool:
        return bool(self.row["state"] == EnrolmentState.RUNNING)

    def goes_on_until(self, end: datetime) -> None:
        """What was due before has left."""
        while self.is_running and self.row["due_at"] <= end:
            self.history.mail(MessageKind.FOLLOWUP, self.row["due_at"], enrolment=self.row["id"], planned=self.left.pop(0))
            self._plan()

    def _plan(self) -> None:
        if self.left:
            due_at = due_after(self.left[0].wait, self.row["due_at"] or self.anchor, self.history.world.windows)
            self.row |= {"next_step": self.left[0].position, "due_at": due_at}
        else:
            self.row |= {"state": EnrolmentState.FINISHED, "due_at": None}

    def stops(self, reason: str, at: datetime, *, by: int | None, cause: str) -> None:
        self.goes_on_until(at)
        if self.is_running:
            self.history.event(EventKind.FOLLOWUP_STOPPED, at, {"reason": reason}, by=by)
            self.row |= {"state": EnrolmentState.STOPPED, "stop_reason": reason, "stopped_by_id": cause}
