"""The dates of a sequence. The engine asks for one mail after the other, the simulator for all of them; both ask here."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from leads.models import Unit
from leads.policy.hours import DAY
from leads.policy.windows import SendWindows

Wait = tuple[int, str]  # a number and its unit
SPANS = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
LATE = timedelta(minutes=5)  # a sweep that comes sooner than this after the plan is on time


def due_after(wait: Wait, since: datetime, windows: SendWindows, not_before: datetime | None = None) -> datetime:
    """When the mail leaves that waits so long after `since`: in a window, and neither before `since` nor `not_before`."""
    return windows.next(max(_earliest(wait, since, windows), since, not_before or since))


def _earliest(wait: Wait, since: datetime, windows: SendWindows) -> datetime:
    """Minutes and hours pass on the clock; days and working days begin with their morning, whatever the hour was."""
    number, unit = wait
    match unit:
        case Unit.WORKING_DAYS:
            return windows.midnight(windows.working_day_after(since, number))
        case Unit.DAYS:
            return windows.midnight(windows.local_day(since) + number * DAY)
        case _:
            return since + number * SPANS[Unit(unit)]


def left_at(planned: datetime, now: datetime) -> datetime:
    """What the next mail counts from: the plan, so that slow sweeps do not add up; this moment, where it was really late."""
    return planned if now - planned <= LATE else now


def moments(waits: Iterable[Wait], written_at: datetime, windows: SendWindows, not_before: datetime | None = None) -> list[datetime]:
    """When all of them leave if nothing is late. `not_before`: the answer that was promised comes first."""
    planned: list[datetime] = []
    for wait in waits:
        planned.append(due_after(wait, planned[-1], windows) if planned else due_after(wait, written_at, windows, not_before))
    return planned
