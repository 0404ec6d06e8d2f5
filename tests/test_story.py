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
QUESTION = "How does a first visit go?"
MONDAY = "2026-03-02 15:00:00Z"  # 10 in the morning at the clinic
TUESDAY = "2026-03-03 18:00:00Z"
THURSDAY = "2026-03-05 18:00:00Z"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def post_box(settings: Any) -> Path:
    """Where mail leaves: a folder of `.eml` files."""
    settings.EMAIL_BACKEND = "leads.followup.eml.EmailBackend"
    return Path(settings.EMAIL_FILE_PATH)


def mails_to_vera(post_box: Path) -> list[EmailMessage]:
    """In the order in which they left."""
    files = sorted(post_box.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [mail for mail in mails if mail["To"] == VERA]


def hidden_fields(html: str) -> dict[str, str]:
    parts = html.split('type="hidden"')[1:]
    return {part.split('name="')[1].split('"')[0]: part.split('value="')[1].split('"')[0] for part in parts}


def vera_writes(client: Client, clock: time_machine.Traveller) -> str:
    """She reads the form, thinks, and writes. The page she then sees."""
    page = client.get("/contact/").content.decode()
    clock.shift(20)
    typed = {"name": "Vera", "email": VERA, "message": QUESTION, "topic": "how", "consent_reply": "on", "consent_followup": "on"}
    answer = client.post("/contact/", hidden_fields(page) | typed)
    assert answer.status_code == 303
    return client.get(answer["Location"]).content.decode()


def bob_moves_her(bob: User, client: Client, noun: str, **data: str) -> tuple[str, str]:
    """After signing in, as on every morning. Her stage and where her follow-up stands."""
    client.force_login(bob)
    lead = Lead.objects.get()
    client.post(f"/desk/leads/{lead.reference}/{noun}/", data)
    lead.refresh_from_db()
    return lead.stage.slug, lead.enrolments.get().state


@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_is_forgotten(client: Client, as_bob: Client, bob: User, clock: time_machine.Traveller, post_box: Path) -> None:
    # Vera is told when somebody will answer: four opening hours from now.
    thanks = vera_writes(client, clock)
    lead = Lead.objects.get()
    assert lead.reference in thanks
    assert "2:15" in thanks

    # Her acknowledgement leaves by itself, and repeats nothing of what she wrote.
    sweep()
    acknowledgement = mails_to_vera(post_box)[0].as_string()
    assert lead.reference in acknowledgement
    assert QUESTION not in acknowledgement

    # She is on the desk; what she wrote stays sealed until somebody opens it.
    assert "Vera" in as_bob.get("/desk/").content.decode()
    assert QUESTION not in as_bob.get(f"/desk/leads/{lead.reference}/").content.decode()

    # On the next working day she gets the first follow-up that she asked for.
    clock.move_to(TUESDAY)
    sweep()
    followup = mails_to_vera(post_box)[-1]
    assert followup["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    # Bob calls her, and the rest stops by itself. That was the wrong lead: he undoes it, and it goes on.
    assert bob_moves_her(bob, as_bob, "stage", stage="contacted") == ("contacted", "stopped")
    assert bob_moves_her(bob, as_bob, "stage/remove") == ("new", "running")

    # She has heard enough, and says so with one click in her mail program. Nothing more leaves.
    assert client.post(followup["List-Unsubscribe"].strip("<>"), {"List-Unsubscribe": "One-Click"}).status_code == 200
    clock.move_to(THURSDAY)
    sweep()
    assert len(mails_to_vera(post_box)) == 2

    # Nobody forgets her all the same: she still waits for an answer, on top of the list.
    lead.refresh_from_db()
    assert (lead.attention, lead.next_action) == ("needs_us", "reply")
