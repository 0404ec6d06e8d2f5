"""Keyset pages: the last costs what the first does."""

from collections.abc import Sequence

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from leads.triage.words.pages import read_moment


class Newest(CursorPagination):
    page_size = 50

    def __init__(self, ordering: Sequence[str] = ("-received_at", "-id")) -> None:
        self.ordering = tuple(ordering)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """DRF takes any text for a time, and lets the database find out."""
        cursor = super().decode_cursor(request)
        if cursor and cursor.position is not None:
            try:
                read_moment(str(cursor.position))
            except ValueError:
                raise NotFound(self.invalid_cursor_message) from None
        return cursor
