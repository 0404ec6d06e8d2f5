"""Exact counters in SQL: one upsert, right under any number of processes (guarantees S2)."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from leads.models.statements import Statement, run


class Counter(models.Model):
    """How many in one window of time. `subject` is a keyed hash, never an address."""

    scope = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    window = models.DateTimeField(db_index=True)  # its start
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "subject", "window"], name="one_counter_a_window")]

    def __str__(self) -> str:
        return f"{self.scope} {self.count}"


def window_start(now: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)


def count_up(keys: list[tuple[str, str, int]], now: datetime) -> dict[str, int]:
    """Adds one to each (scope, subject, seconds of the window) in one statement; {scope: count}."""
    return dict(run(counting(keys, now))[0])


def counting(keys: list[tuple[str, str, int]], now: datetime) -> Statement:
    """The statement of count_up(); it returns (scope, count). Sorted, so that two callers can't deadlock."""
    adapt = connection.ops.adapt_datetimefield_value
    rows = [(scope, subject, adapt(window_start(now, seconds))) for scope, subject, seconds in sorted(keys)]
    values = ", ".join(["(%s, %s, %s, 1)"] * len(rows))
    return Statement(
        f'INSERT INTO leads_counter (scope, subject, "window", count) VALUES {values} '  # noqa: S608  # nosec B608: only placeholders
        'ON CONFLICT (scope, subject, "window") DO UPDATE SET count = leads_counter.count + 1 RETURNING scope, count',
        [value for row in rows for value in row],
    )


def held_counts(keys: list[tuple[str, str, int]], now: datetime) -> dict[str, int]:
    """{subject: how many so far} of each (scope, subject, seconds of the window), ours until the transaction ends. Sorted, as above."""
    rows = [Counter(scope=scope, subject=subject, window=window_start(now, seconds), count=0) for scope, subject, seconds in sorted(keys)]
    Counter.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = [Q(scope=row.scope, subject=row.subject, window=row.window) for row in rows]
    held = Counter.objects.filter(reduce(or_, wanted, Q(pk__in=[]))).select_for_update().order_by("scope", "subject")
    return dict(held.values_list("subject", "count"))


def count_more(scope: str, subject: str, seconds: int, number: int, now: datetime) -> None:
    """For one that is held."""
    Counter.objects.filter(scope=scope, subject=subject, window=window_start(now, seconds)).update(count=F("count") + number)


class LastTime(models.Model):
    """When something was last done for a subject: for rules such as "once in 24 hours", exact under races."""

    key = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="one_time_a_key")]

    def __str__(self) -> str:
        return self.key


def first_in(key: str, period: timedelta, now: datetime) -> bool:
    """True for one caller a `period` and `key`; it is then the one that acts."""
    return bool(run(being_first(key, period, now))[0])


def being_first(key: str, period: timedelta, now: datetime) -> Statement:
    """The statement of first_in(); it returns a row to the one that is first."""
    adapt = connection.ops.adapt_datetimefield_value
    return Statement(
        "INSERT INTO leads_lasttime (key, at) VALUES (%s, %s) "
        "ON CONFLICT (key) DO UPDATE SET at = excluded.at WHERE leads_lasttime.at <= %s RETURNING key",
        [key, adapt(now), adapt(now - period)],
    )


def last_time(key: str) -> datetime | None:
    return LastTime.objects.filter(key=key).values_list("at", flat=True).first()


def note_time(key: str) -> None:
    first_in(key, timedelta(0), timezone.now())


def move_on(key: str, to: datetime, *, at_first: datetime) -> datetime | None:
    """From where on something is to be done, up to `to`, for one caller; None for whoever came second, or where there is nothing to do.

    In the transaction that does it: where that fails, the time stands where it stood.
    """
    known = last_time(key)
    if known is None:
        LastTime.objects.bulk_create([LastTime(key=key, at=at_first)], ignore_conflicts=True)
        return None
    moved = known < to and LastTime.objects.filter(key=key, at=known).update(at=to)
    return known if moved else None
