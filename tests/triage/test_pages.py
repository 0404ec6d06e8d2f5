"""Pages by key: nobody is skipped, nobody is shown twice, and a cursor that makes no sense is the first page."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from leads.models import Lead
from leads.triage.lists.listed import KeptList, Listed, kind_of, listed
from leads.triage.words.pages import LONGEST_WAITING, NEWEST, NEWEST_READ_FIRST, SOONEST, Key, Order, Page, beyond, page_of, paged
from tests.cast import make_lead

NOON = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)
ORDERS = [LONGEST_WAITING, NEWEST, NEWEST_READ_FIRST, SOONEST]


def forward(order: Order, rows: int) -> tuple[list[int], list[Page[Lead]]]:
    """Every page from the first to the last."""
    pages = [page_of(Lead.objects.all(), order, rows=rows)]
    while pages[-1].older:
        pages.append(page_of(Lead.objects.all(), order, pages[-1].older, rows=rows))
    return [lead.pk for page in pages for lead in page.leads], pages


def back(order: Order, last: Page[Lead], rows: int) -> list[int]:
    pages = [last]
    while pages[0].newer:
        pages.insert(0, page_of(Lead.objects.all(), order, pages[0].newer, rows=rows))
    return [lead.pk for page in pages for lead in page.leads]


def kept(order: Order, cursor: str = "") -> Page[Listed]:
    """Two rows a page, by a query that could be asked again."""

    def fetch(key: Key, sorting: Order) -> list[Listed]:
        return KeptList.of(lambda after: beyond(listed(Lead.objects.all()), sorting, after)[:3], kind_of(key)).now(key)

    return paged(fetch, order, cursor, rows=2)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
def test_a_kept_list_has_the_same_pages(order: Order) -> None:
    for number in range(7):
        at = NOON + timedelta(minutes=number // 2)
        make_lead(email=f"{number}@example.com", read_first=number % 3 == 0, due_at=at, received_at=at)
    page, same = page_of(Lead.objects.all(), order, rows=2), kept(order)
    while page.older:
        page, same = page_of(Lead.objects.all(), order, page.older, rows=2), kept(order, same.older)
        assert [lead.reference for lead in same.leads] == [lead.reference for lead in page.leads]
        assert (same.newer, same.older) == (page.newer, page.older)
    while page.newer:
        page, same = page_of(Lead.objects.all(), order, page.newer, rows=2), kept(order, same.newer)
        assert [lead.reference for lead in same.leads] == [lead.reference for lead in page.leads]


class Paging(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        keys=st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12),
        rows=st.integers(1, 5),
        order=st.sampled_from(ORDERS),
    )
    def test_forward_and_back_show_everybody_once_in_order(self, keys: list[tuple[bool, int]], rows: int, order: Order) -> None:
        for number, (read_first, minutes) in enumerate(keys):
            at = NOON + timedelta(minutes=minutes)
            make_lead(email=f"{number}@example.com", read_first=read_first, due_at=at, received_at=at)
        expected = list(Lead.objects.order_by(*order).values_list("pk", flat=True))
        shown, pages = forward(order, rows)
        assert shown == expected
        assert back(order, pages[-1], rows) == expected


@pytest.mark.django_db
def test_the_first_page_has_none_before_it_and_the_last_none_after() -> None:
    for number in range(4):
        make_lead(email=f"{number}@example.com")
    _, pages = forward(NEWEST, 2)
    assert [bool(page.newer) for page in pages] == [False, True]
    assert [bool(page.older) for page in pages] == [True, False]


@pytest.mark.django_db
def test_who_arrives_meanwhile_moves_nobody() -> None:
    for number in range(4):
        make_lead(email=f"{number}@example.com", received_at=NOON + timedelta(minutes=number))
    first = page_of(Lead.objects.all(), NEWEST, rows=2)
    make_lead(email="late@example.com", received_at=NOON + timedelta(hours=1))
    second = page_of(Lead.objects.all(), NEWEST, first.older, rows=2)
    assert [lead.email for lead in [*first.leads, *second.leads]] == [f"{n}@example.com" for n in (3, 2, 1, 0)]


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.django_db
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "cursor",
    [
        "junk", "%", "é", "=", "A" * 5000, "0", encoded(None), encoded([]), encoded({}), encoded([True]), encoded("text"),
        encoded([False, "x", "y", "z"]), encoded([False, True, "not a time", 1]), encoded([False, "2026-06-01T00:00:00", 1]),
        encoded([False, True, "2026-06-01T00:00:00+00:00", 10**30]), encoded([False, "9999-12-31T23:59:59+00:00", 1]),
        encoded([False, "0001-01-01T00:00:00+14:00", 1]), encoded([1, 2, 3, 4]), encoded([[[[]]]]), encoded([False, True, None, -1]),
    ],
)  # fmt: skip
def test_a_cursor_that_makes_no_sense_is_the_first_page(order: Order, cursor: str) -> None:
    lead = make_lead()
    assert page_of(Lead.objects.all(), order, cursor).leads == [lead]


@pytest.mark.django_db
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(cursor=st.text(max_size=60) | st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), st.lists).map(encoded))
def test_no_cursor_is_an_error(cursor: str) -> None:
    page_of(Lead.objects.all(), LONGEST_WAITING, cursor)
