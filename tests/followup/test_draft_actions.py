"""A draft is written by several people, none of whom writes over another; what is published stays as it is."""

from typing import Any

import pytest

from leads.followup.draft_actions import NEW, SequenceChanged, change_plan, change_step, discard_draft, publish_draft
from leads.followup.drafts import edited, mark, mark_of_rules, published
from leads.followup.plan_actions import NotReady, make_draft, publish
from leads.followup.plans import plan_for
from leads.followup.sequence_actions import change_rules, create_sequence
from leads.models import Message, Sequence, Step, StepText, User, Version
from tests.followup.made import make_enquiry

pytestmark = pytest.mark.django_db
MORNINGS = {"0": [["09:00", "11:00"]]}
NEW_TEXT = {"en": ("Our news", "{{ greeting }}"), "es": ("Novedades", "{{ greeting }}")}


def sequence() -> Sequence:
    return Sequence.objects.get(slug="after-enquiry")


def newest() -> Version:
    version = edited(sequence())
    assert version is not None
    return version


def subjects(version: Version) -> list[str]:
    return list(StepText.objects.filter(step__version=version, language="en").order_by("step__position").values_list("subject", flat=True))


def arrange(by: User, order: list[int], **fields: Any) -> Version:
    defaults: dict[str, Any] = {"sequence": sequence(), "seen": mark(newest()), "windows": {}, "order": order, "by": by}
    return change_plan(**defaults | fields)


def rewrite(by: User, position: int = 1, **fields: Any) -> Version:
    defaults: dict[str, Any] = {"sequence": sequence(), "position": position, "wait": 3, "unit": "hours", "texts": NEW_TEXT, "by": by}
    return change_step(**defaults | {"seen": mark(newest(), position)} | fields)


class TestItsOrder:
    def test_the_first_change_makes_the_draft(self, alice: User) -> None:
        first = newest()
        draft = arrange(alice, [1, 2, 3], windows=MORNINGS)
        assert (draft.number, draft.published_at, draft.windows, draft.changed_by) == (2, None, MORNINGS, alice)
        assert published(sequence()) == first
        first.refresh_from_db()
        assert first.windows == {}

    @pytest.mark.parametrize(("order", "after"), [([2, 1, 3], [1, 0, 2]), ([1, 3], [0, 2]), ([3], [2]), ([], [])])
    def test_steps_change_places_and_go(self, alice: User, order: list[int], after: list[int]) -> None:
        before = subjects(newest())
        draft = arrange(alice, order)
        assert subjects(draft) == [before[number] for number in after]
        assert list(draft.steps.values_list("position", flat=True)) == list(range(1, len(order) + 1))

    def test_one_is_added(self, alice: User) -> None:
        draft = arrange(alice, [1, 2, 3, NEW])
        assert [(step.wait, step.unit, step.texts.count()) for step in draft.steps.all()][-1] == (2, "working_days", 0)

    def test_not_over_somebody_elses_change(self, alice: User, bob: User) -> None:
        seen = mark(newest())
        arrange(bob, [1, 2, 3], windows=MORNINGS)
        with pytest.raises(SequenceChanged):
            arrange(alice, [1], seen=seen)
        assert newest().steps.count() == 3

    def test_whoever_looked_at_what_is_still_true_makes_the_next_draft(self, alice: User) -> None:
        seen = mark(newest())
        publish(version=make_draft(sequence=sequence(), by=alice), by=alice)
        with pytest.raises(SequenceChanged):
            arrange(alice, [1], seen=seen)
        assert newest().steps.count() == 3
        assert not Version.objects.filter(published_at=None).exists()
        assert arrange(alice, [1]).number == 3


class TestAMail:
    def test_it_says_something_else(self, alice: User) -> None:
        draft = rewrite(alice, position=2)
        step = draft.steps.get(position=2)
        assert (step.wait, step.unit) == (3, "hours")
        assert {text.language: (text.subject, text.body) for text in step.texts.all()} == NEW_TEXT

    def test_a_language_that_says_nothing_has_no_text(self, alice: User) -> None:
        draft = rewrite(alice, texts=NEW_TEXT | {"es": ("", "")})
        assert [text.language for text in draft.steps.get(position=1).texts.all()] == ["en"]

    def test_two_people_write_two_mails(self, alice: User, bob: User) -> None:
        seen = mark(newest(), 2)
        rewrite(bob, position=1)
        rewrite(alice, position=2, seen=seen)
        assert subjects(newest())[:2] == ["Our news", "Our news"]

    def test_and_not_the_same_one(self, alice: User, bob: User) -> None:
        seen = mark(newest(), 1)
        rewrite(bob)
        with pytest.raises(SequenceChanged):
            rewrite(alice, seen=seen)

    def test_nor_one_that_is_gone(self, alice: User, bob: User) -> None:
        seen = mark(newest(), 3)
        arrange(bob, [1, 2])
        with pytest.raises(SequenceChanged):
            rewrite(alice, position=3, seen=seen)
        with pytest.raises(SequenceChanged):
            rewrite(alice, position=3)

    def test_a_published_text_never_changes(self, alice: User) -> None:
        before = list(StepText.objects.values_list("pk", "subject", "body"))
        rewrite(alice)
        publish(version=newest(), by=alice)
        rewrite(alice, texts={"en": ("Other", "Other"), "es": ("", "")})
        assert list(StepText.objects.filter(pk__in=[pk for pk, _, _ in before]).values_list("pk", "subject", "body")) == before


