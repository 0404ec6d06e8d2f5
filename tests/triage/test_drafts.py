"""What is typed on a lead's page is kept by itself, for whoever typed it alone, until it is saved, sent or thrown away."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from leads.models import Draft, EventKind, Lead
from leads.triage.lead.drafts import LONGEST
from tests.cast import make_lead, vera_writes
from tests.triage.lead_page import page, url

pytestmark = pytest.mark.django_db
NOTE = "Prefers mornings, and her sister"


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


def keep(client: Client, lead: Lead, text: str = NOTE, **fields: str) -> int:
    return client.post(reverse("lead_draft", args=[lead.reference]), {"text": text} | fields).status_code


def test_it_is_back_when_bob_comes_back(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    shown = page(as_bob, vera)
    assert NOTE in shown
    assert "You typed this before and did not save it." in shown


def test_an_email_is_back_too_and_its_tab_is_open(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera, text="", mail_subject="Your question", mail_text="Dear Vera")
    shown = page(as_bob, vera)
    assert "Dear Vera" in shown
    assert 'value="email" checked' in shown


def test_nobody_else_sees_it(as_alice: Client, as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    assert NOTE not in page(as_alice, vera)


def test_the_last_text_counts(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    keep(as_bob, vera, text="Rather evenings")
    assert [draft.note for draft in Draft.objects.all()] == ["Rather evenings"]


def test_an_empty_box_has_none(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    keep(as_bob, vera, text="  ", mail_subject="Re: your question")
    assert not Draft.objects.exists()


def test_it_is_gone_once_it_is_saved(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    as_bob.post(url("done", vera), {"text": NOTE, "note_on": vera.reference})
    assert not Draft.objects.exists()
    assert vera.events.filter(kind=EventKind.NOTE).exists()


def test_it_stays_where_nothing_was_saved(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    as_bob.post(url("snooze", vera), {"text": NOTE, "note_on": vera.reference, "until": "never"})
    assert Draft.objects.exists()


def test_it_stays_while_another_lead_is_worked_on(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    as_bob.post(url("done", make_lead(name="Nobody")), {})
    assert Draft.objects.exists()


def test_it_can_be_thrown_away(as_bob: Client, as_alice: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    as_alice.post(reverse("lead_draft_remove", args=[vera.reference]))
    assert Draft.objects.exists(), "it is not hers"
    as_bob.post(reverse("lead_draft_remove", args=[vera.reference]))
    assert NOTE not in page(as_bob, vera)


def test_it_is_encrypted(as_bob: Client, vera: Lead) -> None:
    keep(as_bob, vera)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM leads_draft")
        (stored,) = cursor.fetchone()
    assert b"mornings" not in bytes(stored)


def test_what_is_too_long_is_refused_with_a_sentence(as_bob: Client, vera: Lead) -> None:
    assert keep(as_bob, vera, text="x" * (LONGEST + 1)) == 409


def test_charlie_keeps_none(as_charlie: Client, vera: Lead) -> None:
    assert keep(as_charlie, vera) == 404
