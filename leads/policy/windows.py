"""When a follow-up may leave: from 9 to 17 on a day on which the clinic opens, on its own clock."""

from datetime import UTC, datetime, timedelta

from leads.policy.hours import DAY, OpeningHours

OPENS = timedelta(hours=9)
CLOSES = timedelta(hours=17)


def next_send(anchor: datetime, working_days: int, hours: OpeningHours, not_before: datetime) -> datetime:
    """The first moment in a send window, at the earliest `working_days` after `anchor` and never before `not_before`."""
    day = max(hours.working_day_after(anchor, working_days), hours.local_day(not_before))
    while not (hours.is_working_day(day) and not_before < hours.at(day, CLOSES)):
        day += DAY
    return max(hours.at(day, OPENS), not_before.astimezone(UTC))
