"""Keyset pages: the last costs what the first does."""

from collections.abc import Sequence

from rest_framework.pagination import CursorPagination


class Newest(CursorPagination):
    page_size = 50

    def __init__(self, ordering: Sequence[str] = ("-received_at", "-id")) -> None:
        self.ordering = tuple(ordering)