class TestPublishing:
    def test_what_was_looked_at(self, alice: User) -> None:
        draft = rewrite(alice)
        publish_draft(sequence=sequence(), seen=mark(draft), by=alice)
        current = published(sequence())
        assert current is not None
        assert (current.pk, current.published_by) == (draft.pk, alice)

    def test_not_what_somebody_changed_meanwhile(self, alice: User, bob: User) -> None:
        seen = mark(rewrite(alice))
        rewrite(bob, texts=NEW_TEXT | {"en": ("Else", "{{ greeting }}")})
        with pytest.raises(SequenceChanged):
            publish_draft(sequence=sequence(), seen=seen, by=alice)

    def test_not_twice(self, alice: User) -> None:
        seen = mark(rewrite(alice))
        publish_draft(sequence=sequence(), seen=seen, by=alice)
        with pytest.raises(SequenceChanged):
            publish_draft(sequence=sequence(), seen=seen, by=alice)

    def test_not_with_a_finding(self, alice: User) -> None:
        draft = rewrite(alice, texts=NEW_TEXT | {"en": ("", "")})
        with pytest.raises(NotReady, match="Mail 1, English: The English text is missing"):
            publish_draft(sequence=sequence(), seen=mark(draft), by=alice)


class TestDiscarding:
    def test_the_published_one_stays(self, alice: User) -> None:
        first = newest()
        discard_draft(sequence=sequence(), seen=mark(rewrite(alice)), by=alice)
        assert newest() == first

    def test_not_what_somebody_changed_meanwhile(self, alice: User, bob: User) -> None:
        seen = mark(rewrite(alice))
        rewrite(bob, position=2)
        with pytest.raises(SequenceChanged):
            discard_draft(sequence=sequence(), seen=seen, by=alice)

    def test_there_is_none(self, alice: User) -> None:
        with pytest.raises(SequenceChanged):
            discard_draft(sequence=sequence(), seen=mark(newest()), by=alice)
        assert newest().published_at is not None

    def test_a_sequence_that_was_never_published_goes_with_it(self, alice: User) -> None:
        made = create_sequence(name="Money", starts="by_hand", topics=[], languages=[], channels=[], by=alice)
        version = edited(made)
        assert version is not None
        discard_draft(sequence=made, seen=mark(version), by=alice)
        assert not Sequence.objects.filter(name="Money").exists()

    @pytest.mark.parametrize("state", ["queued", "claimed", "sent"])
    def test_a_test_mail_does_not_hold_it(self, alice: User, state: str) -> None:
        text = rewrite(alice).steps.get(position=1).texts.get(language="en")
        mail = Message.objects.create(kind="test", user=alice, to_address=alice.email, text=text, state=state)
        discard_draft(sequence=sequence(), seen=mark(newest()), by=alice)
        mail.refresh_from_db()
        assert (mail.text, mail.state) == (None, "sent" if state == "sent" else "cancelled")


class TestWhomItTakesIn:
    RULES: dict[str, Any] = {"name": "¿Cuánto cuesta?", "starts": "by_itself", "topics": ["cost"], "languages": ["es"], "channels": []}

    def test_a_new_one_is_a_draft_of_one_empty_mail(self, alice: User) -> None:
        made = create_sequence(**self.RULES, by=alice)
        version = edited(made)
        assert version is not None
        assert (made.slug, version.number, version.published_at, version.steps.count()) == ("cuanto-cuesta", 1, None, 1)
        assert not StepText.objects.filter(step__version=version).exists()

    def test_names_may_be_alike_and_in_any_script(self, alice: User) -> None:
        names = ["Money", "Money", "Money", "お金", "お金", "x" * 80, "x" * 80]
        slugs = [create_sequence(**self.RULES | {"name": name}, by=alice).slug for name in names]
        assert slugs == ["money", "money-2", "money-3", "sequence", "sequence-2", "x" * 40, "x" * 40 + "-2"]

    def test_it_is_asked_before_the_others_or_after_one(self, alice: User) -> None:
        create_sequence(**self.RULES | {"name": "First"}, by=alice)
        last = create_sequence(**self.RULES | {"name": "Last"}, after="after-enquiry", by=alice)
        assert [each.slug for each in Sequence.objects.all()] == ["first", "after-enquiry", "last"]
        change_rules(sequence=last, seen=mark_of_rules(Sequence.objects.get(pk=last.pk)), **self.RULES | {"name": "Last"}, by=alice)
        assert [each.slug for each in Sequence.objects.all()] == ["last", "first", "after-enquiry"]

    def test_it_holds_at_once(self, alice: User) -> None:
        money = create_sequence(**self.RULES, by=alice)
        step = Step.objects.get(version__sequence=money)
        StepText.objects.create(step=step, language="en", subject="What it costs", body="{{ greeting }}")
        publish(version=step.version, by=alice)
        in_english = make_enquiry(topic="cost")
        before = plan_for(in_english)
        change_rules(sequence=money, seen=mark_of_rules(money), **self.RULES | {"languages": []}, by=alice)
        after = plan_for(in_english)
        assert before is not None
        assert after is not None
        assert (before.version.sequence, after.version.sequence) == (sequence(), money)

    def test_not_over_somebody_elses_change(self, alice: User, bob: User) -> None:
        seen = mark_of_rules(sequence())
        change_rules(sequence=sequence(), seen=seen, **self.RULES, by=bob)
        with pytest.raises(SequenceChanged):
            change_rules(sequence=sequence(), seen=seen, **self.RULES | {"topics": []}, by=alice)
        assert sequence().topics == ["cost"]
