from datetime import timedelta

import pytest

from leads.policy.promise import promise_for, slow_answer
from tests.policy.test_hours import hours_of, local


@pytest.mark.parametrize(
    ("received", "promised"),
    [
        ("2026-11-16 09:00:00", "2026-11-16 13:00"),
        ("2026-11-16 09:00:01", "2026-11-16 13:15"),
        ("2026-11-16 09:14:59", "2026-11-16 13:15"),
        ("2026-11-20 16:10:00", "2026-11-23 12:15"),
    ],
)
def test_it_is_so_many_opening_hours_later_on_the_quarter_hour(received: str, promised: str) -> None:
    assert promise_for(local(received), hours_of(), 4, []) == local(promised)


def test_quick_answers_do_not_shorten_it() -> None:
    assert promise_for(local("2026-11-16 09:00"), hours_of(), 4, [60] * 20) == local("2026-11-16 13:00")


def test_slow_answers_move_it() -> None:
    recent = [60] * 15 + [6 * 3600] * 5
    assert promise_for(local("2026-11-16 09:00"), hours_of(), 4, recent) == local("2026-11-16 15:00")


def test_a_few_slow_answers_do_not() -> None:
    recent = [60] * 16 + [50 * 3600] * 4
    assert promise_for(local("2026-11-16 09:00"), hours_of(), 4, recent) == local("2026-11-16 13:00")


def test_the_percentile_is_one_of_the_answers() -> None:
    assert slow_answer([]) == 0
    assert slow_answer([7]) == 7
    assert slow_answer([5, 3, 1, 2, 4]) == 4
    assert slow_answer(list(range(1, 21))) == 16


def test_a_clinic_that_never_opens_promises_plain_hours() -> None:
    received = local("2026-11-21 09:00")
    assert promise_for(received, hours_of({}), 4, []) == received + timedelta(hours=4)
