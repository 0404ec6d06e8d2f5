"""Whether the mailbox that answers arrive in (INBOX_URL) can be fetched. Whoever fetches it notes it here; the desk and /readyz tell."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from leads.models import LastTime, Remembered, note_time

FETCHED, STARRED = "inbox-fetched", "inbox-starred"
LATE = timedelta(minutes=5)  # it is fetched every minute


@dataclass(frozen=True)
class MailboxTrouble:
    fetched_at: datetime | None = None
    starred: bool = False  # mails that we could not read wait there

    def unfetched_since(self, now: datetime) -> datetime | None:
        """None while all is well, and until somebody has tried."""
        return self.fetched_at if self.fetched_at and now - self.fetched_at > LATE else None


def _read() -> MailboxTrouble:
    if not settings.INBOX:
        return MailboxTrouble()
    noted = dict(LastTime.objects.filter(key__in=[FETCHED, STARRED]).values_list("key", "at"))
    return MailboxTrouble(noted.get(FETCHED), STARRED in noted)


mailbox_trouble = Remembered(_read)


def note_fetched(*, starred: bool) -> None:
    note_time(FETCHED)
    if starred:
        note_time(STARRED)
    else:
        LastTime.objects.filter(key=STARRED).delete()


def note_try(now: datetime) -> None:
    """One that never worked has not been fetched since the first try."""
    LastTime.objects.get_or_create(key=FETCHED, defaults={"at": now})
