"""The simulator begins with the next Friday at four."""

import pytest
import time_machine

from leads.triage.decisions.outcomes import Calendar
from leads.triage.sequences.simulator import SimulatorForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "friday"),
    [
        ("2026-11-04T17:00:00Z", "2026-11-06T16:00"),
        ("2026-11-06T20:59:00Z", "2026-11-06T16:00"),  # 15:59 in New York
        ("2026-11-06T21:01:00Z", "2026-11-13T16:00"),
        ("2026-11-07T17:00:00Z", "2026-11-13T16:00"),
    ],
)
def test_one_that_is_past_is_not_the_next(clinic: object, now: str, friday: str) -> None:
    with time_machine.travel(now, tick=False):
        assert SimulatorForm.of_friday_at_four(Calendar.today()).data["at"] == friday
