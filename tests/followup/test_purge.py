"""What has served its time is forgotten: idempotency keys after a day, counters and once-a-day notes after two."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leads.followup import purge as purging
from leads.followup.purge import purge
from leads.models import BulkChange, BulkItem, Counter, Enquiry, LastTime, Notice, NoticeKind, Reply, Task, User, first_in
from tests.capture.mailed import arrive, mail
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db


def test_a_key_is_kept_for_a_day_and_then_forgotten_with_the_hash_of_what_was_said() -> None:
    now = timezone.now()
    vera_writes(key="a form")
    purge(now + timedelta(hours=23))
    assert Enquiry.objects.get().capture_key
    purge(now + timedelta(hours=25))
    assert Enquiry.objects.values_list("capture_key", "body_hash").get() == (None, "")
    vera_writes(key="a form")
    assert Enquiry.objects.count() == 2


def test_counters_and_notes_of_thanks_are_forgotten_after_two_days() -> None:
    vera_writes()
    purge(timezone.now() + timedelta(days=1))
    assert Counter.objects.exists()
    assert LastTime.objects.exists()
    purge(timezone.now() + timedelta(days=4))
    assert not Counter.objects.exists()
    assert not LastTime.objects.filter(key__startswith="ack:").exists()


def test_a_machines_mail_about_nothing_of_ours_is_kept_for_ninety_days() -> None:
    machine = arrive(mail(Auto_Submitted="auto-generated"))
    assert machine.lead is None
    purge(machine.received_at + timedelta(days=89))
    assert Reply.objects.exists()
    purge(machine.received_at + timedelta(days=91))
    assert not Reply.objects.exists()


def test_what_a_person_wrote_stays_with_its_lead() -> None:
    arrive(mail())
    purge(timezone.now() + timedelta(days=400))
    assert Reply.objects.get().lead


def test_a_note_of_a_sign_in_link_is_forgotten_too() -> None:
    first_in("sign-in-link:1", timedelta(minutes=5), timezone.now())
    purge(timezone.now() + timedelta(days=3))
    assert not LastTime.objects.exists()


def test_a_task_that_was_removed_is_kept_as_long_as_it_may_come_back() -> None:
    now = timezone.now()
    for state in ("open", "done", "removed"):
        Task.objects.create(
            lead=make_lead(), text="Send the cost sheet.", due_at=now, state=state, settled_at=None if state == "open" else now
        )
    purge(now + timedelta(hours=23))
    assert Task.objects.count() == 3
    purge(now + timedelta(hours=25))
    assert set(Task.objects.values_list("state", flat=True)) == {"open", "done"}


def test_a_change_of_many_leads_is_kept_for_thirty_days_once_it_is_done(bob: User) -> None:
    now = timezone.now()
    for state in ("done", "undone", "working"):
        BulkChange.objects.create(by=bob, action="close", state=state, text="Went elsewhere.", at=now)
    purge(now + timedelta(days=29))
    assert BulkChange.objects.count() == 3
    purge(now + timedelta(days=31))
    assert BulkChange.objects.get().state == "working"


def test_what_the_desk_told_somebody_is_kept_for_thirty_days_once_they_have_read_it(bob: User) -> None:
    now, lead = timezone.now(), make_lead()
    for read_at in (now, None):
        Notice.objects.create(user=bob, lead=lead, kind=NoticeKind.MENTIONED, at=now - timedelta(days=300), read_at=read_at)
    purge(now + timedelta(days=29))
    assert Notice.objects.count() == 2
    purge(now + timedelta(days=31))
    assert Notice.objects.get().read_at is None


def test_a_change_of_very_many_leads_goes_a_little_at_every_sweep(bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of its leads at once would hold up the mail behind it."""
    monkeypatch.setattr(purging, "SOME", 2)
    bulk = BulkChange.objects.create(by=bob, action="close", state="done")
    bulk.items.bulk_create(BulkItem(bulk=bulk, lead=make_lead(email=f"{number}@example.com")) for number in range(3))
    later = timezone.now() + timedelta(days=31)
    purge(later)
    assert bulk.items.count() == 1
    purge(later)
    assert not BulkChange.objects.exists()
