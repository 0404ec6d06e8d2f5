"""What the desk has told somebody: theirs alone, the newest first, counted on every page until it is read."""

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import KeyPage, Lead, Notice, NoticeKind, ReadRecord, User
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db
NOTICES = reverse("notices")


def tell(user: User, lead: Lead, kind: NoticeKind = NoticeKind.ASSIGNED, by: User | None = None) -> Notice:
    return Notice.objects.create(user=user, lead=lead, kind=kind, by=by)


def test_it_says_who_and_what(as_bob: Client, alice: User, bob: User, lead: Lead) -> None:
    tell(bob, lead, NoticeKind.MENTIONED, by=alice)
    tell(bob, lead, NoticeKind.OVERDUE)
    page = as_bob.get(NOTICES).content.decode()
    assert "Alice: mentioned you" in page
    assert page.index("A lead of yours waits") < page.index("Alice: mentioned you")


def test_nobody_sees_anothers(as_bob: Client, as_alice: Client, bob: User, alice: User, lead: Lead) -> None:
    notice = tell(alice, lead)
    assert "Nothing for you." in as_bob.get(NOTICES).content.decode()
    assert as_bob.post(reverse("notice", args=[notice.pk])).status_code == 404
    as_bob.post(reverse("notices_read"))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_each_leads_to_its_lead_and_is_read_then(as_bob: Client, bob: User, lead: Lead) -> None:
    notice = tell(bob, lead)
    assert as_bob.post(reverse("notice", args=[notice.pk]))["Location"] == reverse("lead", args=[lead.reference])
    notice.refresh_from_db()
    assert notice.read_at
    assert as_bob.post(reverse("notice", args=[notice.pk])).status_code == 302, "twice"


def test_a_look_marks_nothing(as_bob: Client, bob: User, lead: Lead) -> None:
    notice = tell(bob, lead)
    as_bob.get(NOTICES)
    assert as_bob.get(reverse("notice", args=[notice.pk])).status_code == 405
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("page", ["inbox", "board", "followups", "notices"])
def test_every_page_counts_what_is_unread(as_bob: Client, bob: User, lead: Lead, page: str) -> None:
    tell(bob, lead)
    tell(bob, lead)
    assert '<span class="count">2<span class="visually-hidden"> unread' in as_bob.get(reverse(page)).content.decode()
    as_bob.post(reverse("notices_read"))
    assert "unread</span>" not in as_bob.get(reverse(page)).content.decode()


def test_counting_costs_no_query_of_its_own(as_bob: Client, bob: User, lead: Lead) -> None:
    before = queries(as_bob, reverse("inbox"))
    for _ in range(30):
        tell(bob, lead)
    assert queries(as_bob, reverse("inbox")) == before


def test_many_come_in_pages(as_bob: Client, bob: User, lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leads.models.keyset.ROWS", 2)
    for _ in range(3):
        tell(bob, lead)
    assert KeyPage.of(Notice.objects.all()).older
    assert "Older" in as_bob.get(NOTICES).content.decode()


@pytest.mark.parametrize("query", ["?before=x", "?after=-1", "?before=99999999999999999999"])
def test_a_key_that_is_none_is_the_first_page(as_bob: Client, bob: User, lead: Lead, query: str) -> None:
    tell(bob, lead)
    assert lead.name in as_bob.get(NOTICES + query).content.decode()


def test_the_look_is_recorded(as_bob: Client, bob: User, lead: Lead) -> None:
    tell(bob, lead)
    as_bob.get(NOTICES)
    assert ReadRecord.objects.get().leads == [lead.pk]
