"""Two leads of one person become one: everything moves, nobody waits longer, nothing leaves twice; and for thirty days they part again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup.optout import token_of
from leads.models import (
    Booking,
    Clinic,
    Draft,
    Enrolment,
    Event,
    EventKind,
    Lead,
    LeadTag,
    Merge,
    Message,
    Screening,
    Suppression,
    Tag,
    User,
)
from leads.triage.decisions.actions import add_note, mark_contacted
from leads.triage.decisions.recording import Conflict
from leads.triage.details.lead_details import change_detail
from leads.triage.same_person.apart import set_apart
from leads.triage.same_person.merging import merge, unmerge
from leads.triage.undo.undo import undo
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def keep(clinic: Clinic) -> Lead:
    return Lead.objects.get(reference=vera_writes(message="The first.").reference)


@pytest.fixture
def other(clinic: Clinic) -> Lead:
    """The same Vera, from work."""
    return Lead.objects.get(reference=vera_writes(email="vera@work.example", phone="+15550100177", message="The second.").reference)


def merged(by: User, keep: Lead, other: Lead, **choices: str) -> Merge:
    return merge(by=by, keep=keep, other=other, choices=choices)


def fresh(lead: Lead) -> Lead:
    return Lead.objects.get(pk=lead.pk)


def state(lead: Lead) -> dict[str, Any]:
    return dict(Lead.objects.filter(pk=lead.pk).values()[0])


def test_everything_moves_and_can_still_be_read(bob: User, keep: Lead, other: Lead) -> None:
    add_note(by=bob, lead=other, text="Rings in the evening.")
    merged(bob, keep, other)
    assert sorted(each.message for each in keep.enquiries.all()) == ["The first.", "The second."]
    assert [each.text for each in keep.events.filter(kind=EventKind.NOTE)] == ["Rings in the evening."]
    assert not other.enquiries.exists()
    assert not other.events.exists()
    assert keep.messages.filter(to_address="vera@work.example").exists()


def test_the_other_is_nowhere_to_be_seen_and_its_reference_leads_here(as_bob: Client, bob: User, keep: Lead, other: Lead) -> None:
    merged(bob, keep, other)
    assert fresh(other).screening == Screening.MERGED
    assert list(Lead.objects.accepted()) == [keep]
    assert keep.reference in as_bob.get(reverse("lead", args=[other.reference])).content.decode()
    assert keep.reference in as_bob.get(reverse("inbox"), {"q": other.reference}).content.decode()


def test_one_without_enquiries_is_found_by_its_reference_too(as_bob: Client, bob: User, keep: Lead) -> None:
    bare = make_lead(phone="+15550100188", email="")
    merged(bob, keep, bare)
    assert as_bob.get(reverse("lead", args=[bare.reference])).context["lead"] == keep


@pytest.mark.parametrize("address", ["vera@example.com", "vera@work.example"])
def test_whoever_writes_again_from_either_address_joins_it(bob: User, keep: Lead, other: Lead, address: str) -> None:
    merged(bob, keep, other, email="keep")
    vera_writes(email=address, message="The third.")
    assert keep.enquiries.count() == 3
    assert Lead.objects.count() == 2


def test_also_where_the_others_address_is_kept(bob: User, keep: Lead, other: Lead) -> None:
    merged(bob, keep, other, email="other")
    assert fresh(keep).email == "vera@work.example"
    for address in ("vera@example.com", "vera@work.example"):
        vera_writes(email=address)
    assert keep.enquiries.count() == 4


def test_somebody_chooses_whose_values_are_kept(bob: User, keep: Lead, other: Lead) -> None:
    Lead.objects.filter(pk=keep.pk).update(time_zone="America/New_York", topic="how")
    Lead.objects.filter(pk=other.pk).update(time_zone="America/Chicago", topic="cost")
    merged(bob, keep, other, topic="keep", time_zone="other")
    after = fresh(keep)
    assert (after.topic, after.time_zone, after.phone) == ("how", "America/Chicago", "+15550100177")


def test_nobody_is_left_without_an_address_that_they_gave(bob: User, keep: Lead) -> None:
    Suppression.objects.create(address="vera@example.com", reason="opted_out")
    by_phone = make_lead(email="", phone="+15550100188", name="Vera")
    merged(bob, by_phone, keep, email="keep", phone="other", name="keep")
    by_phone.refresh_from_db()
    assert (by_phone.email, by_phone.phone) == ("vera@example.com", "+15550100188")
    assert not Message.objects.filter(to_address="").exists()
    assert not Suppression.objects.filter(address="").exists()


def test_nobody_waits_longer_and_what_is_careful_in_either_holds(bob: User, keep: Lead, other: Lead) -> None:
    mark_contacted(by=bob, lead=keep)
    waits, soon = timezone.now() - HOUR, timezone.now() + HOUR
    Lead.objects.filter(pk=other.pk).update(waiting_since=waits, due_at=soon, read_first=True, held_at=waits, no_email=True)
    merged(bob, keep, other)
    after = fresh(keep)
    assert (after.attention, after.next_action, after.due_at, after.waiting_since) == ("needs_us", "reply", soon, waits)
    assert after.read_first
    assert after.held_at == waits
    assert after.no_email


def test_an_open_lead_stays_open_whatever_is_chosen(bob: User, other: Lead) -> None:
    closed = make_lead(category="closed", name="Vera")
    merged(bob, closed, other, stage_id="keep")
    assert fresh(closed).is_open


def test_at_most_one_plan_goes_on(bob: User, keep: Lead, other: Lead) -> None:
    assert Enrolment.objects.filter(state="running").count() == 2
    merged(bob, keep, other)
    assert [plan.lead for plan in Enrolment.objects.filter(state="running")] == [keep]
    assert Enrolment.objects.get(state="stopped").stop_reason == "merged"


def test_a_stop_of_either_holds_for_both(bob: User, keep: Lead, other: Lead) -> None:
    Suppression.objects.create(address="vera@work.example", reason="opted_out")
    merged(bob, keep, other, email="keep")
    assert not Enrolment.objects.filter(state="running").exists()
    assert Suppression.objects.filter(address="vera@example.com", reason="opted_out").exists()


def test_whoever_was_spoken_with_gets_no_more_automatic_mail(bob: User, keep: Lead, other: Lead) -> None:
    mark_contacted(by=bob, lead=other)
    merged(bob, keep, other)
    assert not Enrolment.objects.filter(state="running").exists()


def test_a_mail_that_a_worker_holds_stays_in_its_hands(bob: User, keep: Lead, other: Lead) -> None:
    mail = other.messages.get(kind="acknowledgement")
    Message.objects.filter(pk=mail.pk).update(state="sending", claim=mail.pk, lease_until=timezone.now() + HOUR)
    merged(bob, keep, other)
    mail.refresh_from_db()
    assert (mail.lead, mail.state, mail.claim) == (keep, "sending", mail.pk)


def test_the_same_tag_is_kept_once_and_both_have_it_again_when_they_part(bob: User, keep: Lead, other: Lead) -> None:
    tags = [Tag.objects.create(name=name) for name in ("VIP", "Evening")]
    for lead, tag in ((keep, tags[0]), (other, tags[0]), (other, tags[1])):
        LeadTag.objects.create(lead=lead, tag=tag)
    merged(bob, keep, other)
    assert sorted(tag.name for tag in keep.tags.all()) == ["Evening", "VIP"]
    unmerge(by=bob, lead=keep)
    assert [tag.name for tag in keep.tags.all()] == ["VIP"]
    assert sorted(tag.name for tag in other.tags.all()) == ["Evening", "VIP"]


def test_what_somebody_typed_on_either_is_not_lost(bob: User, keep: Lead, other: Lead) -> None:
    Draft.objects.create(lead=other, user=bob, note="Half a")
    merged(bob, keep, other)
    assert Draft.objects.get(lead=keep).note == "Half a"


def test_the_link_to_stop_in_an_old_mail_stops_the_lead_that_stayed(client: Client, bob: User, keep: Lead, other: Lead) -> None:
    token = token_of(other)
    merged(bob, keep, other, email="keep")
    client.post(reverse("stop", args=[token]))
    assert not Enrolment.objects.filter(state="running").exists()
    assert Suppression.objects.filter(address="vera@example.com", reason="opted_out").exists()


# Parting


def test_parted_both_are_as_before(bob: User, keep: Lead, other: Lead) -> None:
    before = state(keep), state(other)
    merged(bob, keep, other, email="other", name="other")
    unmerge(by=bob, lead=keep)
    assert (state(keep), state(other)) == before
    assert [each.message for each in other.enquiries.all()] == ["The second."]
    assert Enrolment.objects.filter(state="running").count() == 2
    assert not Message.objects.filter(lead=keep, to_address="vera@work.example").exists()


def test_what_was_changed_since_stays_changed(bob: User, keep: Lead, other: Lead) -> None:
    merged(bob, keep, other)
    mark_contacted(by=bob, lead=keep)
    unmerge(by=bob, lead=keep)
    assert fresh(keep).attention == "done"
    assert fresh(other).attention == "needs_us"
    assert not Enrolment.objects.filter(state="running").exists()


def test_what_came_from_the_others_address_goes_with_it(bob: User, keep: Lead, other: Lead) -> None:
    merged(bob, keep, other, email="keep")
    vera_writes(message="From home.")
    vera_writes(email="vera@work.example", message="From work.")
    unmerge(by=bob, lead=keep)
    assert sorted(each.message for each in keep.enquiries.all()) == ["From home.", "The first."]
    assert sorted(each.message for each in other.enquiries.all()) == ["From work.", "The second."]


def test_after_thirty_days_they_stay_one(bob: User, keep: Lead, other: Lead) -> None:
    merged(bob, keep, other)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False), pytest.raises(Conflict, match="thirty days"):
        unmerge(by=bob, lead=keep)


def test_twice_is_refused(bob: User, keep: Lead, other: Lead) -> None:
    merged(bob, keep, other)
    for pair in ((keep, other), (other, keep)):
        with pytest.raises(Conflict, match="just merged or parted"):
            merged(bob, *pair)
    unmerge(by=bob, lead=keep)
    with pytest.raises(Conflict, match="nothing to part"):
        unmerge(by=bob, lead=keep)


def test_a_chain_comes_apart_link_by_link(bob: User, keep: Lead, other: Lead) -> None:
    third = Lead.objects.get(reference=vera_writes(email="vera@third.example", message="The third.").reference)
    before = {lead.pk: state(lead) for lead in (keep, other, third)}
    merged(bob, other, third)
    merged(bob, keep, other)
    assert fresh(third).standing == keep
    vera_writes(email="vera@third.example")
    assert keep.enquiries.count() == 4
    keep.enquiries.order_by("received_at").last().delete()  # type: ignore[union-attr]  # there are four
    unmerge(by=bob, lead=keep)
    unmerge(by=bob, lead=other)
    for lead in (other, third):
        assert {name: value for name, value in state(lead).items() if name in ("email", "name", "screening", "merged_into_id")} == {
            name: value for name, value in before[lead.pk].items() if name in ("email", "name", "screening", "merged_into_id")
        }
        assert lead.enquiries.count() == 1


def test_what_was_done_to_one_of_them_is_not_undone_on_both(bob: User, keep: Lead, other: Lead) -> None:
    mark_contacted(by=bob, lead=keep)
    merged(bob, keep, other)
    with pytest.raises(Conflict, match="nothing to undo"):
        undo(by=bob, lead=keep, noun="contacted")


def test_the_history_names_the_lead_and_nothing_that_they_wrote(bob: User, keep: Lead, other: Lead) -> None:
    event = merged(bob, keep, other).lead.events.get(kind=EventKind.MERGED)
    assert event.data["reference"] == other.reference
    assert "vera" not in str(event.data)


def test_an_address_of_the_other_can_be_written_down_later(bob: User, keep: Lead, other: Lead) -> None:
    merged(bob, keep, other, email="keep")
    change_detail(by=bob, lead=keep, field="email", value="vera@work.example")
    vera_writes(email="vera@work.example")
    assert keep.enquiries.count() == 3
    with pytest.raises(Conflict, match="has this address and first name already"):
        unmerge(by=bob, lead=keep)


# Refusals


def test_the_same_lead_is_not_merged_with_itself(bob: User, keep: Lead) -> None:
    with pytest.raises(Conflict, match="this lead itself"):
        merged(bob, keep, fresh(keep))


def test_what_waits_in_check_is_not_merged(bob: User, keep: Lead) -> None:
    suspicious = Lead.objects.get(reference=vera_writes(email="v@example.net", suspicions=["too_fast"]).reference)
    with pytest.raises(Conflict, match="has not been released"):
        merged(bob, keep, suspicious)


def test_another_name_at_the_same_address_has_to_be_confirmed(bob: User, keep: Lead) -> None:
    otto = Lead.objects.get(reference=vera_writes(name="Otto Lind").reference)
    with pytest.raises(Conflict, match="names differ"):
        merged(bob, keep, otto)
    merge(by=bob, keep=keep, other=otto, choices={}, confirmed=True)
    assert keep.enquiries.count() == 2


def test_who_was_said_to_be_somebody_else_is_not_merged(bob: User, keep: Lead, other: Lead) -> None:
    set_apart(by=bob, lead=keep, other=other)
    with pytest.raises(Conflict, match="two people"):
        merged(bob, keep, other)


def test_one_time_booked_for_both_is_settled_by_a_person_first(bob: User, keep: Lead, other: Lead) -> None:
    tomorrow = timezone.now() + 24 * HOUR
    for lead in (keep, other):
        Booking.objects.create(lead=lead, kind="call", starts_at=tomorrow, minutes=30)
    with pytest.raises(Conflict, match="booked at the same time"):
        merged(bob, keep, other)


def test_nothing_is_written_on_the_one_that_stayed_behind(bob: User, keep: Lead, other: Lead) -> None:
    stale = fresh(other)
    merged(bob, keep, other)
    with pytest.raises(Lead.DoesNotExist):
        add_note(by=bob, lead=stale, text="Too late.")
    assert not Event.objects.filter(lead=other).exists()
