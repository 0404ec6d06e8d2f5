"""What an answer is written in."""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class OneLanguage(DefaultContentNegotiation):
    """Where there is one way to answer, it is the answer, whatever `Accept` says: no enquiry is refused for a header."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first, *others = renderers
        return super().select_renderer(request, renderers, format_suffix) if others else (first, first.media_type)
