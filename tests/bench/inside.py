"""What a run does with Leadwell's own code, in a process of its own: `python -m tests.bench.inside outbox 2000`."""

import os
import sys
import time
from datetime import timedelta
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
django.setup()

from django.db import connection  # noqa: E402  (Django must be set up first)
from django.utils import timezone  # noqa: E402

from leads.followup import doorbell  # noqa: E402
from leads.followup.claim import claim, release  # noqa: E402
from leads.models import Channel, Enquiry, Lead, Message, MessageKind, Role, Screening, Stage, User  # noqa: E402
from tests.bench.peers import wait  # noqa: E402
from tests.bench.product import EMAIL, MESSAGE, PASSWORD, letters  # noqa: E402


def outbox(count: int) -> None:
    """So many leads, each with an acknowledgement that is due."""
    stage, now = Stage.objects.first_of("new"), timezone.now()
    leads = [
        Lead(
            name=f"Vera {letters(number)}", email=f"vera{number}@example.com", stage=stage, category="new", next_action="reply", due_at=now
        )
        for number in range(count)
    ]
    Lead.objects.bulk_create(leads)
    enquiries = [
        Enquiry(
            lead=lead,
            name=lead.name,
            email=lead.email,
            message=MESSAGE,
            channel=Channel.API,
            promise_at=now + timedelta(hours=4),
            consent_reply=True,
            consent_version="1",
            screening=Screening.ACCEPTED,
        )
        for lead in leads
    ]
    Enquiry.objects.bulk_create(enquiries)
    mails = [Message(kind=MessageKind.ACKNOWLEDGEMENT, lead=each.lead, enquiry=each, to_address=each.email) for each in enquiries]
    Message.objects.bulk_create(mails)


def ring(times: int) -> None:
    """Tells so many workers, when told to."""
    wait.for_start()
    line = doorbell.Line()
    for _ in range(times):
        doorbell.publish(line)


def user(_: int) -> None:
    User.objects.create_user(EMAIL, PASSWORD, name="Bob", role=Role.FRONT_DESK)


def analyze(_: int) -> None:
    """As the database would by itself in the days that so many leads take to come."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def claims(times: int) -> None:
    """How many milliseconds a claim of a whole batch takes, in the middle."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        batch = claim()
        taken.append(time.perf_counter() - start)
        release(batch)
    sys.stdout.write(f"{median(taken) * 1000}\n")


if __name__ == "__main__":
    {"outbox": outbox, "ring": ring, "user": user, "claims": claims, "analyze": analyze}[sys.argv[1]](int(sys.argv[2]))
