"""The follow-ups page: sequences in words, a pause, and a simulator that tells the dates beforehand."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from leads.followup.plan_actions import pause
from leads.models import Answer, Enrolment, Lead, Message, Sequence, User, Version
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_enrolment
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db
FRIDAY_AT_FOUR: dict[str, Any] = {"sequence": "after-enquiry", "at": "2026-11-06T16:00", "zone": "America/New_York"}


def page(client: Client, status: int = 200, **query: Any) -> str:
    response = client.get("/desk/followups/", query)
    assert response.status_code == status
    return response.content.decode()


def test_it_tells_the_plan_in_words(as_bob: Client) -> None:
    make_enrolment(make_enquiry().lead)
    shown = page(as_bob)
    assert "It starts by itself for everybody who agrees to follow-up emails. 1 person is under way." in shown
    assert "1 working day after they wrote" in shown
    assert "4 working days after the mail before" in shown
    assert "from 9 to 17 on days on which the clinic opens" in shown
    assert "they opt out, or their address takes no mail" in shown


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"topics": ["cost", "how"], "languages": ["es"]}, "Cost and insurance, How it works; Español"),
        ({"channels": ["form"]}, "emails: Contact form."),
        ({"starts": "by_hand"}, "Somebody starts it by hand"),
    ],
)
def test_it_tells_whom_it_is_for(as_bob: Client, rule: dict[str, Any], words: str) -> None:
    Sequence.objects.update(**rule)
    assert words in page(as_bob)


def test_it_tells_windows_of_its_own(as_bob: Client) -> None:
    Version.objects.update(windows={"1": [["09:00", "11:30"]], "3": [["09:00", "11:30"]], "5": [["22:00", "24:00"]]})
    assert "Mails leave Tuesday, Thursday 9 a.m.–11:30 a.m.; Saturday 10 p.m.–midnight" in page(as_bob)


class TestSimulator:
    def test_it_tells_the_dates(self, as_bob: Client) -> None:
        shown = page(as_bob, **FRIDAY_AT_FOUR)
        assert "Monday 9 November 2026, noon" in shown  # after the answer that is promised by then
        assert "Thursday 12 November 2026, 9 a.m." in shown  # Veterans Day lies between
        assert "Wednesday 18 November 2026, 9 a.m." in shown
        assert "on our clock" not in shown

    def test_it_counts_with_slow_answers_as_the_promise_does(self, as_bob: Client) -> None:
        lead = make_lead()
        Answer.objects.bulk_create([Answer(lead=lead, received_at=lead.created_at, open_seconds=30 * 3600) for _ in range(20)])
        assert "Monday 9 November 2026, noon" not in page(as_bob, **FRIDAY_AT_FOUR)

    def test_elsewhere_it_tells_both_clocks(self, as_bob: Client) -> None:
        shown = page(as_bob, **FRIDAY_AT_FOUR | {"zone": "America/Los_Angeles"})
        assert "Thursday 12 November 2026, 9 a.m." in shown
        assert "on our clock: Thursday 12 November 2026, noon" in shown

    @pytest.mark.parametrize("change", [{"at": "soon"}, {"at": ""}, {"at": "0001-01-01T00:00"}, {"zone": "Mars"}, {"sequence": "none"}])
    def test_a_mistake_is_told(self, as_bob: Client, change: dict[str, str]) -> None:
        assert 'class="error"' in page(as_bob, 400, **FRIDAY_AT_FOUR | change)

    def test_it_keeps_nothing(self, as_bob: Client) -> None:
        page(as_bob, **FRIDAY_AT_FOUR)
        assert not Enrolment.objects.exists()


class TestPausing:
    def test_a_manager_pauses_and_goes_on(self, as_alice: Client) -> None:
        as_alice.post("/desk/followups/after-enquiry/pause/")
        assert Sequence.objects.get().paused_at is not None
        assert "While it is paused nothing leaves." in page(as_alice)
        as_alice.post("/desk/followups/after-enquiry/pause/remove/")
        assert Sequence.objects.get().paused_at is None

    def test_the_front_desk_sees_it_and_has_no_button(self, as_bob: Client, alice: User) -> None:
        pause(sequence=Sequence.objects.get(), by=alice)
        shown = page(as_bob)
        assert "Paused" in shown
        assert "followups/after-enquiry/pause/" not in shown


def test_the_number_of_queries_does_not_grow(as_bob: Client) -> None:
    few = queries(as_bob, "/desk/followups/")
    for number in range(5):
        sequence = Sequence.objects.create(slug=f"more-{number}", name="More")
        Version.objects.create(sequence=sequence, number=1, published_at=datetime.now(UTC))
        make_enrolment(make_lead(email=f"{number}@example.com"))
    assert queries(as_bob, "/desk/followups/") == few


class TestOnALead:
    @pytest.fixture
    def vera(self, db: None) -> Lead:
        return make_enquiry().lead

    def post(self, client: Client, noun: str, lead: Lead, **data: Any) -> str:
        response = client.post(reverse(f"lead_followup_{noun}", args=[lead.reference]), data, follow=True)
        return response.content.decode()

    @time_machine.travel(datetime(2026, 11, 4, 17, tzinfo=UTC), tick=False)
    def test_the_next_mail_can_be_skipped_and_sent_now(self, as_bob: Client, vera: Lead) -> None:
        enrolment = make_enrolment(vera, due_at=datetime(2026, 11, 5, 14, tzinfo=UTC))
        shown = as_bob.get(reverse("lead", args=[vera.reference])).content.decode()
        assert all(reverse(f"lead_followup_{noun}", args=[vera.reference]) in shown for noun in ("now", "skip"))
        assert "Follow-up 1 is skipped." in self.post(as_bob, "skip", vera, enrolment=enrolment.pk)
        assert "Follow-up 2 is leaving." in self.post(as_bob, "now", vera, enrolment=enrolment.pk)
        assert "not sent: skipped by hand" in as_bob.get(reverse("lead", args=[vera.reference])).content.decode()
        assert sorted(Message.objects.values_list("step", "state")) == [(1, "suppressed"), (2, "queued")]

    def test_it_is_started_by_hand(self, as_bob: Client, vera: Lead) -> None:
        assert "Follow-up started: After an enquiry." in self.post(as_bob, "start", vera, sequence="after-enquiry")
        assert vera.enrolments.exists()

    def test_what_is_against_it_is_told(self, as_bob: Client) -> None:
        lead = make_enquiry(consent_followup=False).lead
        assert "They did not agree to follow-up emails." in self.post(as_bob, "start", lead, sequence="after-enquiry")

    def test_nobody_reaches_another_leads_follow_up(self, as_bob: Client, vera: Lead) -> None:
        other = make_enrolment(make_enquiry(make_lead(email="other@example.com")).lead)
        assert "No follow-up is waiting." in self.post(as_bob, "skip", vera, enrolment=other.pk)
        other.refresh_from_db()
        assert other.next_step == 1

    @pytest.mark.parametrize("value", ["", "x", str(2**70)])
    def test_nonsense_is_told(self, as_bob: Client, vera: Lead, value: str) -> None:
        assert "Choose a follow-up." in self.post(as_bob, "skip", vera, enrolment=value)
