"""One sentence for each mistake, whoever sends: page or API."""

from typing import Any

import pytest

from leads.capture.forms import EnquiryForm
from leads.capture.staff_form import StaffEnquiryForm
from tests.cast import vera

LONG = "x" * 6000


def errors(**changes: Any) -> dict[str, list[str]]:
    return {name: [str(sentence) for sentence in sentences] for name, sentences in EnquiryForm(vera(**changes)).errors.items()}


def test_vera_is_understood() -> None:
    form = EnquiryForm(vera())
    assert form.is_valid()
    assert form.cleaned_data == vera()


def test_marks_that_came_along_with_a_pasted_address_are_no_mistake() -> None:
    """Messengers put them around what is copied, and nobody can see why it was refused."""
    form = EnquiryForm(vera(email="\u200evera@example.com\u200b", phone="\u202a+1 555 010 0177\u202c"))
    assert form.is_valid()
    assert (form.cleaned_data["email"], form.cleaned_data["phone"]) == ("vera@example.com", "+1 555 010 0177")


@pytest.mark.parametrize("name", ["\u200b", "\u202e\u2066 \ufeff"])
def test_a_name_that_nobody_sees_is_none(name: str) -> None:
    assert errors(name=name) == {"name": ["Enter the name you would like us to use"]}


def test_what_a_page_words_its_own_way_stays_its_own() -> None:
    """The API's forms share their fields, so nobody may change those."""
    before = (EnquiryForm().fields["name"].label, EnquiryForm().fields["reply_by"].widget.choices)
    page = StaffEnquiryForm(channels=["email"])
    assert page.fields["name"].label != before[0]
    assert page.fields["reply_by"].widget.choices != before[1]
    assert (EnquiryForm().fields["name"].label, EnquiryForm().fields["reply_by"].widget.choices) == before


def test_nothing_at_all() -> None:
    assert EnquiryForm({}).errors == {
        "name": ["Enter the name you would like us to use"],
        "email": ["Enter an email address or a phone number so we can reply"],
        "consent_reply": ["Select the box so we can reply to you"],
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "  \n ", "Enter the name you would like us to use"),
        ("name", LONG, "Enter a name of at most 120 characters"),
        ("email", "vera", "Enter an email address in the correct format, like name@example.com"),
        ("email", "vera@localhost", "Enter an email address in the correct format, like name@example.com"),
        ("email", "Vera <vera@example.com>", "Enter an email address in the correct format, like name@example.com"),
        ("email", "vera@example.com, bob@example.com", "Enter an email address in the correct format, like name@example.com"),
        ("email", f"{LONG}@example.com", "Enter an email address of at most 254 characters"),
        ("email", "ﷺ" * 21 + "@example.com", "Enter an email address in the correct format, like name@example.com"),
        ("phone", "none", "Enter a phone number with all its digits, like (555) 010-0123"),
        ("phone", "5" * 41, "Enter a phone number of at most 40 characters"),
        ("topic", "everything", "Choose one of the topics listed"),
        ("reply_by", "pigeon", "Choose one of the ways to reply"),
        ("message", LONG, "Shorten your message to 5,000 characters. You can tell us the rest when we reply"),
        ("consent_reply", False, "Select the box so we can reply to you"),
        ("consent_reply", "false", "Select the box so we can reply to you"),
        ("consent_reply", 1, "Answer with true or false."),
        ("consent_followup", [], "Answer with true or false."),
        ("name", ["Vera"], "Enter this as text."),
        ("message", {"a": 1}, "Enter this as text."),
        ("topic", 5, "Choose one of the topics listed"),
    ],
)
def test_a_mistake_is_one_sentence(field: str, value: Any, sentence: str) -> None:
    assert errors(**{field: value}) == {field: [sentence]}


@pytest.mark.parametrize("phone", ["(555) 010-0123", "+49 89 1234567", "555.010.0123 ext. 4", "0015550100123"])
def test_a_phone_number_comes_in_any_format(phone: str) -> None:
    form = EnquiryForm(vera(email="", phone=phone))
    assert form.is_valid()
    assert form.cleaned_data["phone"] == phone


def test_null_is_the_same_as_left_out() -> None:
    assert errors(phone=None, message=None, topic=None, reply_by=None, consent_followup=None) == {}


def test_line_ends_and_control_characters_leave_single_lines() -> None:
    form = EnquiryForm(vera(name="Vera\r\nBcc: bob@example.com\x00", message="One\r\ntwo\x00\x1b[31m"))
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Vera Bcc: bob@example.com"
    assert form.cleaned_data["message"] == "One\ntwo[31m"
