"""An address that gets no more mail: what stops, what is told, and what lifting one reason leaves."""

import pytest

from leads.followup.actions import lift, opt_out, suppress
from leads.followup.crew import deliver_due
from leads.models import Enrolment, EventKind, Lead, Message, Suppression, SuppressionReason, User
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message

pytestmark = pytest.mark.django_db
REASONS = SuppressionReason


@pytest.fixture
def vera() -> Lead:
    """She gets follow-ups, and one is queued."""
    lead = make_enquiry().lead
    make_followup(make_enrolment(lead))
    return lead


@pytest.mark.parametrize(
    ("reason", "stopped", "kind"),
    [
        (REASONS.OPTED_OUT, "opted_out", EventKind.OPTED_OUT),
        (REASONS.BOUNCED, "bounced", EventKind.BOUNCED),
        (REASONS.COMPLAINED, "complained", EventKind.COMPLAINED),
        (REASONS.BY_HAND, "suppressed", EventKind.SUPPRESSED),
    ],
)
def test_follow_ups_stop_and_the_timeline_says_why(vera: Lead, alice: User, reason: SuppressionReason, stopped: str, kind: str) -> None:
    assert suppress(address=vera.email, reason=reason, by=alice)
    assert Enrolment.objects.get().stop_reason == stopped
    message = Message.objects.get()
    assert (message.state, message.reason) == ("cancelled", stopped)
    assert list(vera.events.order_by("at").values_list("kind", "by")) == [("followup_stopped", alice.pk), (kind, alice.pk)]


def test_twice_is_as_good_as_once(vera: Lead) -> None:
    assert suppress(address=vera.email, reason=REASONS.BOUNCED, by=None)
    assert not suppress(address=vera.email, reason=REASONS.BOUNCED, by=None)
    assert vera.events.filter(kind=EventKind.BOUNCED).count() == 1


@pytest.mark.parametrize(
    ("reason", "state"), [(REASONS.OPTED_OUT, "sent"), (REASONS.BY_HAND, "suppressed"), (REASONS.COMPLAINED, "suppressed")]
)
def test_only_those_who_asked_us_to_stop_still_get_an_answer(vera: Lead, reason: SuppressionReason, state: str) -> None:
    suppress(address=vera.email, reason=reason, by=None)
    answer = make_message(make_enquiry(vera, reference="7K3M92QX"))
    deliver_due()
    answer.refresh_from_db()
    assert answer.state == state


def test_lifting_one_reason_leaves_the_other(vera: Lead, alice: User) -> None:
    suppress(address=vera.email, reason=REASONS.BOUNCED, by=None)
    opt_out(lead=vera, by=None)
    assert lift(address=vera.email, reason=REASONS.BOUNCED, by=alice)
    assert list(Suppression.objects.values_list("reason", flat=True)) == ["opted_out"]
    assert vera.events.filter(kind=EventKind.OPTED_OUT).count() == 1


def test_lifting_resumes_nothing_and_is_done_once(vera: Lead, alice: User) -> None:
    suppress(address=vera.email, reason=REASONS.BY_HAND, by=alice)
    assert lift(address=vera.email, reason=REASONS.BY_HAND, by=alice)
    assert not lift(address=vera.email, reason=REASONS.BY_HAND, by=alice)
    assert Enrolment.objects.get().state == "stopped"
    assert vera.events.filter(kind=EventKind.LIFTED).count() == 1
