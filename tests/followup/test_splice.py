"""The short way to a letter's bytes says what the long one says, and no value gets out of its place."""

from datetime import timedelta
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from leads.followup.compose import compose
from leads.followup.frame import Frame
from leads.followup.letter import Letter
from leads.followup.letterhead import Letterhead
from leads.followup.mime import as_bytes
from leads.followup.splice import spliced
from leads.models import Enquiry, Lead, Message
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message

pytestmark = pytest.mark.django_db

many = hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
plain = st.text("abcXYZ019 .-_@=/:+,", max_size=30)
hostile = (
    st.text(max_size=40)
    | plain
    | st.text("{}<>&\"'%\\\r\n.:= ax", max_size=40)
    | st.builds("{}\r\nBcc: all@example.com{}".format, plain, plain)
    | st.sampled_from(["{{stop_url}}", "https://{{stop_url}}", "\r\n.\r\nMAIL FROM:<>", "x" * 950, "é", "--=_", "\x00", "\u2028"])
)


def parsed(content: bytes) -> Mail:
    """By the parser that takes every header as it stands; the other one breaks on some that nobody should send."""
    return message_from_bytes(content)


def said(content: bytes) -> tuple[Any, ...]:
    """All that a reader's program finds, boundary and encodings aside."""
    mail = parsed(content)
    headers = [(name, value) for name, value in mail.items() if name != "Content-Type"]
    return headers, [(part.get_content_type(), text_of(part)) for part in parts_of(mail)]


def parts_of(mail: Mail) -> list[Mail]:
    parts = mail.get_payload()
    assert isinstance(parts, list)
    return [part for part in parts if isinstance(part, Mail)]


def text_of(part: Mail) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def both(letter: Letter) -> tuple[bytes | None, bytes]:
    short = spliced(letter.own_headers, letter.frame, letter.values)
    return short, as_bytes(letter.headers, letter.text, letter.html)


def test_what_most_visitors_get_goes_the_short_way() -> None:
    enquiry = make_enquiry()
    for message in (make_message(enquiry), make_followup(make_enrolment(enquiry.lead), mail="followup-1")):
        short, long = both(compose(message, Letterhead.current()))
        assert short is not None
        assert said(short) == said(long)
        assert all(len(line) < 998 for line in short.split(b"\r\n"))


@pytest.mark.parametrize(
    ("name", "language", "to"),
    [
        ("José Lind", "en", "v@example.com"),
        ("Vera O'Hara", "en", "v@example.com"),
        ("Vera", "es", "v@example.com"),
        ("", "en", "vé@example.com"),
    ],
)
def test_what_needs_an_encoding_goes_the_long_way(name: str, language: str, to: str) -> None:
    letter = compose(make_message(make_enquiry(name=name), language=language, to_address=to), Letterhead.current())
    assert spliced(letter.own_headers, letter.frame, letter.values) is None
    assert name in text_of(parts_of(parsed(letter.as_bytes()))[0])


@many
@given(name=hostile, to=hostile, language=st.sampled_from(["en", "es"]), crisis=st.booleans(), hours=st.integers(-1, 90))
def test_an_acknowledgement_says_the_same_either_way(db: None, name: str, to: str, language: str, crisis: bool, hours: int) -> None:
    enquiry = Enquiry(name=name, promise_at=timezone.now() + timedelta(hours=hours), crisis=crisis)
    message = Message(kind="acknowledgement", enquiry=enquiry, to_address=to, message_id="<a@b.example>", language=language)
    short, long = both(compose(message, Letterhead.current()))
    assert short is None or said(short) == said(long)


@many
@given(name=hostile, language=st.sampled_from(["en", "es"]), step=st.integers(1, 3))
def test_a_follow_up_says_the_same_either_way(db: None, name: str, language: str, step: int) -> None:
    lead = Lead(name=name, reference="7K3M-4XQP")
    message = Message(
        kind="followup", mail=f"followup-{step}", lead=lead, to_address="v@example.com", message_id="<a@b>", language=language
    )
    short, long = both(compose(message, Letterhead.current()))
    assert short is None or said(short) == said(long)


FRAME = Frame(
    {"From": "hello@example.com", "Subject": "For {{name}}", "List-Unsubscribe": "<https://{{stop_url}}>"},
    "Hello {{name}},\n\n{{name}} {{reference}}\nhttps://{{stop_url}}\n",
    '<p>Hello {{name}},</p>\n<p>{{name}} {{reference}}<br>\n<a href="https://{{stop_url}}">https://{{stop_url}}</a></p>\n',
)


@many
@given(
    own=st.fixed_dictionaries({"To": hostile, "Date": hostile}),
    values=st.fixed_dictionaries(dict.fromkeys(("name", "reference", "stop_url"), hostile)),
)
def test_no_value_gets_out_of_its_place(own: dict[str, str], values: dict[str, str]) -> None:
    short = spliced(own, FRAME, values)
    if short is None:
        return
    letter = Letter("hello@example.com", "vera@example.com", own, FRAME, values)
    assert parsed(short).keys() == [*own, "From", "Subject", "List-Unsubscribe", "MIME-Version", "Content-Type"]
    assert said(short) == said(as_bytes(letter.headers, letter.text, letter.html))
    assert all(len(line) < 998 for line in short.split(b"\r\n"))


@many
@given(name=plain, reference=plain)
def test_simple_values_do_go_the_short_way(name: str, reference: str) -> None:
    values = {
        "name": f"V{' '.join(name.split())}",
        "reference": f"7{' '.join(reference.split())}",
        "stop_url": "https://example.com/stop/7K3M.abc/",
    }
    assert spliced({"To": "vera@example.com"}, FRAME, values)
