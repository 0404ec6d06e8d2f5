"""Every URL, everybody (guarantees S11). Rows live in tests/doors.py."""

from urllib.parse import quote

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.doors import ACTORS, DOORS, KEYS, Door, World, names_of, url_names

pytestmark = pytest.mark.django_db
LEAD_BACK = {"lead_story"}  # what they wrote: its page is the answer to a POST, and a GET goes to the lead


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    names = list(url_names())
    assert set(names) - set(names_of(DOORS)) == set(), "add a row to tests/doors.py"
    assert set(names_of(DOORS)) - set(names) == set(), "take the row away"
    assert len(names) == len(set(names))


@pytest.mark.parametrize("door", DOORS, ids=names_of(DOORS))
def test_it_opens_for_those_who_may_and_tells_the_others_nothing(door: Door) -> None:
    world = World()
    answers = {actor: door.open(world, actor) for actor in ACTORS}
    assert {actor: outcome(answer) for actor, answer in answers.items()} == {actor: expected(door, actor) for actor in ACTORS}
    for actor, answer in answers.items():
        if actor not in door.opens_to:
            assert_nothing_is_told(answer, world)


def expected(door: Door, actor: str) -> str:
    if actor in door.opens_to:
        return "open"
    if door.is_api:
        return "forbidden" if actor in KEYS else "key asked"
    return "sign in" if actor == "nobody" or actor in KEYS else "not found"


def outcome(answer: HttpResponseBase) -> str:
    if answer.headers.get("Location", "").startswith("/accounts/login/"):
        return "sign in"
    return {401: "key asked", 403: "forbidden", 404: "not found"}.get(answer.status_code, "open")


def assert_nothing_is_told(answer: HttpResponseBase, world: World) -> None:
    text = getattr(answer, "content", b"").decode()
    assert world.lead.name not in text
    assert world.lead.email not in text


@pytest.mark.parametrize("door", [door for door in DOORS if door.post is not None and not door.is_api], ids=lambda door: door.name)
def test_a_change_is_no_get(door: Door) -> None:
    world = World()
    actor = sorted(door.opens_to)[-1]
    assert world.client_of(actor).get(door.url(world)).status_code == (302 if door.name in LEAD_BACK else 405)
    assert not world.lead.events.exists()


@pytest.mark.parametrize("door", [door for door in DOORS if door.post is not None and not door.is_api], ids=lambda door: door.name)
def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(door: Door) -> None:
    answer = door.open(World(), "nobody", HX_Request="true")
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("address", ["http://[", "http://\u2100.example/", "http://[::1]:x/", "nonsense"])
def test_whatever_a_program_says_it_shows_it_is_asked_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(
        "/desk/", headers={"HX-Request": "true", "HX-Current-URL": quote(address), "HX-Current-URL-URI-AutoEncoded": "true"}
    )
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fdesk%2F"
