"""`manage.py receive_mail < mail.eml`: one mail as it arrived, for a mail server's pipe. In trouble it says so with 75: try again later."""

import sys
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from leads.capture.actions import receive_mail
from leads.followup.trouble import describe
from leads.policy.inbound.parsing import MOST_BYTES

TRY_AGAIN = 75  # EX_TEMPFAIL, which mail servers understand


class Command(BaseCommand):
    help = "Takes in one mail from standard input: an answer joins its lead, anything else waits in Check."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reply = receive_mail(by=None, raw=_read(sys.stdin.buffer))
        except Exception as error:  # whatever it is, the mail must stay with the server
            raise CommandError(f"The mail could not be taken in: {describe(error)}.", returncode=TRY_AGAIN) from error
        self.stdout.write(f"{reply.get_kind_display()}: {reply.lead or 'about nothing that we know'}")


def _read(stream: BinaryIO) -> bytes:
    """What is beyond the limit is read and let go of: a pipe that closes early looks like trouble to the server."""
    raw = stream.read(MOST_BYTES)
    while stream.read(65536):
        continue
    return raw
