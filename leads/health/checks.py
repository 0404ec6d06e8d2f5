"""What must hold for the service to keep its promise. Each check answers "ok" or a sentence; together they are /readyz.

Mail is judged by its age and not by which processes run: a worker that is there and does nothing is no help (guarantees R14).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from leads.followup.mailbox_trouble import mailbox_trouble
from leads.models import Message, last_time

OK = "ok"
SWEEP_IS_LATE = timedelta(seconds=60)  # it runs every ten
Check = Callable[[datetime], str]


def check_all() -> dict[str, str]:
    return _asked_all(CHECKS)


def warn_all() -> dict[str, str]:
    """What a person should see to, and no reason to send visitors away."""
    return _asked_all(WARNINGS if settings.INBOX else {})


def _asked_all(checks: dict[str, Check]) -> dict[str, str]:
    now = timezone.now()
    return {name: _asked(check, now) for name, check in checks.items()}


def _asked(check: Check, now: datetime) -> str:
    try:
        return check(now)
    except Error:
        return "The database does not answer, or lacks what this release needs."


def database(now: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations(now: datetime) -> str:
    """A database ahead of this release is fine: that is how an upgrade looks to the old release."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are missing: manage.py prepare" if missing else OK


def mail(now: datetime) -> str:
    due_at = oldest_due(now)
    late = due_at and now - due_at > timedelta(seconds=2 * settings.MAIL_LEASE + 60)
    return f"The oldest due mail has waited {_minutes(now, due_at)} min." if due_at and late else OK


def sweep(now: datetime) -> str:
    swept_at = last_time("sweep")
    if swept_at is None:
        return "The outbox has not been swept yet: is a worker running?"
    return OK if now - swept_at <= SWEEP_IS_LATE else f"The outbox was last swept {_minutes(now, swept_at)} min ago."


def mailbox(now: datetime) -> str:
    trouble = mailbox_trouble()
    if since := trouble.unfetched_since(now):
        return f"The mailbox has not been fetched for {_minutes(now, since)} min."
    return "A mail in the mailbox could not be read: it waits there with a star." if trouble.starred else OK


def oldest_due(now: datetime) -> datetime | None:
    return Message.objects.due(now).order_by("due_at").values_list("due_at", flat=True).first()


def _minutes(now: datetime, then: datetime) -> int:
    return int((now - then).total_seconds() // 60)


CHECKS: dict[str, Check] = {"database": database, "migrations": migrations, "mail": mail, "sweep": sweep}
# A mailbox that is away is another server's trouble, which no other process of ours would mend: it must not take the site down.
WARNINGS: dict[str, Check] = {"mailbox": mailbox}
