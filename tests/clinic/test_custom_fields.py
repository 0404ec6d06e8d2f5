"""Settings, fields: what a clinic wants to know beside the details. Key and kind stay; what stands in a field is never lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.clinic import custom_fields
from leads.models import CustomField

pytestmark = pytest.mark.django_db
PAGE = reverse("fields")
INSURANCE = {"label": "Insurance", "kind": "choice", "labels": "Aetna\r\n Cigna \r\n\r\naetna", "help": "", "position": "1", "key": ""}


def text(client: Client, query: str = "") -> str:
    return " ".join(client.get(PAGE + query).content.decode().split())


def post(client: Client, field: CustomField | None = None, **changes: str) -> Any:
    return client.post(f"{PAGE}?field={field.pk}" if field else PAGE, INSURANCE | changes)


@pytest.fixture
def insurance(as_alice: Client) -> CustomField:
    post(as_alice)
    return CustomField.objects.get()


def offered(field: CustomField) -> list[str]:
    return [choice.label for choice in CustomField.objects.get(pk=field.pk).offered()]


def test_one_is_made_with_its_choices(as_alice: Client) -> None:
    assert "There is none yet." in text(as_alice)
    assert post(as_alice)["Location"] == f"{PAGE}?saved"
    field = CustomField.objects.get()
    assert (field.key, field.label, field.kind) == ("insurance", "Insurance", "choice")
    assert offered(field) == ["aetna", "Cigna"]


def test_key_and_kind_never_change(as_alice: Client, insurance: CustomField) -> None:
    post(as_alice, insurance, key="other", kind="text", label="Insurer")
    field = CustomField.objects.get()
    assert (field.key, field.label, field.kind) == ("insurance", "Insurer", "choice")


def test_a_choice_that_comes_back_is_the_same_one(as_alice: Client, insurance: CustomField) -> None:
    known = set(insurance.choices.values_list("pk", flat=True))
    post(as_alice, insurance, labels="Cigna")
    assert offered(insurance) == ["Cigna"]
    post(as_alice, insurance, labels="Cigna\nAetna")
    assert offered(insurance) == ["Cigna", "Aetna"]
    assert set(insurance.choices.values_list("pk", flat=True)) == known


def test_one_key_is_one_field(as_alice: Client, insurance: CustomField) -> None:
    assert "with this name for programs already" in post(as_alice).content.decode()
    assert CustomField.objects.count() == 1


@pytest.mark.parametrize(("changes", "said"), [
    ({"label": ""}, "Give it a label"),
    ({"kind": "mood"}, "Choose what it holds"),
    ({"labels": " \n "}, "Enter at least one choice"),
    ({"labels": "x" * 61}, "Shorten each choice to 60 characters"),
    ({"labels": "\n".join(map(str, range(51)))}, "Keep it to 50 choices"),
    ({"position": "-1"}, "Enter a number from 0 to 999"),
    ({"key": "no spaces"}, "Use small letters"),
    ({"label": "保険"}, "Enter a name of small letters for programs"),
])  # fmt: skip
def test_what_does_not_fit_is_told(as_alice: Client, changes: dict[str, str], said: str) -> None:
    response = as_alice.post(PAGE, INSURANCE | changes)
    assert said in response.content.decode()
    assert not CustomField.objects.exists()


def test_it_goes_out_of_use_and_comes_back(as_alice: Client, insurance: CustomField) -> None:
    post(as_alice, insurance, archive="yes")
    assert CustomField.objects.known() == []
    assert "Out of use" in text(as_alice)
    post(as_alice, insurance, restore="yes")
    assert CustomField.objects.known() == [insurance]


def test_there_is_an_end_to_them(as_alice: Client, monkeypatch: pytest.MonkeyPatch, insurance: CustomField) -> None:
    monkeypatch.setattr(custom_fields, "MOST", 1)
    assert "Put one out of use first" in post(as_alice, label="Other", key="other").content.decode()


def test_the_page_says_what_is_encrypted(as_alice: Client) -> None:
    assert "Only text is kept encrypted" in text(as_alice)


def test_those_at_the_front_desk_do_not_manage_them(as_bob: Client) -> None:
    assert as_bob.get(PAGE).status_code == 404
    assert post(as_bob).status_code == 404
