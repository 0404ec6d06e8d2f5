"""`fill COUNT` queues mails anew; `send PROCESSES` sends what is queued."""

import os
import sys
import tempfile

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.peers.post_office.settings"
django.setup()

from post_office import mail  # noqa: E402  (Django must be set up first)
from post_office.models import PRIORITY, Email  # noqa: E402

from tests.bench.peers import letter, wait  # noqa: E402


def fill(count: int) -> None:
    Email.objects.all().delete()
    mail.send_many([queued(letter.reference(number), letter.address(number)) for number in range(count)])


def queued(ours: str, to: str) -> dict[str, object]:
    return {
        "sender": letter.SENDER,
        "recipients": [to],
        "subject": letter.SUBJECT.format(ours),
        "message": letter.TEXT.format(ours),
        "html_message": letter.HTML.format(ours),
        "priority": PRIORITY.medium,
    }


def send(processes: int) -> None:
    wait.for_start()
    with tempfile.TemporaryDirectory() as folder:
        mail.send_queued_mail_until_done(folder + "/lock", processes)


if __name__ == "__main__":
    {"fill": fill, "send": send}[sys.argv[1]](int(sys.argv[2]))
