"""`fill COUNT` queues mails anew; `send` sends what is queued."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.peers.mailer.settings"
django.setup()

from django.core.mail import get_connection  # noqa: E402  (Django must be set up first)
from mailer.engine import send_all  # noqa: E402
from mailer.models import Message, MessageLog  # noqa: E402

from tests.bench.peers import letter, wait  # noqa: E402


def fill(count: int) -> None:
    Message.objects.all().delete()
    MessageLog.objects.all().delete()
    get_connection().send_messages([letter.write(number) for number in range(count)])


def send(_: int) -> None:
    wait.for_start()
    send_all()


if __name__ == "__main__":
    {"fill": fill, "send": send}[sys.argv[1]](int(sys.argv[2]))
