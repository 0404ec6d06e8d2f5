"""Who looks after a lead."""

import pytest

from leads.models import EventKind, Lead, User
from leads.triage.decisions.actions import assign
from leads.triage.decisions.recording import Conflict


def test_a_colleague_gets_it(lead: Lead, alice: User, bob: User) -> None:
    assign(by=alice, lead=lead, owner=bob)
    lead.refresh_from_db()
    event = lead.events.get()
    assert lead.owner == bob
    assert (event.kind, event.by, event.data["before"], event.data["after"]) == (
        EventKind.ASSIGNMENT, alice, {"owner": None}, {"owner": bob.pk},
    )  # fmt: skip


def test_nobody_gets_it(lead: Lead, alice: User, bob: User) -> None:
    assign(by=alice, lead=lead, owner=bob)
    assign(by=alice, lead=lead, owner=None)
    lead.refresh_from_db()
    assert lead.owner is None


def test_twice_is_one_event(lead: Lead, bob: User) -> None:
    assign(by=bob, lead=lead, owner=bob)
    assert assign(by=bob, lead=lead, owner=bob) is None
    assert lead.events.count() == 1


def test_somebody_without_the_right_is_refused(lead: Lead, alice: User, charlie: User) -> None:
    with pytest.raises(Conflict):
        assign(by=alice, lead=lead, owner=charlie)


def test_somebody_who_left_is_refused(lead: Lead, alice: User, bob: User) -> None:
    bob.is_active = False
    with pytest.raises(Conflict):
        assign(by=alice, lead=lead, owner=bob)
