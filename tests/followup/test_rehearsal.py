"""A step is looked at before it is sent, as the sending code makes it, and mailed to oneself and to nobody else."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from leads.followup import rehearsal
from leads.followup.crew import deliver_due
from leads.followup.letter import Letter
from leads.followup.optout import token_of
from leads.followup.plan_actions import make_draft
from leads.followup.sample import vera
from leads.models import Lead, Message, Sequence, Step, StepText, Suppression, User
from leads.policy.refused import Refused
from tests.followup.made import make_enquiry, make_enrolment, make_followup

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(alice: User) -> Step:
    draft = make_draft(sequence=Sequence.objects.get(), by=alice)
    return draft.steps.get(position=1)


def shown(step: Step, language: str = "en") -> Letter:
    letter = rehearsal.letter(step, language)
    assert letter is not None
    return letter


class TestLookingAtIt:
    def test_vera_would_get_exactly_this(self, step: Step) -> None:
        lead = make_enquiry(name="Vera").lead
        Lead.objects.filter(pk=lead.pk).update(name="Vera")
        lead.refresh_from_db()
        make_followup(make_enrolment(lead, next_step=2, due_at="2030-01-01T00:00Z"), at_once=True)
        deliver_due()
        [sent] = mail.outbox
        letter = shown(step)
        ours, theirs = (str(text).replace(token_of(who), "…") for text, who in ((letter.text, vera("en")), (sent.body, lead)))
        assert ours.replace(vera("en").reference, "…") == theirs.replace(lead.reference, "…")
        assert letter.headers["Subject"] == sent.subject

    def test_in_spanish_and_without_a_spanish_text_in_english(self, step: Step) -> None:
        assert "Hola, Vera:" in shown(step, "es").text
        StepText.objects.filter(step=step, language="es").delete()
        assert shown(step, "es").headers["Subject"] == shown(step, "en").headers["Subject"]

    def test_nothing_is_stored(self, step: Step) -> None:
        shown(step)
        assert not Message.objects.exists()
        assert not Lead.objects.exists()

    def test_its_stop_link_stops_nobody(self, step: Step, client: Client) -> None:
        link = reverse("stop", args=[token_of(vera("en"))])
        assert link in shown(step).text
        make_enquiry()
        assert client.post(link).status_code < 500
        assert not Suppression.objects.exists()

    def test_a_step_that_says_nothing_has_nothing_to_show(self, step: Step) -> None:
        StepText.objects.filter(step=step).delete()
        assert rehearsal.letter(step, "en") is None


class TestMailingItToOneself:
    def test_it_leaves_through_the_outbox_and_says_that_it_is_a_test(self, step: Step, bob: User) -> None:
        rehearsal.send_test(step=step, language="es", by=bob)
        deliver_due()
        [sent] = mail.outbox
        assert sent.to == ["bob@example.com"]
        assert sent.subject.startswith("Test: ")
        assert "Hola, Vera:" in str(sent.body)
        assert Message.objects.get().state == "sent"

    def test_ten_in_ten_minutes_and_no_more(self, step: Step, bob: User, alice: User) -> None:
        for _ in range(10):
            rehearsal.send_test(step=step, language="en", by=bob)
        with pytest.raises(Refused, match="10 test mails"):
            rehearsal.send_test(step=step, language="en", by=bob)
        assert Message.objects.count() == 10
        rehearsal.send_test(step=step, language="en", by=alice)

    def test_nothing_to_say(self, step: Step, bob: User) -> None:
        StepText.objects.filter(step=step).delete()
        with pytest.raises(Refused, match="no text to send yet"):
            rehearsal.send_test(step=step, language="en", by=bob)
