"""The form in the clinic's own words, and where it has none in ours; in each language."""

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import Clinic

pytestmark = pytest.mark.django_db
WORDING, CONTACT = reverse("wording"), reverse("contact")


def test_what_alice_words_stands_on_the_form(as_alice: Client, client: Client, clinic: Clinic) -> None:
    as_alice.post(
        WORDING, {"heading_en": "Ask us", "intro_en": "We are a small team.", "button_en": "Ask", "message_hint_en": "Short is fine."}
    )
    page = client.get(CONTACT).content.decode()
    assert all(text in page for text in ("<h1>Ask us</h1>", "We are a small team.", ">Ask</button>", "Short is fine."))


def test_the_other_language_keeps_our_words(as_alice: Client, client: Client, clinic: Clinic) -> None:
    as_alice.post(WORDING, {"heading_en": "Ask us", "button_es": "Preguntar"})
    page = client.get(f"{CONTACT}?lang=es").content.decode()
    assert "Ask us" not in page
    assert ">Preguntar</button>" in page


def test_it_stands_there_after_a_mistake_too(as_alice: Client, client: Client, clinic: Clinic) -> None:
    as_alice.post(WORDING, {"message_hint_en": "Short is fine."})
    assert "Short is fine." in client.post(CONTACT, {"name": ""}).content.decode()


def test_an_emptied_box_is_ours_again(as_alice: Client, client: Client, clinic: Clinic) -> None:
    as_alice.post(WORDING, {"heading_en": "Ask us"})
    as_alice.post(WORDING, {"heading_en": " "})
    assert Clinic.objects.get(pk=1).wording == {}
    assert "<h1>Contact us</h1>" in client.get(CONTACT).content.decode()


def test_markup_is_text(as_alice: Client, client: Client, clinic: Clinic) -> None:
    as_alice.post(WORDING, {"intro_en": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get(CONTACT).content.decode()


def test_what_is_too_long_is_named(as_alice: Client, clinic: Clinic) -> None:
    assert "Shorten this to 60 characters" in as_alice.post(WORDING, {"heading_en": "x" * 61}).content.decode()


def test_the_consents_are_not_among_it(as_alice: Client, clinic: Clinic) -> None:
    assert "consent" not in as_alice.get(WORDING).context["form"].fields
    as_alice.post(WORDING, {"consent_reply_en": "You may sell my details."})
    assert Clinic.objects.get(pk=1).wording == {}


def test_the_colour_is_the_visitors(as_alice: Client, client: Client, clinic: Clinic) -> None:
    as_alice.post(reverse("appearance"), {"accent": "moss", "visitors_theme": "dark"})
    page = client.get(CONTACT).content.decode()
    assert 'data-accent="moss"' in page
    assert 'data-theme="dark"' in page
    assert "There is a problem" in as_alice.post(reverse("appearance"), {"accent": "red", "visitors_theme": "dark"}).content.decode()
