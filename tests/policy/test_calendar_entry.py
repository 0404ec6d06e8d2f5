"""A calendar reads what we mean, and nothing in any field breaks a line."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.policy.calendar_entry import CalendarEntry

NAMES = [
    *("BEGIN", "VERSION", "PRODID", "METHOD", "BEGIN", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "CLASS"),
    *("ORGANIZER", "ATTENDEE", "END", "END"),
]
NOON = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)


def entry(**fields: Any) -> CalendarEntry:
    usual: dict[str, Any] = {
        "uid": "0190@harbor.example",
        "revision": 0,
        "stamped_at": NOON - timedelta(days=3),
        "starts_at": NOON,
        "minutes": 45,
        "summary": "Harbor",
        "organizer": "hello@harbor.example",
        "attendee": "vera@example.com",
    }
    return CalendarEntry(**(usual | fields))


def lines_of(text: str) -> list[str]:
    """Unfolded."""
    assert text.endswith("\r\n")
    return re.sub("\r\n ", "", text).split("\r\n")[:-1]


def names_of(text: str) -> list[str]:
    return [re.split("[;:]", line, maxsplit=1)[0] for line in lines_of(text)]


def test_it_says_when_in_utc_and_who() -> None:
    lines = lines_of(entry().as_text())
    assert lines[3:10] == [
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:0190@harbor.example",
        "SEQUENCE:0",
        "DTSTAMP:20261128T183000Z",
        "DTSTART:20261201T183000Z",
        "DTEND:20261201T191500Z",
    ]
    assert lines[13:15] == [
        'ORGANIZER;CN="Harbor":mailto:hello@harbor.example',
        "ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:vera@example.com",
    ]


def test_a_cancellation_says_so_twice() -> None:
    lines = lines_of(entry(revision=3, cancelled=True).as_text())
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3"} <= set(lines)


@pytest.mark.parametrize(
    ("summary", "written"),
    [("Harbor, Quay; 12", r"Harbor\, Quay\; 12"), ("a\\b", r"a\\b"), ("two\r\nlines", "two lines"), ('"Harbor"', '"Harbor"')],
)
def test_what_means_something_there_is_escaped(summary: str, written: str) -> None:
    assert f"SUMMARY:{written}" in lines_of(entry(summary=summary).as_text())


def test_a_zone_of_the_time_does_not_matter() -> None:
    assert entry(starts_at=datetime.fromisoformat("2026-12-01T13:30:00-05:00")).as_text() == entry().as_text()


hostile = (
    st.text(max_size=200)
    | st.text('\r\n\t :;,\\"\x0b\x0c\x1c\x85\u2028\ud800é𝄞', max_size=200)
    | st.builds("{}\r\nATTENDEE:mailto:all@example.com{}".format, st.text(max_size=9), st.text(max_size=9))
)


@given(uid=hostile, summary=hostile, organizer=hostile, attendee=hostile, cancelled=st.booleans())
def test_nothing_breaks_a_line(uid: str, summary: str, organizer: str, attendee: str, cancelled: bool) -> None:
    text = entry(uid=uid, summary=summary, organizer=organizer, attendee=attendee, cancelled=cancelled).as_text()
    assert names_of(text) == NAMES
    assert text.count("\n") == text.count("\r") == len(text.split("\r\n")) - 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert len(text.splitlines()) == text.count("\r\n")


@given(summary=st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=300))
def test_what_was_folded_is_what_was_meant(summary: str) -> None:
    line = next(line for line in lines_of(entry(summary=summary).as_text()) if line.startswith("SUMMARY:"))
    assert re.sub(r"\\(.)", r"\1", line.removeprefix("SUMMARY:")) == summary
