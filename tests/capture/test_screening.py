"""Nothing is dropped: what looks suspicious waits in Check for a person, and no mail leaves meanwhile."""

import pytest

from leads.capture.actions import ask_about_data, mark_spam, release, unmark_spam
from leads.models import Enquiry, Lead, Message, PrivacyRequestKind, Screening, User
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspect() -> Lead:
    vera_writes(suspicions=["honeypot"], message="In check.")
    return Lead.objects.get()


def test_it_waits_without_mail_or_follow_up(suspect: Lead) -> None:
    assert suspect.screening == Screening.CHECK
    assert not Message.objects.exists()
    assert not suspect.enrolments.exists()


def test_it_joins_nobody_by_itself() -> None:
    vera_writes()
    vera_writes(suspicions=["honeypot"], message="In check.")
    assert Lead.objects.count() == 2
    assert Lead.objects.accepted().get().enquiries.count() == 1


def test_released_it_becomes_a_lead_and_is_acknowledged(suspect: Lead, bob: User) -> None:
    lead = release(by=bob, lead=suspect)
    assert (lead.pk, lead.screening) == (suspect.pk, Screening.ACCEPTED)
    assert Message.objects.get().state == "queued"
    assert lead.enrolments.exists()
    assert lead.events.get(kind="released").by == bob


def test_released_it_joins_the_same_person(suspect: Lead, bob: User) -> None:
    vera_writes(message="Accepted.")
    lead = release(by=bob, lead=suspect)
    assert Lead.objects.get() == lead
    assert lead.enquiries.count() == 2
    assert {enquiry.message for enquiry in lead.enquiries.all()} == {"In check.", "Accepted."}
    assert lead.events.filter(kind="enquiry").count() == 2


def test_what_they_asked_about_their_data_goes_with_it_once(suspect: Lead, bob: User) -> None:
    vera_writes(message="Accepted.")
    for lead, kinds in ((suspect, ("copy", "deletion")), (Lead.objects.accepted().get(), ("copy",))):
        for kind in kinds:
            ask_about_data(by=None, lead=lead, kind=PrivacyRequestKind(kind))
    lead = release(by=bob, lead=suspect)
    assert sorted(lead.privacy_requests.values_list("kind", flat=True)) == ["copy", "deletion"]


def test_released_twice_it_is_acknowledged_once(suspect: Lead, bob: User) -> None:
    release(by=bob, lead=suspect)
    release(by=bob, lead=suspect)
    assert Message.objects.count() == 1


def test_of_two_who_release_it_at_once_the_second_gets_the_lead_that_it_joined(suspect: Lead, bob: User) -> None:
    vera_writes(message="Accepted.")
    both_look_at = Lead.objects.get(pk=suspect.pk)
    joined = release(by=bob, lead=suspect)
    assert release(by=bob, lead=both_look_at) == joined
    assert joined.events.filter(kind="released").count() == 1


def test_spam_is_kept_and_can_come_back(suspect: Lead, bob: User) -> None:
    assert mark_spam(by=bob, lead=suspect)
    assert not mark_spam(by=bob, lead=suspect)
    assert Enquiry.objects.get().screening == Screening.SPAM
    assert release(by=bob, lead=suspect).screening == Screening.ACCEPTED


def test_spam_goes_back_into_check_and_the_history_says_who(suspect: Lead, bob: User) -> None:
    mark_spam(by=bob, lead=suspect)
    assert unmark_spam(by=bob, lead=suspect)
    suspect.refresh_from_db()
    assert (suspect.screening, Enquiry.objects.get().screening) == (Screening.CHECK, Screening.CHECK)
    undone = suspect.events.get(kind="undone")
    assert (undone.by, undone.data) == (bob, {"of": str(suspect.events.get(kind="marked_spam").pk), "noun": "spam"})
    assert not Message.objects.exists()


def test_going_back_twice_is_as_good_as_once(suspect: Lead, bob: User) -> None:
    mark_spam(by=bob, lead=suspect)
    assert unmark_spam(by=bob, lead=suspect)
    assert not unmark_spam(by=bob, lead=suspect)
    assert suspect.events.filter(kind="undone").count() == 1


def test_what_is_released_stays_released(suspect: Lead, bob: User) -> None:
    mark_spam(by=bob, lead=suspect)
    release(by=bob, lead=suspect)
    assert not unmark_spam(by=bob, lead=suspect)
    assert Lead.objects.accepted().exists()


def test_an_accepted_lead_can_not_become_spam(bob: User) -> None:
    vera_writes()
    assert not mark_spam(by=bob, lead=Lead.objects.get())
