"""Visitors read in their browser's language, or in the one they choose; the address carries the choice, no cookie does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
import time_machine
from django.test import Client
from django.utils.translation.template import templatize

from leads.models import Enquiry
from tests.capture.page import send

SPANISH = {"accept-language": "es-MX,es;q=0.9"}
STAFF_FILES = ("add_enquiry.html", "desk.py", "desk_contact.py", "desk_error_pages.py", "reach.html", "staff_form.py")
VISITORS_FILES = [
    Path("templates/leads/base.html"),
    Path("templates/leads/public.html"),
    *Path("templates/leads/parts").glob("*.html"),
    *Path("templates/leads/capture").glob("*.html"),
    *Path("templates/leads/followup").glob("*.html"),
    *Path("leads/capture").glob("*.py"),
    Path("leads/policy/consent.py"),
    Path("leads/api/errors.py"),  # A clinic's website may show what the API says, crisis help included.
    Path("leads/api/fields.py"),
]


@pytest.mark.django_db
def test_the_browser_is_asked_first(client: Client) -> None:
    page = client.get("/", headers=SPANISH).content.decode()
    assert '<html lang="es"' in page
    assert "La terapia de infusión de ketamina" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("lang", "language"), [("en", "en"), ("es", "es"), ("xx", "es"), ("", "es"), ("\x00", "es")])
def test_a_choice_goes_before_the_browser(client: Client, lang: str, language: str) -> None:
    page = client.get("/", {"lang": lang}, headers=SPANISH).content.decode()
    assert f'<html lang="{language}"' in page


@pytest.mark.django_db
def test_each_page_leads_to_the_other_language_and_keeps_what_led_here(client: Client) -> None:
    page = client.get("/?utm_source=radio").content.decode()
    assert '<a href="?utm_source=radio&amp;lang=es" lang="es" hreflang="es">Español</a>' in page


@pytest.mark.django_db
def test_a_form_that_came_back_offers_no_link_that_would_lose_it(client: Client) -> None:
    assert "Español" in client.get("/contact/").content.decode()
    assert "Español" not in send(client, name="").content.decode()


@pytest.mark.django_db
def test_the_choice_goes_along_to_the_thank_you_page_and_is_noted(client: Client) -> None:
    assert 'href="/contact/?lang=es"' in client.get("/?lang=es").content.decode()
    assert 'action="/contact/?lang=es"' in client.get("/contact/?lang=es").content.decode()
    address = send(client, path="/contact/?lang=es").headers["Location"]
    with time_machine.travel("2026-03-02 15:10Z", tick=False):
        page = client.get(address).content.decode()
    assert "Gracias. Tenemos su mensaje" in page
    assert "lunes 2 de marzo, 14:15" in page
    assert Enquiry.objects.get().language == "es"


@pytest.mark.django_db
def test_mistakes_are_said_in_the_same_language(client: Client) -> None:
    assert "Escriba el nombre que quiere que usemos" in send(client, path="/contact/?lang=es", name="").content.decode()


def test_staff_pages_are_not_half_translated(client: Client) -> None:
    assert '<html lang="en"' in client.get("/accounts/login/", headers=SPANISH).content.decode()


def texts(file: Path) -> Iterator[str]:
    source = file.read_text()
    if file.suffix == ".html":
        for quoted, _ in re.findall(r"""gettext\(u?((['"]).*?(?<!\\)\2)\)""", templatize(source)):
            yield ast.literal_eval(quoted)
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext") and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


@pytest.mark.parametrize("file", [file for file in VISITORS_FILES if file.name not in STAFF_FILES], ids=str)
def test_everything_a_visitor_reads_is_translated(file: Path) -> None:
    catalogue = {entry.msgid: entry for entry in polib.pofile("leads/locale/es/LC_MESSAGES/django.po")}
    assert [text for text in texts(file) if text not in catalogue or not catalogue[text].translated()] == []
