"""A message added from their own page: an enquiry of the same lead, with everything that holds for any other."""

from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from leads.capture import own_message, token
from leads.capture.actions import release
from leads.capture.limits import Flooded
from leads.models import Attention, Category, Enquiry, Lead, Message, Stage, User
from leads.triage.decisions import actions as triage
from tests.capture.page import fields_of
from tests.capture.visiting import from_mail, from_thanks, visitor
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db

THANKS = "Thank you. We have your message"


def vera_wrote(**typed: Any) -> Lead:
    return Lead.objects.get(reference=vera_writes(**typed).reference)


def send(address: str, message: str = "I forgot to ask about parking.", after: float = 30, **more: str) -> HttpResponse:
    """Opens the page, pauses, sends what it holds with the message."""
    client = visitor()
    with time_machine.travel("2026-03-02 15:00:00Z", tick=False) as clock:
        fields = {"token": token.issue(), "website": "", "message": message}
        clock.shift(after)
        return client.post(f"{address}message/", fields | more)  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def at_three() -> Any:
    with time_machine.travel("2026-03-02 14:59:00Z", tick=False):
        yield


def read(answer: HttpResponse) -> str:
    assert answer.status_code == 303
    with time_machine.travel("2026-03-02 15:01:00Z", tick=False):
        return " ".join(Client().get(answer.headers["Location"]).content.decode().split())


def test_the_page_holds_all_that_the_form_needs() -> None:
    page = visitor().get(from_mail(vera_wrote()))
    assert {"token", "website"} <= set(fields_of(page))


@pytest.mark.parametrize("by_mail", [True, False])
def test_it_becomes_an_enquiry_of_the_same_lead(by_mail: bool) -> None:
    address = from_mail(vera_wrote(phone="(555) 010-0123")) if by_mail else from_thanks(phone="(555) 010-0123")
    assert THANKS in read(send(address))
    lead = Lead.objects.get()
    added = lead.enquiries.latest("received_at")
    assert (added.channel, added.message, added.screening) == ("own_page", "I forgot to ask about parking.", "accepted")
    assert (added.consent_reply, added.consent_followup) == (False, False)
    assert (added.page, added.referrer) == ("/my/", "")
    assert lead.events.filter(kind="enquiry", data__channel="own_page").count() == 1


def test_it_needs_us_again_even_where_the_lead_was_closed(bob: User) -> None:
    lead = vera_wrote()
    triage.change_stage(by=bob, lead=lead, stage=Stage.objects.first_of(Category.CLOSED))
    send(from_mail(lead))
    lead.refresh_from_db()
    assert (lead.category, lead.attention) == (Category.NEW, Attention.NEEDS_US)


def test_the_same_form_sent_twice_is_one_message() -> None:
    address, token_of_form = from_mail(vera_wrote()), token.issue()
    for _ in range(2):
        assert THANKS in read(send(address, token=token_of_form))
    assert Enquiry.objects.filter(channel="own_page").count() == 1


def test_words_of_crisis_put_help_first_and_hold_automation() -> None:
    lead = vera_wrote()
    page = read(send(from_mail(lead), "I want to end my life."))
    assert page.index("get help now") < page.index("<h1>")
    lead.refresh_from_db()
    assert lead.read_first
    assert lead.held_at


def test_an_empty_one_is_asked_for() -> None:
    page = send(from_mail(vera_wrote()), "  ")
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert "Write what you would like to add" in page.content.decode()
    assert Enquiry.objects.count() == 1


def test_one_that_is_too_long_is_kept() -> None:
    page = send(from_mail(vera_wrote()), "x" * 5001)
    assert "Shorten your message" in page.content.decode()
    assert "x" * 5001 in page.content.decode()


@pytest.mark.parametrize(("error", "status"), [(Flooded, 429), (OperationalError, 503)])
def test_trouble_of_ours_loses_nothing_that_was_typed(monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int) -> None:
    address = from_mail(vera_wrote())

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(own_message, "receive_enquiry", fail)
    page = send(address)
    assert (page.status_code, page.headers["Cache-Control"], page.headers["Retry-After"]) == (status, "no-store", "60")
    assert "I forgot to ask about parking." in page.content.decode()
    assert "988" in page.content.decode()
    assert THANKS not in page.content.decode()


