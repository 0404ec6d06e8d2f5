"""Whatever stands in an address or a form, no door of ours breaks: NUL, endless numbers, days that no calendar has."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.utils.http import urlencode

from tests.doors import DOORS, Door, World

pytestmark = pytest.mark.django_db
HOSTILE = ["\x00", "9" * 5000, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
NAMES = """
    action after all arrives at before booking booking-day booking-kind booking-minutes booking-time change choice columns compare count
    cursor day enrolment f_x f_x_from from hours here kind label language lead mail_subject mail_text message name next next_action note
    note_on of opened other outcome owner page period pk position provider q query reason reference remark screening sequence shared shown
    since sort source stage sure tag tag_name template text time_zone to topic until value view wait warned_of was with write
""".split()
ACTORS = ("dana", "alice", "bob", "writing key", "reading key", "mail key")
OPEN = [door for door in DOORS if door.name != "ready"]  # nothing sweeps here, and it says so


def forms(door: Door, value: str) -> Iterator[dict[str, str]]:
    """All of it hostile, then one value at a time."""
    yield dict.fromkeys([*NAMES, *(door.post or ())], value)
    yield from ({**(door.post or {}), name: value} for name in [*(door.post or ()), *(["lead", "note_on"] if door.post else [])])


def sent(door: Door, client: Client, url: str, said: dict[str, str]) -> int:
    if door.post is None:
        return client.get(f"{url.partition('?')[0]}?{urlencode(said)}").status_code
    return client.post(url, said, "application/json" if door.is_api else MULTIPART_CONTENT).status_code


@pytest.mark.parametrize("door", OPEN, ids=lambda door: door.name)
def test_no_door_breaks(door: Door) -> None:
    world = World()
    client, url = world.client_of(next((each for each in ACTORS if each in door.opens_to), "dana")), door.url(world)
    for value in HOSTILE:
        for said in forms(door, value):
            assert sent(door, client, url, said) < 500
