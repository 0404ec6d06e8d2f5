"""A call that was overtaken: logged once however often it is pressed, and what was typed meanwhile is not lost."""

import pytest
from django.test import Client
from django.utils import timezone

from leads.models import CallOutcome, CallTurn, Clinic, Draft, EventKind, Lead, Stage, User
from leads.triage.calls.calling import call_made
from leads.triage.decisions.actions import change_stage
from leads.triage.decisions.recording import Conflict
from leads.triage.same_person.merging import merge
from tests.triage.test_call_mode import NEXT, begin, caller, outcome

pytestmark = pytest.mark.django_db
NOTE = {"text": "Asked for the cost sheet."}


@pytest.fixture
def ada(clinic: Clinic) -> Lead:
    return caller("Ada")


def typed_on_the_page_of(lead: Lead) -> str | None:
    return getattr(Draft.objects.filter(lead=lead).first(), "note", None)


@pytest.mark.parametrize("code", [CallOutcome.WRONG_NUMBER, CallOutcome.NO_ANSWER, CallOutcome.SPOKE])
def test_of_two_presses_at_the_same_moment_one_is_logged(bob: User, ada: Lead, code: CallOutcome) -> None:
    """Both were let in before either was done."""
    CallTurn.objects.take(ada.pk, bob, timezone.now())
    call_made(by=bob, lead=ada, outcome=code)
    with pytest.raises(Conflict):
        call_made(by=bob, lead=ada, outcome=code)
    assert ada.events.filter(kind=EventKind.CALLED).count() == 1


def test_whom_a_colleague_closes_meanwhile_has_the_note_on_their_page(as_bob: Client, alice: User, ada: Lead) -> None:
    begin(as_bob)
    change_stage(by=alice, lead=ada, stage=Stage.objects.get(slug="closed"))
    outcome(as_bob, ada, "spoke", **NOTE)
    assert not ada.events.filter(kind=EventKind.CALLED).exists()
    assert typed_on_the_page_of(ada) == NOTE["text"]


def test_whose_lead_is_merged_meanwhile_has_the_note_on_the_one_that_stays(as_bob: Client, alice: User, ada: Lead) -> None:
    begin(as_bob)
    keep = caller("Ada", email="ada@work.example", reply_by="email")
    merge(by=alice, keep=keep, other=ada, choices={})
    outcome(as_bob, ada, "spoke", **NOTE)
    assert typed_on_the_page_of(keep) == NOTE["text"]


def test_a_turn_that_a_colleague_has_by_now_leaves_the_note_and_what_was_typed_before(
    as_bob: Client, as_alice: Client, bob: User, ada: Lead
) -> None:
    Draft.objects.create(lead=ada, user=bob, note="Her sister wrote, too.", subject="Cost", text="Dear Ada")
    begin(as_bob)
    CallTurn.objects.update(until=timezone.now())
    begin(as_alice)
    outcome(as_bob, ada, "spoke", **NOTE)
    draft = Draft.objects.get(lead=ada)
    assert (draft.note, draft.subject, draft.text) == (f"Her sister wrote, too.\n\n{NOTE['text']}", "Cost", "Dear Ada")


def test_what_was_logged_is_not_kept_again(as_bob: Client, ada: Lead) -> None:
    begin(as_bob)
    for _press in range(2):
        outcome(as_bob, ada, "spoke", **NOTE)
    assert ada.events.filter(kind=EventKind.CALLED).count() == 1
    assert typed_on_the_page_of(ada) is None


def test_skipping_keeps_what_was_typed(as_bob: Client, ada: Lead) -> None:
    begin(as_bob)
    as_bob.post(NEXT, {"skip": "yes", "reference": ada.reference} | NOTE)
    assert typed_on_the_page_of(ada) == NOTE["text"]


def test_somebody_who_is_gone_has_no_note(as_bob: Client, ada: Lead) -> None:
    begin(as_bob)
    reference = ada.reference
    ada.delete()
    answer = as_bob.post("/desk/calls/outcome/", {"reference": reference, "outcome": "spoke"} | NOTE, follow=True)
    assert "Nothing was logged." in answer.content.decode()