def test_nor_does_a_database_that_is_away_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    address = from_mail(vera_wrote())

    def away(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(own_message, "visit_of", away)
    page = send(address)
    assert page.status_code == 503
    assert "I forgot to ask about parking." in page.content.decode()


def test_a_form_that_lay_open_for_a_day_is_kept_and_asked_for_once_more() -> None:
    address = from_mail(vera_wrote())
    page = send(address, token="an old one")
    assert "This page was open for a long time" in page.content.decode()
    assert "I forgot to ask about parking." in page.content.decode()
    held = fields_of(page)
    assert THANKS in read(send(address, token=held["token"], asked_again=held["asked_again"]))


def test_who_began_while_the_link_was_good_can_still_send() -> None:
    from_thanks()
    with time_machine.travel("2026-03-02 13:30:00Z", tick=False):
        old = token.sent(Enquiry.objects.get().pk)
    assert "run out" in visitor().get(f"/my/{old}/").content.decode()
    assert THANKS in read(send(f"/my/{old}/"))


@pytest.mark.parametrize("sign", [{"website": "x"}, {"token": ""}, {"after": 1}, {"message": "https://a https://b https://c"}])
def test_what_looks_like_junk_waits_in_check_and_reads_the_same(sign: dict[str, Any]) -> None:
    known = vera_wrote()
    assert THANKS in read(send(from_mail(known), **sign))
    assert Lead.objects.in_check().get() != known
    assert known.enquiries.count() == 1
    assert Message.objects.count() == 1


def test_above_a_limit_it_waits_in_check() -> None:
    address = from_mail(vera_wrote())
    for number in range(4):  # three a day from one address
        assert THANKS in read(send(address, f"Message {number}"))
    assert Lead.objects.in_check().exists()


def test_what_is_added_to_an_enquiry_in_check_waits_with_it_and_leaves_with_it(bob: User) -> None:
    address = from_thanks(suspicions=["too_fast"])
    assert THANKS in read(send(address))
    waiting = Lead.objects.get()
    assert (waiting.screening, waiting.enquiries.count()) == ("check", 2)
    release(by=bob, lead=waiting)
    assert set(Enquiry.objects.values_list("screening", flat=True)) == {"accepted"}
    assert waiting.enrolments.count() == 1  # they asked for follow-ups in the first
    assert Message.objects.filter(state="queued").count() == 1


def test_danger_in_any_of_them_counts_where_they_join_a_known_lead(bob: User) -> None:
    known = vera_wrote()
    address = from_thanks(suspicions=["too_fast"], message="I want to end my life.")
    send(address, "And where do I park?")
    release(by=bob, lead=Lead.objects.in_check().get())
    known.refresh_from_db()
    assert known.read_first
    assert known.held_at
    assert known.enquiries.count() == 3


def test_what_was_spam_is_looked_at_again() -> None:
    address = from_thanks(suspicions=["too_fast"])
    Lead.objects.update(screening="spam")
    send(address)
    assert Lead.objects.get().screening == "check"


@pytest.mark.parametrize("link", ["x", "a:b:c"])
def test_a_forged_link_adds_nothing(clinic: object, link: str) -> None:
    assert "This link has run out" in send(f"/my/{link}/").content.decode()
    assert not Enquiry.objects.exists()


def test_looking_adds_nothing() -> None:
    address = from_mail(vera_wrote())
    answer = visitor().get(f"{address}message/")
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert visitor().put(f"{address}message/").status_code == 405
    assert Enquiry.objects.count() == 1


def test_what_they_agreed_to_before_still_counts(as_bob: Client) -> None:
    lead = vera_wrote()
    send(from_mail(lead))
    page = as_bob.get(f"/desk/leads/{lead.reference}/").content.decode()
    assert "We may reply (agreed 2 Mar 2026)." in page
    assert "Enquiry received · Their own page" in page


def test_what_is_too_large_is_refused_kindly() -> None:
    answer = send(from_mail(vera_wrote()), "x" * 300_000)
    assert answer.status_code == 413
