"""Whatever is posted to any address of the editor, by whoever and however often, is answered: nothing breaks."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.models import Sequence, Version
from tests.triage.editing import EDIT, fields

pytestmark = pytest.mark.django_db

SEQUENCE = "/desk/followups/after-enquiry/"
ADDRESSES = [
    "/desk/followups/new/", SEQUENCE + "rules/", SEQUENCE + "publish/", SEQUENCE + "move/", EDIT, EDIT + "remove/", EDIT + "1/",
    EDIT + "1/test/", EDIT + "9/", EDIT + "99999999999999999999/", EDIT + "99999999999999999999/test/", "/desk/followups/nobody/edit/",
    "/desk/followups/nobody/publish/",
]  # fmt: skip
MARKED = ("/desk/followups/new/", SEQUENCE + "rules/", EDIT, EDIT + "1/")
NAMES = [
    "seen", "act", "name", "starts", "topics", "languages", "channels", "after", "wait", "unit", "then", "language",
    "subject_en", "body_en", "subject_es", "body_es", *(f"window_{day}" for day in range(7)),
]  # fmt: skip
KNOWN = [
    "",
    "add",
    "up-2",
    "down-1",
    "remove-1",
    "by_itself",
    "by_hand",
    "cost",
    "es",
    "en",
    "9-17",
    "working_days",
    "1",
    "{{ name }}",
    "\0",
]
values = st.sampled_from(KNOWN) | st.text(max_size=40) | st.integers(-(2**70), 2**70).map(str) | st.just("x" * 12_000)
forms = st.dictionaries(st.sampled_from(NAMES), values | st.lists(values, max_size=3), max_size=8)
whatever = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def encodable(form: dict[str, Any]) -> dict[str, Any]:
    """A client that can't send half a letter sends what is left."""
    return {
        name: [each.encode(errors="ignore").decode() for each in ([value] if isinstance(value, str) else value)]
        for name, value in form.items()
    }


@whatever
@given(st.sampled_from(ADDRESSES), forms, st.booleans())
def test_nothing_that_is_posted_breaks_it(as_alice: Client, address: str, form: dict[str, Any], after_reading: bool) -> None:
    first = Version.objects.filter(sequence__slug="after-enquiry", number=1).values_list("windows", "steps__wait", "steps__texts__body")
    before = sorted(map(str, first))
    read = fields(as_alice, address) if after_reading and address in MARKED else {}
    assert as_alice.post(address, read | encodable(form)).status_code < 500
    assert as_alice.get("/desk/followups/").status_code == 200
    for sequence in Sequence.objects.all():
        assert as_alice.get(f"/desk/followups/{sequence.slug}/edit/").status_code == 200
    assert sorted(map(str, first.all())) == before  # a published version never changes


@pytest.mark.parametrize("query", ["at=%00&zone=%00", "at=9999-12-31T23:59&zone=Asia/Tokyo", "at=2026-11-06T16:00", "at=&zone=../../etc"])
def test_any_question_to_the_simulator_is_answered(as_alice: Client, query: str) -> None:
    assert as_alice.get(f"{EDIT}?{query}").status_code == 200


@pytest.mark.parametrize("path", ["0/", "99999999999999999999/", "99999999999999999999/preview/", "7/preview/en/", "1/preview/xx/"])
def test_a_mail_that_is_not_there_is_not_found(as_alice: Client, path: str) -> None:
    assert as_alice.get(EDIT + path).status_code == 404
