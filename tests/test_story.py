"""The whole story, as it is promised: Vera writes, is thanked, followed up on her own terms, answered, and left alone when she asks."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from leads.followup.tasks import sweep
from leads.models import Lead, User

VERA = "vera@example.com"
MONDAY = "2026-03-02 15:00:00Z"  # 10 in the morning at the clinic
TUESDAY = "2026-03-03 18:00:00Z"
THURSDAY = "2026-03-05 18:00:00Z"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as coordinates:
        yield coordinates


def mails_to(address: str, folder: Path) -> list[EmailMessage]:
    """In the order in which they left."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [mail for mail in mails if mail["To"] == address]


def hidden_fields(html: str) -> dict[str, str]:
    parts = html.split('type="hidden"')[1:]
    pairs = ((part.split('name="')[1].split('"')[0], part.split('value="')[1].split('"')[0]) for part in parts)
    return dict(pairs)


@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_is_forgotten(client: Client, as_bob: Client, bob: User, clock: time_machine.Traveller, settings: Any) -> None:
    settings.EMAIL_BACKEND = "leads.followup.eml.EmailBackend"
    folder = Path(settings.EMAIL_FILE_PATH)

    # Vera reads the form, thinks, and writes.
    page = client.get("/contact/")
    clock.shift(20)
    typed = {"name": "Vera", "email": VERA, "message": "How does a first visit go?", "topic": "how"}
    consents = {"consent_reply": "on", "consent_followup": "on"}
    answer = client.post("/contact/", hidden_fields(page.content.decode()) | typed | consents)
    assert answer.status_code == 303

    # She is told when somebody will answer: four opening hours from now.
    thanks = client.get(answer["Location"]).content.decode()
    lead = Lead.objects.get()
    assert lead.reference in thanks
    assert "2:15" in thanks

    # Her acknowledgement leaves by itself, and repeats nothing of what she wrote.
    sweep()
    acknowledgement = mails_to(VERA, folder)[0]
    assert acknowledgement["To"] == VERA
    assert lead.reference in acknowledgement.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "first visit" not in acknowledgement.as_string()

    # She is on the desk; what she wrote stays sealed until somebody opens it.
    assert "Vera" in as_bob.get("/desk/").content.decode()
    assert "first visit" not in as_bob.get(f"/desk/leads/{lead.reference}/").content.decode()

    # On the next working day she gets the first follow-up that she asked for.
    clock.move_to(TUESDAY)
    sweep()
    followup = mails_to(VERA, folder)[-1]
    assert followup["To"] == VERA
    assert followup["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    # Bob signs in again, as on every morning, and calls her. The rest of the follow-up stops by itself.
    as_bob.force_login(bob)
    as_bob.post(f"/desk/leads/{lead.reference}/stage/", {"stage": "contacted"})
    lead.refresh_from_db()
    assert (lead.stage.slug, lead.enrolments.get().state) == ("contacted", "stopped")

    # That was the wrong lead: he undoes it, and the follow-up goes on.
    as_bob.post(f"/desk/leads/{lead.reference}/stage/remove/")
    lead.refresh_from_db()
    assert (lead.stage.slug, lead.enrolments.get().state) == ("new", "running")

    # She has heard enough, and says so with one click in her mail program. Nothing more leaves.
    unsubscribe = followup["List-Unsubscribe"].strip("<>").removeprefix(settings.PUBLIC_URL)
    assert client.post(unsubscribe, {"List-Unsubscribe": "One-Click"}).status_code == 200
    sent = len(mails_to(VERA, folder))
    clock.move_to(THURSDAY)
    sweep()
    assert len(mails_to(VERA, folder)) == sent

    # Nobody forgets her all the same: she still waits for an answer, on top of the list.
    lead.refresh_from_db()
    assert (lead.attention, lead.next_action) == ("needs_us", "reply")
