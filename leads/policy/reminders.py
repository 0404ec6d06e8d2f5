"""When a reminder leaves: on the day before, as soon as mail may leave then."""

from datetime import datetime

from leads.policy.hours import DAY
from leads.policy.windows import SendWindows

DAYS_BEFORE = 7  # at most: a clinic that opens on one day of the week still has one


def remind_at(starts_at: datetime, windows: SendWindows) -> datetime | None:
    """Where no mail may leave on the day before, on the last one on which it may. None: there is none within a week."""
    day = windows.local_day(starts_at)
    mornings = (windows.midnight(day - number * DAY) for number in range(1, DAYS_BEFORE + 1))
    return next((opens for morning in mornings if windows.local_day(opens := windows.next(morning)) == windows.local_day(morning)), None)
