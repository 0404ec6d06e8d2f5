"""Whoever sees a lead leaves one record of it a request; who sees none leaves none (guarantees P1). Rows live in tests/doors.py."""

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse

from leads.models import ReadRecord
from tests.doors import DOORS, Door, World, names_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("headers", [{}, {"HX_Request": "true"}], ids=["page", "part"])
@pytest.mark.parametrize("door", DOORS, ids=names_of(DOORS))
def test_what_shows_a_lead_is_recorded_once(door: Door, headers: dict[str, str]) -> None:
    world = World()
    for actor in sorted(door.opens_to - {"nobody"})[-1:]:
        answer = door.open(world, actor, **headers)
        shown = shows_the_lead(answer, world)
        assert shown or not door.shows or headers
        records = list(ReadRecord.objects.all())
        assert len(records) == shown
        for record in records:
            assert world.lead.pk in record.leads or record.imported  # or the file in which they stand
            assert str(record.request_id) == answer.headers["X-Request-ID"]
            assert (record.user or record.api_key) == world.who(actor)


def shows_the_lead(answer: HttpResponseBase, world: World) -> bool:
    parts = answer.streaming_content if isinstance(answer, StreamingHttpResponse) else [getattr(answer, "content", b"")]
    text = b"".join(parts).decode()  # type: ignore[arg-type]  # nothing here streams asynchronously
    return any(detail in text for detail in (world.lead.reference, world.lead.name, world.lead.email, world.lead.phone))
