"""The treatment in plain words, and what search engines read."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from leads.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> None:
    settings.PUBLIC_URL = "https://clinic.example"


FACTS = [
    "anaesthetic",
    "given into a vein, in a medical setting",
    "Depression",
    "Anxiety disorders",
    "PTSD",
    "OCD",
    "Chronic pain",
    "Suicidal ideation",
    "Bipolar disorder",
    "binds to NMDA receptors",
    "chemistry, structure and function",
    "improve mood",
    "regulate your emotions",
    "lessen pain",
    "ability to cope",
    "relaxation, or sedation",
    "euphoria",
    "dissociation",
    "out-of-body",
    "Some people feel little",
    "Often within hours",
    "Days to weeks",
    "Not for everybody",
    "works only after several days",
    "can work where other treatments did not",
    "more than 50 years",
    "anaesthesia and pain care",
    "Doses below those used for anaesthesia lower the risk",
    "dizziness, nausea, headache and confusion",
    "mostly mild and short, and they can be managed",
    "only in a medical setting, under the close supervision of a qualified professional",
    "Contact us",
]


def text_of(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def test_every_fact_is_told(client: Client) -> None:
    page = text_of(client, "/")
    assert [fact for fact in FACTS if fact not in page] == []


def test_crisis_help_is_one_tap_away(client: Client) -> None:
    page = text_of(client, "/")
    for link in ("tel:911", "tel:988", "sms:988"):
        assert f'href="{link}"' in page


def test_it_says_who_checked_it_or_that_nobody_has_yet(client: Client) -> None:
    assert "review of it is still to come" in text_of(client, "/")
    Clinic.objects.update(reviewed_by="Alice Moor, MD", reviewed_on="2026-03-02")
    assert "Checked by Alice Moor, MD on March 2, 2026." in text_of(client, "/")


@pytest.mark.parametrize("path", ["/", "/contact/", "/privacy/"])
def test_each_page_has_title_description_and_one_address(client: Client, path: str) -> None:
    page = text_of(client, f"{path}?utm_source=radio")
    assert re.search(r"<title>[^<]{7,70}</title>", page)
    assert re.search(r'<meta name="description" content="[^"]{40,170}">', page)
    assert f'<link rel="canonical" href="https://clinic.example{path}">' in page
    assert 'content="noindex"' not in page


def test_who_we_are_as_data(client: Client) -> None:
    Clinic.objects.update(name="</script><b>&")
    page = client.get("/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert block
    data = json.loads(block[1])
    assert data["@type"] == "MedicalClinic"
    assert data["name"] == "</script><b>&"
    assert data["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "Monday",
        "opens": "09:00",
        "closes": "17:00",
    }


def test_a_shared_link_has_a_picture_and_words(client: Client) -> None:
    page = client.get("/").content.decode()
    assert '<meta property="og:image" content="https://clinic.example/static/leads/card.png">' in page
    assert '<meta property="og:title" content="Ketamine infusion therapy, explained plainly">' in page


def test_the_sitemap_lists_the_pages_and_robots_find_it(client: Client) -> None:
    assert text_of(client, "/sitemap.xml").count("<loc>https://clinic.example/") == 3
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/\n" in robots
    assert "Sitemap: https://clinic.example/sitemap.xml" in robots


def test_pages_of_one_person_are_for_nobody_else(client: Client) -> None:
    assert 'content="noindex"' in text_of(client, "/contact/sent/x/")


@pytest.mark.parametrize("word", ["please", "sorry", "invalid"])
def test_we_talk_plainly(client: Client, word: str) -> None:
    for path in ("/", "/contact/", "/privacy/"):
        assert word not in text_of(client, path).lower()


def test_what_visitors_ask_of_us_is_done_by_a_person_and_the_page_says_so(client: Client) -> None:
    page = text_of(client, "/privacy/")
    assert "On your own page, by phone or in writing, you can ask us:" in page
    assert "A person at the clinic reads what you ask and sees to it" in page


@pytest.mark.parametrize("claim", ["not helped", "Infusion therapy uses doses"])
def test_it_claims_no_more_than_the_facts(client: Client, claim: str) -> None:
    assert claim not in text_of(client, "/")
