"""A sequence is written as a draft, proofread, published and paused; whoever is under way keeps what they began."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from leads.followup.actions import enrol, stop
from leads.followup.claim import claim
from leads.followup.crew import deliver_due
from leads.followup.plan_actions import NotReady, make_draft, move_enrolments, pause, publish, unpause
from leads.followup.schedule import simulate
from leads.followup.sequences import materialise
from leads.models import Enrolment, Message, Sequence, Step, StepText, User, Version
from leads.policy.discreet import disclosing_words
from leads.policy.hours import opening_hours
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_enrolment, make_followup, mark_sending

pytestmark = pytest.mark.django_db

WEDNESDAY_NOON = datetime(2026, 11, 4, 17, tzinfo=UTC)  # noon in New York


def sequence() -> Sequence:
    return Sequence.objects.get()


class TestVersions:
    def test_a_draft_says_what_the_newest_version_says(self, alice: User) -> None:
        draft = make_draft(sequence=sequence(), by=alice)
        assert (draft.number, draft.published_at) == (2, None)
        assert [(step.position, step.wait, step.unit) for step in draft.steps.all()] == [
            (1, 1, "working_days"), (2, 2, "working_days"), (3, 4, "working_days"),
        ]  # fmt: skip
        assert StepText.objects.filter(step__version=draft).count() == 6

    def test_there_is_one_draft(self, alice: User) -> None:
        assert make_draft(sequence=sequence(), by=alice) == make_draft(sequence=sequence(), by=alice)
        with pytest.raises(IntegrityError):
            Version.objects.create(sequence=sequence(), number=3)

    def test_who_joins_gets_the_published_one_and_who_is_under_way_keeps_theirs(self, alice: User) -> None:
        first = make_enquiry()
        enrol(enquiry=first, by=None)
        draft = make_draft(sequence=sequence(), by=alice)
        second = make_enquiry(make_lead(email="other@example.com"))
        enrol(enquiry=second, by=None)
        publish(version=draft, by=alice)
        third = make_enquiry(make_lead(email="third@example.com"))
        enrol(enquiry=third, by=None)
        begun = [enquiry.lead.enrolments.get().version for enquiry in (first, second, third)]
        assert [version and version.number for version in begun] == [1, 1, 2]

    def test_they_are_moved_on_request(self, alice: User) -> None:
        enrolment = make_enrolment(make_enquiry().lead, next_step=2)
        version = publish(version=make_draft(sequence=sequence(), by=alice), by=alice)
        assert move_enrolments(version=version, by=alice) == 1
        assert move_enrolments(version=version, by=alice) == 0
        before = enrolment.due_at
        enrolment.refresh_from_db()
        assert (enrolment.version, enrolment.next_step, enrolment.due_at) == (version, 2, before)
        moved = enrolment.lead.events.get(kind="followup_moved")
        assert (moved.by, moved.data) == (alice, {"sequence": "after-enquiry", "version": 2})

    def test_nobody_is_moved_to_a_draft(self, alice: User) -> None:
        with pytest.raises(NotReady):
            move_enrolments(version=make_draft(sequence=sequence(), by=alice), by=alice)


class TestProofreading:
    @pytest.mark.parametrize(
        ("change", "finding"),
        [
            ({"body": "About your ketamine treatment."}, "ketamine"),
            ({"subject": "Su depresión"}, "depresion"),
            ({"subject": "x" * 61}, "longer than 60"),
            ({"subject": "Hello\r\nBcc: all@example.com"}, "on one line"),
            ({"body": "Dear {{ name }}"}, "need a word instead"),
            ({"body": "{{ diagnosis }}"}, "no such variable: diagnosis"),
            ({"body": "{{ name.secret }}"}, "no such variable"),
            ({"body": " "}, "no subject or no text"),
        ],
    )
    def test_it_is_refused_with_a_sentence(self, alice: User, change: dict[str, Any], finding: str) -> None:
        draft = make_draft(sequence=sequence(), by=alice)
        StepText.objects.filter(step__version=draft, step__position=2, language="en").update(**change)
        with pytest.raises(NotReady, match=finding) as refused:
            publish(version=draft, by=alice)
        assert refused.value.sentences[0].startswith("Mail 2, English: ")
        draft.refresh_from_db()
        assert draft.published_at is None

    @pytest.mark.parametrize("wait", [0, 999])
    def test_a_wait_has_its_limits(self, alice: User, wait: int) -> None:
        draft = make_draft(sequence=sequence(), by=alice)
        draft.steps.update(wait=wait)
        with pytest.raises(NotReady, match="Mail 1: Choose another wait"):
            publish(version=draft, by=alice)

    def test_never_more_mails_than_people_agree_to(self, alice: User) -> None:
        draft = make_draft(sequence=sequence(), by=alice)
        step = Step.objects.create(version=draft, position=4)
        StepText.objects.create(step=step, language="en", subject="One more", body="One more.")
        with pytest.raises(NotReady, match="3 follow-up emails at most"):
            publish(version=draft, by=alice)

    @pytest.mark.parametrize("windows", [{"7": [["09:00", "17:00"]]}, {"0": [["nine", "17:00"]]}, {"0": "09:00"}, []])
    def test_windows_are_times_of_day(self, alice: User, windows: Any) -> None:
        draft = make_draft(sequence=sequence(), by=alice)
        Version.objects.filter(pk=draft.pk).update(windows=windows)
        with pytest.raises(NotReady, match="times of day"):
            publish(version=draft, by=alice)

    def test_an_empty_one_is_refused(self, alice: User) -> None:
        empty = Sequence.objects.create(slug="empty", name="Empty")
        with pytest.raises(NotReady, match="no mail in it"):
            publish(version=make_draft(sequence=empty, by=alice), by=alice)

    def test_what_is_there_from_the_start_gives_nothing_away(self, db: None) -> None:
        texts = list(StepText.objects.all())
        assert len(texts) == 6
        assert [text for text in texts if disclosing_words(f"{text.subject}\n{text.body}")] == []


class TestChoosing:
    @pytest.mark.parametrize(
        ("rule", "joins"),
        [
            ({"topics": ["cost"]}, "money"),
            ({"topics": ["how"]}, "after-enquiry"),
            ({"languages": ["es"], "channels": ["form", "api"]}, "money"),
            ({"languages": ["es"], "channels": ["phone"]}, "after-enquiry"),
            ({"starts": "by_hand"}, "after-enquiry"),
            ({"paused_at": WEDNESDAY_NOON}, "after-enquiry"),
            ({"position": 2}, "after-enquiry"),
        ],
    )
    def test_the_first_that_is_for_them(self, alice: User, rule: dict[str, Any], joins: str) -> None:
        Sequence.objects.update(position=1)
        money = Sequence.objects.create(**({"slug": "money", "name": "Money", "starts": "by_itself"} | rule))
        draft = make_draft(sequence=money, by=alice)
        step = Step.objects.create(version=draft, position=1)
        StepText.objects.create(step=step, language="en", subject="What it costs", body="{{ greeting }}")
        publish(version=draft, by=alice)
        enrol(enquiry=make_enquiry(topic="cost", language="es"), by=None)
        assert Enrolment.objects.get().sequence.slug == joins


class TestPausing:
    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    def test_nothing_leaves_until_it_goes_on(self, alice: User) -> None:
        make_enrolment(make_enquiry().lead)
        assert pause(sequence=sequence(), by=alice) is True
        assert pause(sequence=sequence(), by=alice) is False
        assert sequence().paused_by == alice
        materialise(timezone.now())
        assert not Message.objects.exists()
        assert unpause(sequence=sequence(), by=alice) is True
        assert unpause(sequence=sequence(), by=alice) is False
        assert sequence().paused_by is None
        materialise(timezone.now())
        assert Message.objects.count() == 1

    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    @pytest.mark.parametrize("claimed", [False, True])
    def test_what_was_queued_comes_back_and_leaves_once(self, alice: User, claimed: bool) -> None:
        enrolment = make_enrolment(make_enquiry().lead)
        materialise(timezone.now())
        if claimed:
            claim()
        pause(sequence=sequence(), by=alice)
        deliver_due()
        assert list(Message.objects.values_list("state", "reason")) == [("cancelled", "paused")]
        enrolment.refresh_from_db()
        assert (enrolment.state, enrolment.next_step) == ("running", 1)
        unpause(sequence=sequence(), by=alice)
        materialise(timezone.now())
        deliver_due()
        assert sorted(Message.objects.values_list("step", "state")) == [(1, "cancelled"), (1, "sent")]

    @time_machine.travel(WEDNESDAY_NOON, tick=False)
    def test_what_is_being_handed_over_has_left(self, alice: User) -> None:
        make_followup(make_enrolment(make_enquiry().lead, next_step=2, due_at=timezone.now() + timedelta(days=2)))
        assert mark_sending(claim()[0])
        pause(sequence=sequence(), by=alice)
        assert Message.objects.get().state == "sending"
        assert Enrolment.objects.get().next_step == 2

    def test_whoever_writes_meanwhile_waits_and_gets_the_mails_on_the_days_they_would_have_had(self, alice: User) -> None:
        with time_machine.travel(WEDNESDAY_NOON, tick=False) as clock:
            enquiry = make_enquiry()
            shown = simulate(Version.objects.get(), timezone.now(), "", opening_hours(), enquiry.promise_at)
            pause(sequence=sequence(), by=alice)
            enrol(enquiry=enquiry, by=None)
            materialise(timezone.now())
            assert Enrolment.objects.get().due_at == shown[0]
            unpause(sequence=sequence(), by=alice)
            for moment in shown:
                clock.move_to(moment - timedelta(seconds=1))
                materialise(timezone.now())
                clock.move_to(moment)
                materialise(timezone.now())
                deliver_due()
            assert list(Message.objects.order_by("step").values_list("sent_at", flat=True)) == shown

    def test_what_they_missed_comes_in_the_next_window_and_never_two_at_once(self, alice: User) -> None:
        with time_machine.travel(WEDNESDAY_NOON, tick=False) as clock:
            pause(sequence=sequence(), by=alice)
            enrol(enquiry=make_enquiry(), by=None)
            clock.move_to(WEDNESDAY_NOON + timedelta(days=31, hours=12))  # a Sunday, at midnight
            materialise(timezone.now())
            assert not Message.objects.exists()
            unpause(sequence=sequence(), by=alice)
            for _ in range(24 * 21):
                materialise(timezone.now())
                deliver_due()
                clock.shift(timedelta(hours=1))
            times = [sent_at for sent_at in Message.objects.order_by("step").values_list("sent_at", flat=True) if sent_at]
            assert len(times) == 3
            assert times[0] == datetime(2026, 12, 7, 14, tzinfo=UTC)  # Monday, nine o'clock in New York
            assert all(after - before >= timedelta(days=1) for before, after in itertools.pairwise(times))

    def test_a_stop_meanwhile_counts(self, alice: User) -> None:
        pause(sequence=sequence(), by=alice)
        enquiry = make_enquiry()
        enrol(enquiry=enquiry, by=None)
        assert stop(lead=enquiry.lead, reason="contacted", by=alice) == 1
        unpause(sequence=sequence(), by=alice)
        assert Enrolment.objects.get().state == "stopped"
