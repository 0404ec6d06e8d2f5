"""Templates of what staff write often: written, changed and removed on one page; a mistake is told before one is kept."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.clinic import actions
from leads.models import MailTemplate, User

pytestmark = pytest.mark.django_db
PAGE = reverse("templates")
COSTS = {"name": "Costs", "language": "en", "subject": "What a visit costs", "body": "{{ greeting }}\r\n\r\nIt depends."}


def write(client: Client, **changes: str) -> Any:
    return client.post(PAGE, COSTS | changes)


def rewrite(client: Client, template: MailTemplate, **changes: str) -> Any:
    return client.post(f"{PAGE}?template={template.pk}", COSTS | changes)


def text(client: Client, query: str = "") -> str:
    return client.get(PAGE + query).content.decode()


@pytest.fixture
def costs(db: None) -> MailTemplate:
    return MailTemplate.objects.create(**COSTS)


def test_one_is_written(as_alice: Client) -> None:
    assert "There is none yet." in text(as_alice)
    assert write(as_alice)["Location"] == f"{PAGE}?saved"
    kept = MailTemplate.objects.get()
    assert (kept.name, kept.language, kept.subject, kept.body) == (*list(COSTS.values())[:3], "{{ greeting }}\n\nIt depends.")
    page = text(as_alice, "?saved")
    assert "Saved." in page
    assert "What a visit costs" in page


def test_the_page_says_what_is_filled_in(as_alice: Client) -> None:
    assert "<code>{{ greeting }}</code>, <code>{{ name|you }}</code>" in text(as_alice)


def test_one_is_changed(as_alice: Client, costs: MailTemplate) -> None:
    assert "Change “Costs”" in text(as_alice, f"?template={costs.pk}")
    rewrite(as_alice, costs, body="Nothing.")
    assert MailTemplate.objects.get().body == "Nothing."


def test_a_line_end_is_one_character_of_its_length(as_alice: Client) -> None:
    body = "a\r\n" * 2499 + "aa"
    write(as_alice, body=body)
    assert MailTemplate.objects.get().body == body.replace("\r\n", "\n")


def test_one_is_removed_and_removing_it_twice_is_as_good(as_alice: Client, costs: MailTemplate) -> None:
    for _ in range(2):
        assert rewrite(as_alice, costs, remove="yes")["Location"] == f"{PAGE}?saved"
    assert not MailTemplate.objects.exists()


def test_what_is_typed_while_a_colleague_removes_it_is_kept(as_alice: Client, costs: MailTemplate) -> None:
    MailTemplate.objects.all().delete()
    rewrite(as_alice, costs, body="Nothing.")
    assert MailTemplate.objects.get().body == "Nothing."


def test_the_same_name_in_another_language_is_another_one(as_alice: Client, costs: MailTemplate) -> None:
    assert write(as_alice, language="es").status_code == 302
    page = write(as_alice).content.decode()
    assert "There is a template of this name in this language already" in page
    assert MailTemplate.objects.count() == 2


def test_two_at_the_same_moment_are_one(alice: User, costs: MailTemplate) -> None:
    assert not actions.save_template(by=alice, template=MailTemplate(**COSTS))


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"name": ""}, "Give it a name"),
    ({"name": "x" * 61}, "Shorten the name to 60 characters"),
    ({"subject": " "}, "Write a subject"),
    ({"subject": "x" * 151}, "Shorten the subject to 150 characters"),
    ({"body": ""}, "Write the text"),
    ({"body": "x" * 5001}, "Shorten the text to 5000 characters"),
    ({"body": "{{ password }}"}, "There is no such variable: password."),
    ({"subject": "For {{ name }}"}, "These can be empty and need a word instead"),
    ({"language": "xx"}, "There is a problem"),
    ({"body": "\0"}, "There is a problem"),
])  # fmt: skip
def test_a_mistake_is_told_and_what_was_typed_stays(as_alice: Client, changes: dict[str, str], sentence: str) -> None:
    page = write(as_alice, **changes).content.decode()
    assert sentence in page
    assert not MailTemplate.objects.exists()
    assert ("It depends." in page) is ("body" not in changes)


@pytest.mark.parametrize("changes", [{"subject": "About ketamine"}, {"body": "Your depression. " + "x" * 200}])
def test_words_that_others_could_read_are_warned_of(as_alice: Client, changes: dict[str, str]) -> None:
    assert write(as_alice, **changes).status_code == 302
    assert "in its subject or first words: others may see them." in text(as_alice)


def test_what_stands_further_down_is_between_the_two(as_alice: Client) -> None:
    write(as_alice, body="x " * 100 + "ketamine")
    assert "others may see them" not in text(as_alice)


@pytest.mark.parametrize("query", ["x", "-1", "%00", "9" * 18, "9" * 30, "1e3", "²"])
def test_nonsense_is_a_new_one(as_alice: Client, costs: MailTemplate, query: str) -> None:
    assert "Write a template" in text(as_alice, f"?template={query}")


def test_only_who_edits_the_clinic_opens_it(as_bob: Client) -> None:
    assert as_bob.get(PAGE).status_code == 404
    assert write(as_bob).status_code == 404
    assert as_bob.put(PAGE).status_code == 404
