"""A manager writes a sequence in two languages, and whoever writes to the clinic gets it. By what the pages say, and nothing else."""

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from leads.followup.crew import deliver_due
from leads.followup.sequences import materialise
from leads.models import Enrolment, User
from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)
EDIT = "/desk/followups/after-enquiry/edit/"
MAILS = [
    ("A first word", "How are things?", "Una primera palabra", "¿Cómo está todo?"),
    ("A second word", "Is anything unclear?", "Una segunda palabra", "¿Queda alguna duda?"),
    ("A last word", "We are still here.", "Una última palabra", "Seguimos aquí."),
]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def says(page: Page, text: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(text)


def write_mail(page: Page, number: int) -> None:
    subject, text, asunto, texto = MAILS[number - 1]
    follow(page, f"Edit mail {number}")
    page.get_by_label("Subject, English").fill(subject)
    page.get_by_label("Text, English").focus()
    press(page, "{{ greeting }}")
    expect(page.get_by_label("Text, English")).to_be_focused()
    page.keyboard.type(f"\n\n{text}")
    page.get_by_label("Subject, Español").fill(asunto)
    page.get_by_label("Text, Español").focus()
    press(page, "{{ greeting }}")
    page.keyboard.type("\n\nPara ")
    press(page, "{{ name|you }}")
    page.keyboard.type(f": {texto}")
    press(page, "Save")
    expect(page.get_by_role("status")).to_contain_text(f"Mail {number} is saved in the draft.")
    expect(page.get_by_label("Text, Español")).to_have_value(f"{{{{ greeting }}}}\n\nPara {{{{ name|usted }}}}: {texto}")
    follow(page, "In Spanish")


def write_sequence(page: Page) -> None:
    """From the inbox to a draft of three mails, for people who write in Spanish."""
    follow(page, "Follow-ups")
    follow(page, "New sequence")
    page.get_by_label("Name").fill("In Spanish")
    page.get_by_label("Español").check()
    press(page, "Make the sequence")
    heading(page, "In Spanish")
    says(page, "The English text is missing.")
    for number in (1, 2, 3):
        if number > 1:
            press(page, "Add a mail")
        write_mail(page, number)


def vera_writes_in_spanish(page: Page) -> None:
    page.get_by_label("¿Cómo quiere que le llamemos?").fill("Vera Lind")
    page.get_by_label("Correo electrónico").first.fill("vera@example.com")
    page.get_by_label("Pueden usar estos datos para responderme.").check()
    page.get_by_label("Envíenme hasta 3 correos de seguimiento. Puedo cancelarlos en cualquier momento.").check()
    press(page, "Enviar mi pregunta")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gracias")


def test_from_an_empty_page_to_the_first_mail(open_page: OpenPage, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page("/desk/", user=alice)
    write_sequence(page)
    page.get_by_label("Somebody writes on").fill("2026-11-06T16:00")
    press(page, "Show the dates")
    says(page, "Monday 9 November 2026, noon")
    follow(page, "Preview – mail 1")
    follow(page, "Español")
    says(page, "Una primera palabra")
    for title in ("The mail on a phone", "The mail on a dark screen", "The mail on a desktop"):
        framed = page.frame_locator(f"iframe[title='{title}']")
        expect(framed.get_by_text("Para Vera: ¿Cómo está todo?")).to_be_visible()
    press(page, "Send me a test")
    expect(page.get_by_role("status")).to_contain_text("Sent to alice@example.com.")
    follow(page, "Mail 1")
    follow(page, "In Spanish")
    press(page, "Publish version 1")
    expect(page.get_by_role("status")).to_contain_text("Published: In Spanish.")

    monkeypatch.setattr("leads.capture.page_form.HUMAN_PAUSE", 0)
    vera_writes_in_spanish(open_page("/contact/?lang=es"))
    due_at = Enrolment.objects.get().due_at
    with time_machine.travel(due_at, tick=False):
        materialise(timezone.now())
        deliver_due()
    first = mail.outbox[-1]
    assert (first.to, first.subject) == (["vera@example.com"], "Una primera palabra")
    assert "Hola, Vera Lind:\n\nPara Vera Lind: ¿Cómo está todo?" in str(first.body)


def test_every_page_looks_right(open_page: OpenPage, alice: User) -> None:
    page = open_page("/desk/followups/new/", user=alice, status=400)
    assert_looks_right(page)
    press(page, "Make the sequence")
    expect(page.locator(".error-summary")).to_be_focused()
    assert_looks_right(page)
    for path in (f"{EDIT}1/preview/", EDIT, f"{EDIT}1/"):
        page.goto(path)
        assert_looks_right(page)
    page.get_by_label("Subject, English").fill("Your ketamine")
    press(page, "Save")
    expect(page.locator(".finding")).to_contain_text("ketamine")
    assert_looks_right(page)


def test_what_is_refused_looks_right(open_page: OpenPage, alice: User) -> None:
    page = open_page(f"{EDIT}1/", user=alice, status=409)
    page.get_by_label("Subject, English").fill("Your ketamine")
    press(page, "Save")
    page.goto(EDIT)
    press(page, "Publish version 2")
    expect(page.locator(".error-summary")).to_be_focused()
    says(page, "Mail 1, English: These words tell what somebody is treated for: ketamine.")
    assert_looks_right(page)
    page.goto("/desk/followups/")
    assert_looks_right(page)


def test_it_works_without_javascript(open_page: OpenPage, alice: User) -> None:
    page = open_page(EDIT, user=alice, javascript=False)
    page.get_by_label("Monday").fill("9-11")
    press(page, "Move down – mail 1")
    expect(page.get_by_role("status")).to_contain_text("The mail is moved.")
    says(page, "Mails leave Monday 9 a.m.–11 a.m.")
    follow(page, "Edit mail 1")
    expect(page.get_by_text("{{ name|you }}")).to_be_visible()
    page.get_by_label("Wait").fill("3")
    page.get_by_label("Wait").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Mail 1 is saved in the draft.")


def test_g_and_f_lead_there(open_page: OpenPage, alice: User) -> None:
    page = open_page("/desk/", user=alice)
    page.keyboard.press("g")
    page.keyboard.press("f")
    heading(page, "Follow-ups")
