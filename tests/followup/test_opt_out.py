"""The stop link: one click, at once, for good."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from leads.followup.actions import opt_out
from leads.followup.mails import stop_url
from leads.followup.optout import reference_in, token_of
from leads.models import Enrolment, Event, EventKind, Lead, Message, Suppression
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message

pytestmark = pytest.mark.django_db

ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def vera_gets_followups() -> Lead:
    lead = make_enquiry().lead
    make_followup(make_enrolment(lead))
    return lead


def path_of(lead: Lead) -> str:
    return f"/stop/{token_of(lead)}/"


def strict() -> Client:
    """A mail program: no cookie, and CSRF checks are on."""
    return Client(enforce_csrf_checks=True)


def stopped() -> bool:
    states = set(Enrolment.objects.values_list("state", flat=True)) | set(Message.objects.values_list("state", flat=True))
    return states == {"stopped", "cancelled"}


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(vera_gets_followups: Lead, method: str) -> None:
    answer = getattr(strict(), method)(path_of(vera_gets_followups))
    assert answer.status_code == 200
    assert not stopped()
    assert not Suppression.objects.exists()
    assert not answer.cookies


@pytest.mark.parametrize(
    "post",
    [
        {"data": ONE_CLICK, "content_type": "application/x-www-form-urlencoded"},
        {"data": {"List-Unsubscribe": "One-Click"}},  # multipart
        {"data": "", "content_type": "text/plain"},
        {"data": "{not even form data", "content_type": "application/json"},
    ],
)
def test_a_post_stops_at_once_in_every_encoding(vera_gets_followups: Lead, post: dict[str, Any]) -> None:
    answer = strict().post(path_of(vera_gets_followups), **post)
    assert answer.status_code == 200
    assert stopped()
    assert Suppression.objects.values_list("address", "reason").get() == ("vera@example.com", "opted_out")
    assert Event.objects.filter(kind=EventKind.OPTED_OUT).count() == 1


def test_twice_is_as_good_as_once(vera_gets_followups: Lead) -> None:
    for _ in range(2):
        assert strict().post(path_of(vera_gets_followups)).status_code == 200
    assert Suppression.objects.count() == 1
    assert Event.objects.filter(kind=EventKind.OPTED_OUT).count() == 1


def test_another_lead_with_the_same_address_stops_too(vera_gets_followups: Lead) -> None:
    other = make_lead(name="Theo Lind")
    make_enrolment(other)
    strict().post(path_of(vera_gets_followups))
    assert stopped()


def test_the_address_that_the_mail_went_to_stops_too(vera_gets_followups: Lead) -> None:
    Lead.objects.update(email="new@example.com")
    strict().post(path_of(vera_gets_followups))
    assert set(Suppression.objects.values_list("address", flat=True)) == {"vera@example.com", "new@example.com"}


def test_the_answer_to_an_own_enquiry_still_leaves(vera_gets_followups: Lead) -> None:
    make_message(vera_gets_followups.enquiries.get())
    strict().post(path_of(vera_gets_followups))
    assert Message.objects.get(kind="acknowledgement").state == "queued"


@pytest.mark.parametrize("token", ["nonsense", "7K3M-92QX.x", "7K3M-92QX." + "A" * 43])
def test_a_token_we_never_made_is_a_kind_404(clinic: object, token: str) -> None:
    for answer in (strict().get(f"/stop/{token}/"), strict().post(f"/stop/{token}/")):
        assert answer.status_code == 404
        assert "reply to that email" in answer.content.decode()
    assert not Suppression.objects.exists()


def test_no_other_method(vera_gets_followups: Lead) -> None:
    assert strict().delete(path_of(vera_gets_followups)).status_code == 405
    assert not stopped()


def test_the_token_says_nothing_about_the_person_and_can_not_be_guessed(lead: Lead) -> None:
    token = token_of(lead)
    reference, _, signature = token.partition(".")
    assert reference == lead.reference
    assert len(signature) * 6 >= 128
    assert reference_in(token) == lead.reference
    assert "vera" not in stop_url(lead).lower()


def test_it_works_after_the_details_were_deleted(vera_gets_followups: Lead) -> None:
    path = path_of(vera_gets_followups)
    Lead.objects.all().delete()
    assert strict().post(path).status_code == 200


def test_staff_can_opt_a_person_out(vera_gets_followups: Lead, bob: Any) -> None:
    opt_out(lead=vera_gets_followups, by=bob)
    assert stopped()
    assert Event.objects.get(kind=EventKind.OPTED_OUT).by == bob


@settings(deadline=None, max_examples=300)
@given(st.from_regex(r"[0-9A-Z]{4}-[0-9A-Z]{4}", fullmatch=True), st.text(max_size=80), st.integers(0, 51), st.characters(codec="utf-8"))
def test_only_a_link_that_we_made_stops_anything(reference: str, text: str, place: int, letter: str) -> None:
    ours = token_of(Lead(reference=reference))
    assert reference_in(ours) == reference
    assert reference_in(text) is None
    assert reference_in(f"{reference}.{text}") is None
    changed = ours[:place] + letter + ours[place + 1 :]
    assert changed == ours or reference_in(changed) is None
