"""Mail that needs a look: in doubt or failed, and settled with one click."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.followup.crew import deliver_due
from leads.models import Lead, Message, ReadRecord, Suppression, User
from leads.models.keyset import ROWS
from tests.cast import make_lead
from tests.followup.made import make_enquiry, make_message, make_staff_mail
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db
PAGE = reverse("mail")


@pytest.fixture
def doubtful() -> Message:
    return make_message(kind="followup", state="unknown", step=1)


def text(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_a_doubt_is_shown_and_settled_without_leaving_the_page(as_bob: Client, doubtful: Message) -> None:
    page = text(as_bob)
    assert "Vera Lind" in page
    assert "It arrived" in page
    answer = as_bob.post(reverse("lead_arrival", args=[doubtful.lead]), {"message": str(doubtful.pk), "next": PAGE})
    assert answer.headers["Location"] == PAGE
    assert "All mail has left." in text(as_bob)


def test_what_was_refused_is_shown_with_the_servers_code_and_sent_again_without_leaving_the_page(as_bob: Client) -> None:
    failed = make_message(state="failed", reason="554 5.7.1")
    page = text(as_bob)
    assert "the mail server refused it" in page
    assert "554 5.7.1" in page
    answer = as_bob.post(reverse("lead_again", args=[failed.lead]), {"message": str(failed.pk), "next": PAGE})
    assert answer.headers["Location"] == PAGE
    assert "It will be sent again." in (page := text(as_bob))
    assert "All mail has left." in page


def test_what_could_not_be_written_is_shown(as_bob: Client) -> None:
    """Nobody else would ever hear of it."""
    make_message(mail="no-such-mail", attempts=7)
    deliver_due()
    assert "it could not be written" in text(as_bob)


def test_nothing_is_sent_again_to_an_address_that_gets_no_mail(as_bob: Client) -> None:
    failed = make_message(state="failed", reason="550 5.1.1")
    Suppression.objects.create(address=failed.to_address, reason="bounced")
    assert "Send again" not in text(as_bob)


def test_its_place_is_among_the_settings(as_bob: Client) -> None:
    page = text(as_bob)
    assert f'<a href="{PAGE}" aria-current="page">Mail that needs a look</a>' in page
    assert re.search(r'<a class="place" href="/desk/settings/" data-go="s" aria-current="page">', page)
    assert page.count('aria-current="page"') == 4  # both menus are there twice, for a phone and for a desktop


def test_the_number_of_queries_does_not_grow(as_bob: Client) -> None:
    make_message(state="failed")
    few = queries(as_bob, PAGE)
    for number in range(10):
        make_message(make_enquiry(make_lead(email=f"{number}@example.com")), state="failed")
    assert queries(as_bob, PAGE) == few


def test_an_alert_that_failed_names_the_colleague(as_bob: Client, alice: User) -> None:
    make_staff_mail(alice, state="failed", reason="550 5.1.1")
    assert "Alice" in text(as_bob)
    assert not ReadRecord.objects.exists()


@pytest.mark.parametrize("state", ["queued", "claimed", "sending", "sent", "suppressed", "cancelled"])
def test_what_is_well_is_not_there(as_bob: Client, state: str) -> None:
    make_message(state=state)
    assert "All mail has left." in text(as_bob)


def test_after_thirty_days_it_is_history(as_bob: Client, doubtful: Message) -> None:
    Message.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert "All mail has left." in text(as_bob)


def test_reading_it_is_recorded_for_each_lead_once(as_bob: Client, doubtful: Message, lead: Lead) -> None:
    make_message(make_enquiry(lead), state="failed")
    make_message(doubtful.enquiry, state="failed")
    text(as_bob)
    assert set(ReadRecord.objects.get().leads) == {doubtful.lead_id, lead.pk}
    assert ReadRecord.objects.count() == 1


def test_pages_by_key_the_newest_first(as_bob: Client) -> None:
    enquiry = make_enquiry(make_lead(email="many@example.com"))
    messages = [make_message(enquiry, state="failed") for _ in range(ROWS + 2)]
    first = as_bob.get(PAGE)
    second = as_bob.get(f"{PAGE}?{first.context['older']}")
    shown = [row.message.pk for answer in (first, second) for row in answer.context["rows"]]
    assert shown == sorted((message.pk for message in messages), reverse=True)
    assert len(as_bob.get(f"{PAGE}?{second.context['newer']}").context["rows"]) == ROWS


@pytest.mark.parametrize("query", ["before=x", "after=7", "before=%00"])
def test_nonsense_is_the_first_page(as_bob: Client, doubtful: Message, query: str) -> None:
    assert "Vera Lind" in as_bob.get(f"{PAGE}?{query}").content.decode()


def test_the_settings_lead_here(as_bob: Client) -> None:
    assert f'href="{PAGE}"' in as_bob.get(reverse("profile")).content.decode()
