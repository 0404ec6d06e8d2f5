"""An import taken back: what it made and nobody touched is gone, what somebody worked on stays and is listed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leads.capture.importing import actions
from leads.models import Clinic, Enquiry, Event, EventKind, Import, ImportState, Lead, Outcome, ReadRecord, User
from leads.policy.refused import Refused
from leads.triage.by_itself.escalation import escalate
from leads.triage.by_itself.turns import look_after
from leads.triage.by_itself.waking import wake_due
from leads.triage.decisions.actions import add_note, open_story
from leads.triage.same_person.merging import merge, unmerge
from tests.capture.importing import imported, outcomes, tried_out, worked
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db
VERA = "Vera Lind,vera@example.com,,I would like to come."
MONDAY_TEN = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)
OMAR = "Omar Haddad,omar@example.com,,"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


def undone(found: Import, by: User) -> Import:
    actions.undo(by=by, found=found)
    return worked(found)


def test_what_nobody_touched_is_gone(alice: User) -> None:
    found = undone(imported(alice, VERA, OMAR), alice)
    assert (found.state, outcomes(found)) == (ImportState.UNDONE, {2: Outcome.REMOVED, 3: Outcome.REMOVED})
    assert not Lead.objects.exists()
    assert not Event.objects.exists()


def test_what_somebody_worked_on_stays_and_is_listed(alice: User, as_alice: Client) -> None:
    found = imported(alice, VERA, OMAR)
    vera = Lead.objects.get(email="vera@example.com")
    add_note(by=alice, lead=vera, text="Called.")
    assert outcomes(undone(found, alice)) == {2: Outcome.KEPT, 3: Outcome.REMOVED}
    assert list(Lead.objects.all()) == [vera]
    assert vera.enquiries.exists()
    page = as_alice.get(f"/desk/import/{found.pk}/").content.decode()
    assert vera.reference in page
    assert ReadRecord.objects.get().leads == [vera.pk]


def test_to_have_read_it_is_no_work(alice: User) -> None:
    found = imported(alice, VERA)
    open_story(by=alice, lead=Lead.objects.get())
    undone(found, alice)
    assert not Lead.objects.exists()


def test_who_wrote_since_stays(alice: User) -> None:
    found = imported(alice, VERA)
    vera_writes()
    undone(found, alice)
    assert Lead.objects.get().enquiries.count() == 2


def test_a_lead_it_joined_loses_what_it_brought(alice: User) -> None:
    vera_writes()
    before = (Event.objects.count(), Enquiry.objects.count())
    found = imported(alice, VERA, VERA)
    assert outcomes(found) == {2: Outcome.JOINED, 3: Outcome.REPEATED}
    undone(found, alice)
    assert (Event.objects.count(), Enquiry.objects.count()) == before


def test_rows_that_joined_its_own_lead_share_its_fate(alice: User) -> None:
    found = imported(alice, VERA, VERA, OMAR, OMAR)
    add_note(by=alice, lead=Lead.objects.get(email="vera@example.com"), text="Called.")
    found = undone(found, alice)
    assert outcomes(found) == {2: Outcome.KEPT, 3: Outcome.KEPT, 4: Outcome.REMOVED, 5: Outcome.REMOVED}
    assert Lead.objects.get().enquiries.count() == 2


def test_a_lead_that_another_import_joined_stays(alice: User) -> None:
    first = imported(alice, VERA)
    imported(alice, VERA)
    undone(first, alice)
    assert Lead.objects.count() == 1


def test_it_is_undone_once_and_for_thirty_days(alice: User) -> None:
    found = imported(alice, VERA)
    Import.objects.update(done_at=timezone.now() - timedelta(days=31))
    found.refresh_from_db()
    with pytest.raises(Refused):
        actions.undo(by=alice, found=found)
    Import.objects.update(done_at=timezone.now())
    found.refresh_from_db()
    undone(found, alice)
    with pytest.raises(Refused):
        actions.undo(by=alice, found=found)


def test_what_was_only_tried_out_cannot_be_undone(alice: User) -> None:
    with pytest.raises(Refused):
        actions.undo(by=alice, found=tried_out(alice, VERA))


def test_the_front_desk_cannot_undo_it(alice: User, as_bob: Client) -> None:
    found = imported(alice, VERA)
    assert as_bob.post(f"/desk/import/{found.pk}/remove/").status_code == 404
    assert Lead.objects.exists()


def test_a_lead_that_was_merged_into_another_stays_with_all_it_leads_to(alice: User) -> None:
    found = imported(alice, VERA)
    vera = Lead.objects.get()
    add_note(by=alice, lead=vera, text="Called.")
    other = Lead.objects.get(reference=vera_writes(email="vera@work.example").reference)
    merge(by=alice, keep=other, other=vera, choices={"email": "keep"})
    assert outcomes(undone(found, alice)) == {2: Outcome.KEPT}
    vera_writes()
    assert other.enquiries.count() == 3, "whoever writes from the other address still joins it"
    assert unmerge(by=alice, lead=other) == vera


def test_what_happened_by_itself_is_no_work(alice: User, bob: User) -> None:
    Clinic.objects.update(gives_turns=True, check_back_days=1)
    with time_machine.travel(MONDAY_TEN, tick=False):
        found = imported(alice, VERA, arrives="needs_us"), imported(alice, OMAR)
        look_after(MONDAY_TEN)
        escalate(MONDAY_TEN)
    with time_machine.travel(MONDAY_TEN + timedelta(days=5), tick=False):
        wake_due(timezone.now())
        escalate(timezone.now())
        kinds = set(Event.objects.filter(by=None).values_list("kind", flat=True))
        assert kinds == {EventKind.ASSIGNMENT, EventKind.ESCALATED, EventKind.WOKEN}
        for each in found:
            undone(each, alice)
    assert not Lead.objects.exists()


def test_what_a_program_did_is_work(alice: User) -> None:
    found = imported(alice, VERA)
    Event.objects.create(lead=Lead.objects.get(), kind=EventKind.ASSIGNMENT, data={"api_key": 1})
    assert outcomes(undone(found, alice)) == {2: Outcome.KEPT}
