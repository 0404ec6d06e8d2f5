"""Search: exact things first, else words; never what people wrote."""

import pytest

from leads.models import Channel, Clinic, Enquiry, Lead
from leads.triage.lists.search import search
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return sorted(search(Lead.objects.all(), text).values_list("name", flat=True))


@pytest.fixture(autouse=True)
def people(clinic: Clinic) -> None:
    make_lead(name="Dana Whitfield", email="dana@example.com", phone="+12125550104", reference="7K3M-92QX")
    make_lead(name="Marcus Oyelaran", email="marcus.o@example.org", phone="")
    make_lead(name="Dana Reyes", email="reyes@example.net", phone="+12125550177")


def test_nothing_typed_is_everybody() -> None:
    assert len(found("  ")) == 3


@pytest.mark.parametrize("text", ["7K3M-92QX", "7k3m-92qx", "7K3M92QX", " 7k3m92qx "])
def test_a_reference_however_it_is_typed(text: str) -> None:
    assert found(text) == ["Dana Whitfield"]


def test_the_reference_of_a_later_enquiry_finds_the_lead() -> None:
    vera_writes()
    second = vera_writes(message="One more question.", address="198.51.100.8")
    assert Enquiry.objects.get(reference=second.reference).lead.reference != second.reference
    assert found(second.reference) == ["Vera Lind"]


@pytest.mark.parametrize("text", ["dana@example.com", " Dana@Example.com "])
def test_an_address(text: str) -> None:
    assert found(text) == ["Dana Whitfield"]


@pytest.mark.parametrize("text", ["+12125550104", "(212) 555-0104", "212 555 0104"])
def test_a_number_however_it_is_typed(text: str) -> None:
    assert found(text) == ["Dana Whitfield"]


def test_the_end_of_a_number() -> None:
    assert found("0177") == ["Dana Reyes"]


@pytest.mark.parametrize(("text", "names"), [
    ("dana", ["Dana Reyes", "Dana Whitfield"]),
    ("DANA rey", ["Dana Reyes"]),
    ("whit", ["Dana Whitfield"]),
    ("example.org", ["Marcus Oyelaran"]),
    ("@example.org", ["Marcus Oyelaran"]),
    ("nobody", []),
    ("100%", []),
    ("_", []),
])  # fmt: skip
def test_words_in_names_and_parts_of_addresses(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_what_they_wrote_is_not_searched() -> None:
    vera_writes(message="an unmistakable word")
    assert found("unmistakable") == []


@pytest.mark.parametrize("text", ["\x00", "a" * 10_000, "' OR 1=1 --", "1" * 100, "@", "%%%", "a " * 500])
def test_nothing_typed_is_an_error(text: str) -> None:
    found(text)


def test_channels_are_all_searched_alike() -> None:
    vera_writes()
    assert Enquiry.objects.get().channel == Channel.FORM
    assert found("vera") == ["Vera Lind"]
