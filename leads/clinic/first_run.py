"""The first run: what has to be done before the first visitor writes, as a checklist beside the real inbox."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.access import Right, may
from leads.clinic import examples
from leads.models import Clinic, Enquiry, Message, MessageKind, MessageState, User


@dataclass(frozen=True)
class Task:
    words: str | Promise
    url: str
    is_done: bool


@dataclass(frozen=True)
class FirstRun:
    tasks: list[Task]
    has_examples: bool

    @property
    def done(self) -> int:
        return sum(task.is_done for task in self.tasks)


def first_run_for(user: User) -> FirstRun | None:
    """None once somebody has ended it, and for those who can't do what it asks. Until then it costs the inbox four small look-ups."""
    clinic = Clinic.current()
    if clinic.first_run_ended_at or not may(user, Right.EDIT_CLINIC):
        return None
    tasks = [
        Task(_("Say when you are open"), reverse("hours"), bool(clinic.hours_confirmed_at)),
        Task(_("Confirm the crisis numbers"), reverse("crisis"), bool(clinic.crisis_confirmed_at)),
        Task(_("Send yourself a test email"), reverse("email"), _a_test_mail_left()),
        Task(_("Write to yourself through “Contact us”, and watch it arrive"), reverse("contact"), _somebody_wrote()),
    ]
    if may(user, Right.MANAGE_TEAM):
        tasks.append(Task(_("Invite a colleague"), reverse("team"), User.objects.filter(is_active=True)[1:2].exists()))
    return FirstRun(tasks, examples.are_there())


def _a_test_mail_left() -> bool:
    return Message.objects.filter(kind=MessageKind.TEST, mail="settings-test", state=MessageState.SENT).exists()


def _somebody_wrote() -> bool:
    return Enquiry.objects.filter(added_by=None).exists()
