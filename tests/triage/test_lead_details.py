"""Details changed in place: the verb. It keeps the history sealed, mail follows, and nobody writes over a colleague."""

import pytest
from django.db import connection

from leads.models import Event, EventKind, Lead, Message, MessageKind, MessageState, Screening, User
from leads.triage.decisions.recording import Conflict
from leads.triage.details.detail_changed import DetailChanged
from leads.triage.details.lead_details import KnownAlready, change_detail
from leads.triage.undo.undo import undo
from tests.cast import make_lead

pytestmark = pytest.mark.django_db


def event_of(lead: Lead) -> Event:
    return lead.events.get(kind=EventKind.DETAILS)


def test_a_name_is_changed_and_recorded(bob: User, lead: Lead) -> None:
    change_detail(by=bob, lead=lead, field="name", value="Vera Lindgren")
    lead.refresh_from_db()
    event = event_of(lead)
    assert lead.name == "Vera Lindgren"
    assert (event.by, event.data) == (bob, {"noun": "details", "field": "name"})
    assert event.text == "Vera Lind\nVera Lindgren"


def test_old_and_new_are_encrypted(bob: User, lead: Lead) -> None:
    change_detail(by=bob, lead=lead, field="name", value="Vera Lindgren")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, data FROM leads_event WHERE kind = 'details'")
        assert "Lind" not in str(cursor.fetchall()).replace("\\x", "")


def test_the_same_again_is_no_change(bob: User, lead: Lead) -> None:
    assert change_detail(by=bob, lead=lead, field="name", value=lead.name) is None
    assert not lead.events.exists()


def test_whoever_writes_again_is_known_by_what_stands_now(bob: User, lead: Lead) -> None:
    change_detail(by=bob, lead=lead, field="email", value="lind@example.com")
    change_detail(by=bob, lead=lead, field="name", value="Dr. Véra Lind")
    lead.refresh_from_db()
    assert lead.identity_key == "lind@example.com|vera"


def test_another_lead_of_the_same_person_is_named(bob: User, lead: Lead) -> None:
    other = make_lead(email="lind@example.com", identity_key="lind@example.com|vera")
    with pytest.raises(KnownAlready, match=other.reference) as refused:
        change_detail(by=bob, lead=lead, field="email", value="lind@example.com")
    assert refused.value.other == other
    lead.refresh_from_db()
    assert lead.email == "vera@example.com"
    assert not lead.events.exists()


def test_queued_mail_goes_to_the_new_address_and_the_old_one_is_told(bob: User, lead: Lead) -> None:
    followup = Message.objects.create(kind=MessageKind.FOLLOWUP, lead=lead, to_address=lead.email)
    change_detail(by=bob, lead=lead, field="email", value="lind@example.com")
    followup.refresh_from_db()
    told = lead.messages.get(mail="address-changed")
    assert (followup.to_address, told.to_address) == ("lind@example.com", "vera@example.com")


def test_undoing_it_takes_the_mail_back(bob: User, lead: Lead) -> None:
    followup = Message.objects.create(kind=MessageKind.FOLLOWUP, lead=lead, to_address=lead.email)
    change_detail(by=bob, lead=lead, field="email", value="lind@example.com")
    undo(by=bob, lead=lead, noun="details")
    lead.refresh_from_db()
    followup.refresh_from_db()
    assert (lead.email, lead.identity_key, followup.to_address) == ("vera@example.com", "vera@example.com|vera", "vera@example.com")
    assert lead.messages.get(mail="address-changed").state == MessageState.CANCELLED


def test_a_first_address_tells_nobody(bob: User) -> None:
    lead = make_lead(email="", phone="+12125550104")
    change_detail(by=bob, lead=lead, field="email", value="lind@example.com")
    assert not lead.messages.exists()


def test_a_change_over_somebody_elses_says_whose(bob: User, alice: User, lead: Lead) -> None:
    change_detail(by=alice, lead=lead, field="name", value="Vera Lindgren")
    with pytest.raises(DetailChanged, match="Alice changed it to “Vera Lindgren”") as refused:
        change_detail(by=bob, lead=lead, field="name", value="Vera Lindh", opened="Vera Lind")
    assert refused.value.now == "Vera Lindgren"
    change_detail(by=bob, lead=lead, field="name", value="Vera Lindh", opened=refused.value.now)
    lead.refresh_from_db()
    assert lead.name == "Vera Lindh"


def test_both_typed_the_same(bob: User, alice: User, lead: Lead) -> None:
    change_detail(by=alice, lead=lead, field="name", value="Vera Lindh")
    assert change_detail(by=bob, lead=lead, field="name", value="Vera Lindh", opened="Vera Lind") is None


def test_who_undid_it_is_whose_change_it_is(bob: User, alice: User, lead: Lead) -> None:
    change_detail(by=alice, lead=lead, field="name", value="Vera Lindgren")
    undo(by=bob, lead=lead, noun="details")
    with pytest.raises(DetailChanged, match="Bob changed it to “Vera Lind”"):
        change_detail(by=alice, lead=lead, field="name", value="Vera Lindh", opened="Vera Lindgren")


def test_what_changed_since_is_not_undone(bob: User, lead: Lead) -> None:
    change_detail(by=bob, lead=lead, field="name", value="Vera Lindgren")
    Lead.objects.update(name="Vera L.")
    with pytest.raises(Conflict, match="changed since"):
        undo(by=bob, lead=lead, noun="details")


def test_two_changes_are_undone_one_after_the_other(bob: User, lead: Lead) -> None:
    change_detail(by=bob, lead=lead, field="name", value="Vera Lindgren")
    change_detail(by=bob, lead=lead, field="topic", value="cost")
    undo(by=bob, lead=lead, noun="details")
    undo(by=bob, lead=lead, noun="details")
    lead.refresh_from_db()
    assert (lead.name, lead.topic) == ("Vera Lind", "")


@pytest.mark.parametrize("field", ["email", "phone"])
def test_somebody_who_cannot_be_reached_is_refused(bob: User, field: str) -> None:
    lead = make_lead(**{"email": "", field: {"email": "vera@example.com", "phone": "+12125550104"}[field]})
    with pytest.raises(Conflict):
        change_detail(by=bob, lead=lead, field=field, value="")


def test_nothing_changes_in_check(bob: User) -> None:
    lead = make_lead(screening=Screening.CHECK)
    with pytest.raises(Conflict, match="Release it first"):
        change_detail(by=bob, lead=lead, field="name", value="Vera Lindgren")
