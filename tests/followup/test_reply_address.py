"""Where answers to our mails come to: an address that names the lead and that nobody else can make."""

from email import message_from_bytes
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.followup.compose import compose
from leads.followup.letterhead import Letterhead
from leads.followup.reply_address import reference_in, token_of
from leads.models import User
from leads.models.ids import new_reference
from tests.followup.made import make_message, make_staff_mail


def test_a_token_names_its_lead_and_is_lower_case() -> None:
    reference = new_reference()
    token = token_of(reference)
    assert reference_in(token) == reference
    assert token == token.lower()
    assert len(token) == 8 + 26  # 128 bits in letters of five


@given(st.text(max_size=60))
def test_no_other_text_is_a_token(text: str) -> None:
    assert reference_in(text) is None


@pytest.mark.django_db
def test_mail_to_a_visitor_asks_for_answers_there(settings: Any) -> None:
    settings.REPLY_ADDRESS = "reply@clinic.example.com"
    message = make_message()
    assert message.lead
    mail = message_from_bytes(compose(message, Letterhead.current()).as_bytes())
    assert mail["Reply-To"] == f"reply+{token_of(message.lead.reference)}@clinic.example.com"


@pytest.mark.django_db
def test_each_of_many_alike_has_its_own(settings: Any) -> None:
    settings.REPLY_ADDRESS = "reply@clinic.example.com"
    first, second = (compose(make_message(), Letterhead.current()) for _ in range(2))
    assert first.headers["Reply-To"] != second.headers["Reply-To"]


@pytest.mark.django_db
def test_without_such_an_address_answers_come_to_the_sender(settings: Any) -> None:
    settings.REPLY_ADDRESS = ""
    letter = compose(make_message(), Letterhead.current())
    assert letter.headers["Reply-To"] == Letterhead.current().address


@pytest.mark.django_db
def test_staff_mail_says_nothing_about_a_lead(settings: Any, alice: User) -> None:
    settings.REPLY_ADDRESS = "reply@clinic.example.com"
    alert = make_staff_mail(alice, lead=make_message().lead, mail="crisis-alert")
    assert "+" not in compose(alert, Letterhead.current()).headers["Reply-To"]
