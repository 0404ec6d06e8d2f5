"""Replies on the lead's timeline: sealed until somebody opens them, and who did is shown."""

import pytest
from django.test import Client

from leads.models import EventKind, Lead, Message
from tests.capture.mailed import arrive, bounce, mail
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def thanks(db: None) -> Message:
    vera_writes()
    return Message.objects.get()


def page(client: Client, path: str = "", **options: str) -> str:
    address = f"/desk/leads/{Lead.objects.get().reference}/{path}"
    return (client.post(address) if path else client.get(address)).content.decode()


def test_a_reply_is_shown_and_sealed(as_bob: Client, thanks: Message) -> None:
    arrive(mail(about=thanks))
    html = page(as_bob)
    assert "They replied" in html
    assert "Follow-up stopped: they replied" in html
    assert "Tuesday suits me" not in html


def test_opening_shows_it_and_is_recorded(as_bob: Client, thanks: Message) -> None:
    arrive(mail(about=thanks, text="Tuesday suits me.\n\nOn Nov 27, 2026, The clinic wrote:\n> Hello <Vera>,\n"))
    html = page(as_bob, "story/")
    assert "Tuesday suits me." in html
    assert "What they quote" in html
    assert "Hello &lt;Vera&gt;," in html
    assert Lead.objects.get().events.filter(kind=EventKind.STORY_READ).count() == 1


def test_no_html_of_theirs_is_shown(as_bob: Client, thanks: Message) -> None:
    raw = mail(about=thanks, text='<p>Yes</p><img src="https://example.org/pixel.png">').replace(b"text/plain", b"text/html")
    arrive(raw)
    html = page(as_bob, "story/")
    assert "<p>Yes</p>" in html
    assert "pixel" not in html


def test_files_that_came_along_are_spoken_of(as_bob: Client, thanks: Message) -> None:
    raw = mail(about=thanks)
    head, _, body = raw.partition(b"\n\n")
    parts = b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\n' + body + 2 * b"--x\nContent-Type: image/png\n\nabc\n" + b"--x--\n"
    kept = [line for line in head.split(b"\n") if not line.lower().startswith(b"content-")]
    arrive(b"\n".join(kept) + b"\n" + parts)
    assert "Attachments were left out: 2 files." in page(as_bob)


def test_a_strangers_mail_is_an_enquiry_in_check(as_bob: Client, db: None) -> None:
    arrive(mail(text="Do you take new patients?"))
    html = page(as_bob)
    assert "Enquiry received · Email" in html
    assert "It came by email, and answers nothing that we sent." in html
    assert html.count("Sealed.") == 1


def test_a_mail_that_did_not_arrive_is_said(as_bob: Client, thanks: Message) -> None:
    arrive(bounce(thanks))
    assert "Their address does not exist: no more mail to it" in page(as_bob)
