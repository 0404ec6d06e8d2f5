"""What a field held before and after, sealed in the event's text: one line each, for values have no line ends."""

from leads.models import Event


def pair(before: str, after: str) -> str:
    return f"{before}\n{after}"


def before_and_after(event: Event) -> tuple[str, str]:
    before, _, after = (event.text or "").partition("\n")
    return before, after
