"""Counters are exact, also when many count at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from leads.models import count_up, first_in


@pytest.mark.django_db
def test_each_scope_counts_by_itself() -> None:
    now = timezone.now()
    assert count_up([("a", "x", 60), ("b", "x", 60)], now) == {"a": 1, "b": 1}
    assert count_up([("a", "x", 60)], now) == {"a": 2}


@pytest.mark.django_db
def test_a_new_window_begins_at_one() -> None:
    now = timezone.now()
    count_up([("a", "x", 60)], now)
    assert count_up([("a", "x", 60)], now + timedelta(minutes=1)) == {"a": 1}


@pytest.mark.django_db
def test_only_the_first_in_a_period_is_told_so() -> None:
    now = timezone.now()
    day = timedelta(days=1)
    assert first_in("ack", day, now)
    assert not first_in("ack", day, now + timedelta(hours=23))
    assert first_in("ack", day, now + timedelta(hours=24))


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_count_exactly() -> None:
    now = timezone.now()

    def count() -> int:
        try:
            return count_up([("a", "x", 86400)], now)["a"]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(lambda _: count(), range(80)))
    assert sorted(counted) == list(range(1, 81))
