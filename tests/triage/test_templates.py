"""A template fills the email box for one person, and never overwrites what somebody typed."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from leads.models import Clinic, Lead, MailTemplate, Message
from tests.cast import vera_writes
from tests.triage.lead_page import url

pytestmark = pytest.mark.django_db
USUAL = "Re: We have your message"
BODY = "{{ greeting }}\n\nCall {{ phone }} and name {{ reference }}, {{ name|there }}.\n{{ sender }}"


@pytest.fixture
def vera(db: None) -> Lead:
    return Lead.objects.get(reference=vera_writes().reference)


@pytest.fixture
def costs(db: None) -> MailTemplate:
    return MailTemplate.objects.create(name="Costs", language="en", subject="Costs, {{ name|you }}", body=BODY)


def use(client: Client, lead: Lead, template: MailTemplate, **typed: str) -> Any:
    typed = {"mail_subject": USUAL, "mail_text": "", "write": "email", "note_on": lead.reference} | typed
    return client.post(url("template", lead), typed | {"template": str(template.pk)})


def boxes(response: Any) -> tuple[str, str]:
    html = response.content.decode()
    found = re.findall(r'<textarea id="mail-(?:subject|text)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    return unescape(found[0]), unescape(found[1])


def test_it_is_filled_with_their_own_values(as_bob: Client, vera: Lead, costs: MailTemplate, clinic: Clinic) -> None:
    subject, text = boxes(use(as_bob, vera, costs))
    assert subject == "Costs, Vera Lind"
    assert text == f"Hello Vera Lind,\n\nCall {clinic.phone} and name {vera.reference}, Vera Lind.\n{clinic.sender_name}"


def test_whoever_has_no_name_for_a_greeting_is_greeted_without(as_bob: Client, vera: Lead, costs: MailTemplate) -> None:
    Lead.objects.update(name="https://spam.example {{ phone }}")
    subject, text = boxes(use(as_bob, vera, costs))
    assert subject == "Costs, you"
    assert text.startswith("Hello,\n\n")
    assert "spam" not in text


def test_nothing_typed_is_overwritten(as_bob: Client, vera: Lead, costs: MailTemplate) -> None:
    response = use(as_bob, vera, costs, mail_subject="Tuesday", mail_text="Dear Vera,\r\n", text="Prefers mornings.")
    subject, text = boxes(response)
    assert subject == "Tuesday"
    assert text.startswith("Dear Vera,\n\nHello Vera Lind,")
    assert "Prefers mornings." in response.content.decode()


def test_the_email_box_is_open_then_and_nothing_has_happened(as_bob: Client, vera: Lead, costs: MailTemplate) -> None:
    assert 'value="email" checked' in use(as_bob, vera, costs).content.decode()
    assert not Message.objects.filter(kind="answer").exists()


def test_those_in_their_language_come_first(as_bob: Client, vera: Lead, costs: MailTemplate) -> None:
    MailTemplate.objects.create(name="Precio", language="es", subject="Precio", body="{{ greeting }}")
    Lead.objects.update(language="es")
    html = as_bob.get(f"/desk/leads/{vera.reference}/").content.decode()
    assert html.index(">Precio<") < html.index(">Costs (en)<")
    assert boxes(use(as_bob, vera, MailTemplate.objects.get(language="es")))[1] == "Hola, Vera Lind:"


@pytest.mark.parametrize("template", ["", "x", "0", "9" * 30, "-1", "\0"])
def test_what_is_no_template_leaves_the_boxes_as_they_are(as_bob: Client, vera: Lead, costs: MailTemplate, template: str) -> None:
    typed = {"mail_subject": "Tuesday", "mail_text": "At ten?", "write": "email", "template": template}
    response = as_bob.post(url("template", vera), typed)
    assert response.status_code == 400
    assert boxes(response) == ("Tuesday", "At ten?")


def test_one_that_was_removed_meanwhile_says_so_beside_the_empty_box(as_bob: Client, vera: Lead, costs: MailTemplate) -> None:
    MailTemplate.objects.all().delete()
    html = use(as_bob, vera, costs).content.decode()
    assert "Choose a template. Your email is not sent yet." in html
    assert 'value="email" checked' in html


def test_without_templates_nothing_is_offered(as_bob: Client, vera: Lead) -> None:
    assert "Use it" not in as_bob.get(f"/desk/leads/{vera.reference}/").content.decode()
