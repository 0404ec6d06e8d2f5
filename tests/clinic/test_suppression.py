"""Settings: the addresses that get no mail."""

import pytest
from django.test import Client
from django.urls import reverse

from leads.followup.actions import suppress
from leads.models import EventKind, Lead, ReadRecord, Suppression, SuppressionReason, User
from leads.models.keyset import ROWS
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
PAGE = reverse("suppression")


@pytest.fixture
def opted_out(lead: Lead) -> Suppression:
    suppress(address=lead.email, reason=SuppressionReason.OPTED_OUT, by=None)
    return Suppression.objects.get()


def lifting(row: Suppression) -> str:
    return reverse("suppression_remove", args=[row.pk])


def text(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def test_it_tells_which_addresses_why_and_since_when(as_alice: Client, opted_out: Suppression) -> None:
    page = text(as_alice)
    assert "vera@example.com" in page
    assert "They asked us to stop" in page
    assert f'datetime="{opted_out.at.year}' in page


def test_reading_it_is_recorded_as_reading_the_leads(as_alice: Client, opted_out: Suppression, lead: Lead) -> None:
    text(as_alice)
    assert ReadRecord.objects.get().leads == [lead.pk]


def test_an_address_is_found_by_a_part_of_it(as_alice: Client, opted_out: Suppression) -> None:
    suppress(address="kim@example.org", reason=SuppressionReason.BOUNCED, by=None)
    page = text(as_alice, f"{PAGE}?q=VERA")
    assert "vera@example.com" in page
    assert "kim@example.org" not in page
    assert "No address on the list matches." in text(as_alice, f"{PAGE}?q=%25")


def test_pages_by_key_show_every_address_once(as_alice: Client) -> None:
    for number in range(2 * ROWS + 1):
        suppress(address=f"{number:03}@example.com", reason=SuppressionReason.BOUNCED, by=None)
    shown, query = [], ""
    for _ in range(3):
        answer = as_alice.get(f"{PAGE}?{query}")
        shown += [row.address for row in answer.context["rows"]]
        query = answer.context["older"]
    assert shown == [f"{number:03}@example.com" for number in reversed(range(2 * ROWS + 1))]
    assert query == ""
    back = as_alice.get(f"{PAGE}?{answer.context['newer']}")
    assert [row.address for row in back.context["rows"]] == shown[ROWS : 2 * ROWS]
    assert as_alice.get(f"{PAGE}?{back.context['newer']}").context["newer"] == ""


@pytest.mark.parametrize("query", ["before=x", "before=99999999999999999999", "after=-1", "q=%00", "after=²"])
def test_nonsense_is_the_first_page(as_alice: Client, opted_out: Suppression, query: str) -> None:
    assert "vera@example.com" in text(as_alice, f"{PAGE}?{query}")


def test_one_is_added_by_hand_as_it_stands_on_the_lead(as_alice: Client, alice: User, lead: Lead) -> None:
    answer = as_alice.post(PAGE, {"address": " Vera@EXAMPLE.com ", "reason": "by_hand"})
    assert answer.headers["Location"] == f"{PAGE}?saved"
    row = Suppression.objects.get()
    assert (row.address, row.reason, row.by) == (lead.email, "by_hand", alice)
    event = lead.events.get(kind=EventKind.SUPPRESSED)
    assert event.by == alice


def test_twice_is_told(as_alice: Client, opted_out: Suppression) -> None:
    page = as_alice.post(PAGE, {"address": "vera@example.com", "reason": "opted_out"}).content.decode()
    assert "on the list already" in page
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("address", ["", "vera", "vera@example.com, kim@example.com", "vera@example.com\nBcc: kim@example.com"])
def test_what_is_no_address_is_refused(as_alice: Client, address: str) -> None:
    page = as_alice.post(PAGE, {"address": address, "reason": "by_hand"}).content.decode()
    assert "Error:" in page
    assert not Suppression.objects.exists()


def test_lifting_an_opt_out_says_that_they_asked_and_needs_a_tick(as_alice: Client, opted_out: Suppression, lead: Lead) -> None:
    assert "This person asked us to stop" in text(as_alice, lifting(opted_out))
    assert "Tick the box" in as_alice.post(lifting(opted_out)).content.decode()
    assert Suppression.objects.exists()
    as_alice.post(lifting(opted_out), {"asked": "on"})
    assert not Suppression.objects.exists()
    assert lead.events.get(kind=EventKind.LIFTED).data == {"reason": "opted_out"}


def test_an_address_that_was_wrong_is_confirmed_with_a_button(as_alice: Client, lead: Lead) -> None:
    suppress(address=lead.email, reason=SuppressionReason.BOUNCED, by=None)
    row = Suppression.objects.get()
    assert "asked us to stop" not in text(as_alice, lifting(row))
    assert Suppression.objects.exists()
    assert as_alice.post(lifting(row)).headers["Location"] == f"{PAGE}?lifted"
    assert not Suppression.objects.exists()


def test_every_lead_with_the_address_hears_of_it(as_alice: Client, lead: Lead) -> None:
    other = make_lead(name="Walter Lind")
    suppress(address=lead.email, reason=SuppressionReason.BY_HAND, by=None)
    as_alice.post(lifting(Suppression.objects.get()))
    for one in (lead, other):
        assert list(one.events.order_by("id").values_list("kind", flat=True)) == ["suppressed", "lifted"]


def test_what_is_gone_is_not_found(as_alice: Client) -> None:
    assert as_alice.get(reverse("suppression_remove", args=[7])).status_code == 404


def test_the_front_desk_changes_nothing_here(as_bob: Client, opted_out: Suppression) -> None:
    assert as_bob.post(PAGE, {"address": "kim@example.com", "reason": "by_hand"}).status_code == 404
    assert as_bob.post(lifting(opted_out), {"asked": "on"}).status_code == 404
    assert Suppression.objects.count() == 1
