"""`manage.py api_keys`: every API key there ever was, and when it was last shown a lead. Times are in UTC."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from leads.models import ApiKey

HEADING = ("prefix", "name", "scopes", "created", "expires", "revoked", "last shown a lead")


class Command(BaseCommand):
    help = "Lists the API keys, the oldest first. The keys themselves are kept nowhere."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [_row(key) for key in ApiKey.objects.with_last_read().order_by("created_at", "pk")]
        self.stdout.write(_table([HEADING, *rows]) if rows else "There are no API keys.")


def _row(key: Any) -> tuple[str, ...]:
    """Any: `read_at` stands on what with_last_read() returns alone."""
    times = (key.created_at, key.expires_at, key.revoked_at, key.read_at)
    return (key.prefix, key.name, " ".join(key.scopes), *map(_when, times))


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "-"


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows)
