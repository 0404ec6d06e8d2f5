"""Below the email box stands the signature as it will be sent, and what was sent keeps the one it had."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from leads.models import Lead, StaffMail, User
from tests.cast import vera_writes
from tests.triage.lead_page import page, url
from tests.triage.test_write_to import as_it_leaves, send, the_mail

pytestmark = pytest.mark.django_db
SIGNATURE = "Bob Marsh\nFront desk <mornings>"


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def sign(bob: User, text: str) -> None:
    User.objects.filter(pk=bob.pk).update(signature=text)


def body() -> list[str]:
    part = as_it_leaves(the_mail()).get_body(("plain",))
    assert part is not None
    return list(part.get_content().splitlines())


def test_it_is_shown_and_sent(as_bob: Client, bob: User, vera: Lead) -> None:
    sign(bob, SIGNATURE)
    assert "Bob Marsh<br>Front desk &lt;mornings&gt;" in page(as_bob, vera)
    send(as_bob, vera)
    assert body()[2:6] == ["Tuesday at ten?", "", "Bob Marsh", "Front desk <mornings>"]


def test_without_one_it_is_the_name_and_the_sender(as_bob: Client, vera: Lead) -> None:
    assert "Bob<br>Harbor" in page(as_bob, vera)
    send(as_bob, vera)
    assert body()[4:6] == ["Bob", "Harbor"]


def test_what_was_written_keeps_the_one_it_had(as_bob: Client, bob: User, vera: Lead) -> None:
    sign(bob, SIGNATURE)
    send(as_bob, vera)
    sign(bob, "Somebody else")
    assert body()[4] == "Bob Marsh"


def test_a_mail_of_the_release_before_is_signed_as_it_was_then(as_bob: Client, bob: User, vera: Lead) -> None:
    sign(bob, SIGNATURE)
    send(as_bob, vera)
    StaffMail.objects.update(signature=None)
    assert body()[4:6] == ["Bob", "Harbor"]


def test_it_is_sealed(as_bob: Client, bob: User, vera: Lead) -> None:
    sign(bob, SIGNATURE)
    send(as_bob, vera)
    with connection.cursor() as cursor:
        cursor.execute("SELECT signature FROM leads_staffmail")
        assert b"Marsh" not in bytes(cursor.fetchone()[0])


def test_taking_an_email_back_does_not_put_it_into_the_box(as_bob: Client, bob: User, vera: Lead) -> None:
    sign(bob, SIGNATURE)
    send(as_bob, vera)
    response = as_bob.post(url("answer_remove", vera))
    assert response.context["mail"].text.endswith("Tuesday at ten?")


def test_below_a_short_text_its_words_are_warned_of(as_bob: Client, bob: User, vera: Lead) -> None:
    sign(bob, "The Ketamine Clinic")
    assert send(as_bob, vera).status_code == 400
    assert send(as_bob, vera, warned_of="ketamine").status_code == 303


def test_a_file_is_refused_and_what_was_typed_stays(as_bob: Client, vera: Lead, tmp_path: Any) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    with (tmp_path / "plan.pdf").open("rb") as file:
        response = send(as_bob, vera, file=file)
    html = response.content.decode()
    assert response.status_code == 400
    assert "Files can’t be attached yet: write what matters into the email, or hand them over when you meet." in html
    assert "Tuesday at ten?" in html
    assert not StaffMail.objects.exists()
    assert "Files can’t be attached yet" in page(as_bob, vera)
