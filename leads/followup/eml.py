"""Mail as `.eml` files in EMAIL_FILE_PATH: what a machine without a relay has. Whole or not there; a second copy is seen as one."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from leads.followup.letter import Letter
from leads.followup.outcome import Outcome, Result, Unreachable


class EmlOutlet:
    many = False

    def open(self) -> None:
        try:
            _folder()
        except OSError as error:
            raise Unreachable(type(error).__name__) from error

    def send(self, letter: Letter) -> Outcome:
        """A file is there or it is not, so there is never a doubt."""
        try:
            write(letter.message_id, letter.as_bytes())
        except OSError as error:
            return Outcome(Result.LATER, type(error).__name__)
        return Outcome(Result.SENT)

    def close(self) -> None:
        """Nothing is held open."""


class EmailBackend(BaseEmailBackend):
    """For mail that does not pass through the outbox, such as a forgotten password's."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            message = mail.message()
            write(message["Message-ID"], message.as_bytes())
        return len(email_messages)


def write(message_id: str, content: bytes) -> Path:
    """`<message id>.eml`; where that exists, `<message id>-2.eml` and so on. On the disk when it returns."""
    folder = _folder()
    name = re.sub(r"[^\w.-]", "", message_id.strip("<>").partition("@")[0])
    draft = folder / f".{name}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return _keep(draft, folder, name)


def _keep(draft: Path, folder: Path, name: str) -> Path:
    copy = 1
    while True:
        path = folder / (f"{name}.eml" if copy == 1 else f"{name}-{copy}.eml")
        try:
            os.link(draft, path)  # unlike a rename it never replaces what is there
        except FileExistsError:
            copy += 1
            continue
        draft.unlink()
        _sync(folder)
        return path


def _folder() -> Path:
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
