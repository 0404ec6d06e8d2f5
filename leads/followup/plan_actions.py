"""Every way in which a sequence itself is changed. Each verb is atomic; a published version is never touched."""

import logging

from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone

from leads.followup.proofreading import findings
from leads.models import (
    Enrolment,
    EnrolmentState,
    Event,
    EventKind,
    Message,
    MessageState,
    Sequence,
    Step,
    StepText,
    User,
    Version,
)

log = logging.getLogger(__name__)


class NotReady(Exception):
    """It can't be published yet: a sentence for each reason."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def make_draft(*, sequence: Sequence, by: User) -> Version:
    """The draft there is, or a new one that says what the newest version says."""
    Sequence.objects.select_for_update().get(pk=sequence.pk)
    newest = sequence.versions.order_by("-number").first()
    if newest and newest.published_at is None:
        return newest
    draft = Version.objects.create(sequence=sequence, number=newest.number + 1 if newest else 1, windows=newest.windows if newest else {})
    for step in newest.steps.prefetch_related("texts") if newest else ():
        copy = Step.objects.create(version=draft, position=step.position, wait=step.wait, unit=step.unit)
        StepText.objects.bulk_create(
            [StepText(step=copy, language=text.language, subject=text.subject, body=text.body) for text in step.texts.all()]
        )
    return draft


@transaction.atomic
def publish(*, version: Version, by: User) -> Version:
    """Whoever joins from now on gets it; whoever is under way keeps theirs. NotReady where something stands against it."""
    draft = Version.objects.select_for_update(of=("self",)).select_related("sequence").get(pk=version.pk)
    if draft.published_at is None:
        if found := findings(draft):
            raise NotReady([str(finding) for finding in found])
        draft.published_at, draft.published_by = timezone.now(), by
        draft.save(update_fields=["published_at", "published_by"])
        log.info("version %d of sequence %s was published by %s", draft.number, draft.sequence_id, by.pk)
    return draft


@transaction.atomic
def move_enrolments(*, version: Version, by: User) -> int:
    """Those under way in other versions of the sequence go on in this one, at the same step and on the day they were planned for."""
    if version.published_at is None:
        raise NotReady([])
    others = Enrolment.objects.filter(sequence=version.sequence_id, state__in=[EnrolmentState.RUNNING, EnrolmentState.STOPPED])
    moved = list(others.filter(Q(version=None) | ~Q(version=version.pk)).select_for_update().only("lead_id"))
    data = {"sequence": version.sequence.slug, "version": version.number}
    Event.objects.bulk_create([Event(lead_id=each.lead_id, kind=EventKind.FOLLOWUP_MOVED, by=by, data=data) for each in moved])
    return Enrolment.objects.filter(pk__in=[each.pk for each in moved]).update(version=version)


@transaction.atomic
def pause(*, sequence: Sequence, by: User) -> bool:
    """Nothing leaves, also what was already queued; whoever joins waits. False where it was paused before."""
    if not Sequence.objects.filter(pk=sequence.pk, paused_at=None).update(paused_at=timezone.now(), paused_by=by):
        return False
    log.info("sequence %s was paused by %s", sequence.pk, by.pk)
    # Whoever holds one of these rows is making its mail: we wait, and then see that mail.
    list(Enrolment.objects.select_for_update().filter(sequence=sequence, state=EnrolmentState.RUNNING).values_list("pk", flat=True))
    for message in Message.objects.stoppable().filter(enrolment__sequence=sequence):
        put_back(message)
    return True


def put_back(message: Message) -> None:
    """The step is still to come; one that is being handed over at this moment has left.

    Not where a later step has its mail already, as with one that failed and is sent again: it would come a second time.
    """
    if Message.objects.filter(pk=message.pk).take_back("paused"):
        later = Message.objects.filter(enrolment=message.enrolment_id, step__gt=message.step).exclude(state=MessageState.CANCELLED)
        going = Enrolment.objects.filter(messages=message, state__in=[EnrolmentState.RUNNING, EnrolmentState.FINISHED])
        going.filter(~Exists(later)).update(state=EnrolmentState.RUNNING, next_step=message.step, due_at=message.due_at)


@transaction.atomic
def unpause(*, sequence: Sequence, by: User) -> bool:
    """What was due meanwhile leaves in the next window, and the rest keeps its distances. False where it was not paused."""
    if not Sequence.objects.filter(pk=sequence.pk, paused_at__isnull=False).update(paused_at=None, paused_by=None):
        return False
    log.info("sequence %s goes on, by %s", sequence.pk, by.pk)
    return True
