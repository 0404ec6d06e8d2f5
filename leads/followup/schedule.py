"""When the mails of a sequence leave: its waits and windows (policy), with what the rows say."""

from datetime import datetime

from leads.models import Step, Version
from leads.policy.hours import OpeningHours
from leads.policy.waits import due_after, left_at, moments
from leads.policy.windows import SendWindows


def windows_of(version: Version, hours: OpeningHours, time_zone: str, asked: str = "") -> SendWindows:
    return SendWindows.of(version.windows, hours, time_zone, asked)


def first_due(step: Step, anchor: datetime, windows: SendWindows, not_before: datetime) -> datetime:
    """So long after the enquiry."""
    return due_after((step.wait, step.unit), anchor, windows, not_before)


def due_next(step: Step, planned: datetime, windows: SendWindows, now: datetime) -> datetime:
    """So long after the mail before it, which was `planned` and leaves now: what is really late shifts the rest."""
    return due_after((step.wait, step.unit), left_at(planned, now), windows, not_before=now)


def next_window(at: datetime, windows: SendWindows) -> datetime:
    """`at` itself where mail may leave then; else the moment from which it may."""
    return windows.next(at)


def simulate(
    version: Version, written_at: datetime, time_zone: str, hours: OpeningHours, promise_at: datetime | None = None, asked: str = ""
) -> list[datetime]:
    """If somebody in that zone, who asked to be reached so, writes then: when each mail of the version leaves."""
    waits = [(step.wait, step.unit) for step in version.steps.all()]
    return moments(waits, written_at, windows_of(version, hours, time_zone, asked), promise_at)
