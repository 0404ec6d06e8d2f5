"""A fresh link in place of an old one: mailed to the address on file, and nobody learns whether there is one."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from leads.followup.compose import compose
from leads.followup.letterhead import Letterhead
from leads.models import Lead, Message
from tests.capture.visiting import from_mail, from_thanks, look, text_of, visitor, without_tokens
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


def vera_wrote(**typed: Any) -> Lead:
    return Lead.objects.get(reference=vera_writes(**typed).reference)


def old_link(lead: Lead) -> str:
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        return from_mail(lead)


def ask(address: str) -> str:
    return text_of(visitor().post(f"{address}link/"))


def sent() -> list[str]:
    return list(Message.objects.filter(mail="own-page-link").values_list("to_address", flat=True))


def test_the_page_of_an_old_link_offers_a_fresh_one_that_opens() -> None:
    old = old_link(vera_wrote())
    assert f'action="{old}link/"' in look(old)
    assert "Look into your mailbox" in ask(old)
    assert sent() == ["vera@example.com"]
    found = re.search(r"(/my/[\w:-]+/)\s", compose(Message.objects.get(mail="own-page-link"), Letterhead.current()).text)
    assert found
    assert "We have your message" in look(found[1])


def test_it_goes_to_the_address_that_is_used_now() -> None:
    lead = vera_wrote()
    old = from_mail(lead)
    Lead.objects.update(email="new@example.com")
    ask(old)
    assert sent() == ["new@example.com"]


def test_a_closed_thank_you_page_leads_to_one_too() -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=2)):
        old = from_thanks()
    ask(old)
    assert sent() == ["vera@example.com"]


def test_once_an_hour() -> None:
    old = old_link(vera_wrote())
    ask(old)
    ask(old)
    assert len(sent()) == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        ask(old)
    assert len(sent()) == 2


def test_the_answer_is_the_same_for_everybody() -> None:
    lead = vera_wrote()
    answers = {without_tokens(ask(old_link(lead)))}
    answers.add(without_tokens(ask(old_link(lead))))  # within the hour
    answers.add(ask("/my/a:b:c/"))
    Lead.objects.update(email="", phone="+12125550123")
    answers.add(without_tokens(ask(from_mail(lead))))
    Lead.objects.all().delete()
    answers.add(without_tokens(ask(old_link(lead))))
    assert len(answers) == 1
    assert sent() == []  # gone with the lead


@pytest.mark.parametrize("fields", [{"no_email": True}, {"screening": "check"}, {"screening": "spam"}])
def test_no_mail_leaves_where_none_may(fields: dict[str, Any]) -> None:
    old = old_link(vera_wrote())
    Lead.objects.update(**fields)
    assert "Look into your mailbox" in ask(old)
    assert sent() == []


def test_who_stopped_the_follow_ups_still_gets_the_link_they_ask_for() -> None:
    lead = vera_wrote()
    visitor().post(f"{from_mail(lead)}stop/")
    ask(old_link(lead))
    assert Message.objects.get(mail="own-page-link").state == "queued"


def test_looking_sends_nothing() -> None:
    old = old_link(vera_wrote())
    assert visitor().get(f"{old}link/").status_code == 303
    assert visitor().put(f"{old}link/").status_code == 405
    assert sent() == []
