"""The moments that the snooze menu offers."""

from datetime import UTC, datetime

import pytest
import time_machine

from leads.models import Clinic
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.snoozes import choices

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("now", "later"), [
    ("10:00:00", "1 p.m."), ("10:00:00.000001", "1:15 p.m."), ("10:14:59.999999", "1:15 p.m."), ("10:15:00", "1:15 p.m."),
    ("10:59:01", "2 p.m."), ("10:07:33.123457", "1:15 p.m."),
])  # fmt: skip
def test_later_is_a_quarter_of_an_hour_to_the_second(clinic: Clinic, now: str, later: str) -> None:
    with time_machine.travel(datetime.fromisoformat(f"2026-06-01T{now}-04:00"), tick=False):
        choice = choices(Calendar.today())[0]
    assert (choice.code, choice.time) == ("later", f"today {later}")
    assert choice.until == choice.until.replace(second=0, microsecond=0)


def test_in_the_evening_later_today_is_no_help(clinic: Clinic) -> None:
    with time_machine.travel(datetime(2026, 6, 1, 21, 30, tzinfo=UTC), tick=False):  # 17:30 in New York
        assert [choice.code for choice in choices(Calendar.today())] == ["tomorrow", "next_week"]
