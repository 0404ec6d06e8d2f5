"""A follow-up that is to be tried later was with a worker until now, and what stopped its sequence meanwhile could not take it back."""

from django.db import transaction

from leads.followup.plan_actions import put_back
from leads.models import Enrolment, EnrolmentState, Message, Sequence


@transaction.atomic
def unless_stopped(message: Message) -> None:
    """Asked once it is back in the queue for everybody to see: whoever stops it from here on finds it there, and for whoever is stopping
    it now we wait.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).filter(messages=message.pk).first()
    if enrolment is None:
        return
    if enrolment.state == EnrolmentState.STOPPED:
        Message.objects.filter(pk=message.pk).take_back(enrolment.stop_reason)
    elif Sequence.objects.filter(pk=enrolment.sequence_id, paused_at__isnull=False).exists():
        put_back(message)
