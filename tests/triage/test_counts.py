"""How many, in one statement, and never further than it matters."""

from types import SimpleNamespace
from typing import Any

import pytest

from leads.access import Right, Sight
from leads.models import Lead, User
from leads.triage.words.counts import Counting, capped
from tests.cast import make_lead
from tests.trips import trips

pytestmark = pytest.mark.django_db


def test_several_sets_are_counted_in_one_statement() -> None:
    for number in range(3):
        make_lead(email=f"{number}@example.com", topic="cost" if number else "how")
    sets = [(Lead.objects.all(), 1000), (Lead.objects.filter(topic="cost"), 1000), (Lead.objects.all(), 2), (Lead.objects.none(), 5)]
    with trips() as made:
        assert Counting(sets).now() == [3, 2, 2, 0]
    assert len(made) == 1


def test_it_can_be_kept_and_asked_again() -> None:
    counting = Counting([(Lead.objects.needs_us(), 1000)])
    assert counting.now() == [0]
    make_lead()
    assert counting.now() == [1]


def test_a_set_that_holds_more_than_matters_is_not_counted_again_for_a_moment(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REMEMBER_SECONDS, now = 2, [1000.0]
    monkeypatch.setattr("leads.triage.words.counts.time", SimpleNamespace(monotonic=lambda: now[0]))
    monkeypatch.setattr("leads.triage.words.counts.MANY", 2)
    lead, _other = make_lead(email="1@example.com"), make_lead(email="2@example.com")
    counting = Counting([(Lead.objects.needs_us(), 2), (Lead.objects.filter(name=lead.name), 5)])
    assert counting.now() == [2, 2]
    Lead.objects.filter(pk=lead.pk).delete()
    assert counting.now() == [2, 1]
    now[0] += 10
    assert counting.now() == [1, 1]


def test_who_sees_nothing_counts_nothing(charlie: User) -> None:
    make_lead()
    assert capped(Sight.of(charlie).leads()) == "0"


def test_equal_sights_see_the_same_and_lose_it_with_their_rights(bob: User, alice: User) -> None:
    assert Sight.of(bob) == Sight.of(User.objects.get(pk=bob.pk)) != Sight.of(alice)
    before = Sight.of(bob)
    bob.is_active = False
    assert Sight.of(bob) != before
    assert Right.READ_LEADS not in Sight.of(bob).rights
