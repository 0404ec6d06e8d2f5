"""Tags on a lead: put on by name, made on the fly, taken off, undone; twice is as good as once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import EventKind, Lead, LeadTag, Tag, User
from leads.models.tag import MOST_ON_A_LEAD
from leads.triage.decisions.recording import Conflict
from leads.triage.details.tags import add_tag, remove_tag
from leads.triage.undo.undo import undo
from tests.cast import make_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def vip(db: None) -> Tag:
    return Tag.objects.create(name="VIP", tone="info")


def add(client: Client, lead: Lead, name: str) -> str:
    return text(client.post(reverse("lead_tags", args=[lead.reference]), {"tag_name": name}, follow=True))


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def tags_of(lead: Lead) -> list[str]:
    return [tag.name for tag in lead.tags.all()]


def test_a_new_one_is_made_on_the_fly(as_bob: Client, lead: Lead) -> None:
    shown = add(as_bob, lead, "  Evening   only ")
    assert tags_of(lead) == ["Evening only"]
    assert "Tagged “Evening only”" in shown


def test_one_that_is_known_is_found_in_any_case(as_bob: Client, lead: Lead, vip: Tag) -> None:
    add(as_bob, lead, "vip")
    assert tags_of(lead) == ["VIP"]
    assert Tag.objects.count() == 1


def test_letters_of_every_script_are_compared(db: None) -> None:
    assert Tag.objects.take("Über") == Tag.objects.take("ÜBER")


def test_it_is_taken_off(as_bob: Client, bob: User, lead: Lead, vip: Tag) -> None:
    add_tag(by=bob, lead=lead, tag=vip)
    shown = text(as_bob.post(reverse("lead_tags_off", args=[lead.reference]), {"tag": vip.pk}, follow=True))
    assert tags_of(lead) == []
    assert "Took off the tag “VIP”" in shown


def test_twice_is_as_good_as_once(as_bob: Client, bob: User, lead: Lead, vip: Tag) -> None:
    assert add_tag(by=bob, lead=lead, tag=vip)
    assert not add_tag(by=bob, lead=lead, tag=vip)
    assert "“VIP” is on it already." in add(as_bob, lead, "VIP")
    assert remove_tag(by=bob, lead=lead, tag=vip)
    assert not remove_tag(by=bob, lead=lead, tag=vip)
    assert lead.events.filter(kind=EventKind.TAGS).count() == 2


def test_both_ways_are_undone(bob: User, lead: Lead, vip: Tag) -> None:
    add_tag(by=bob, lead=lead, tag=vip)
    undo(by=bob, lead=lead, noun="tags")
    assert tags_of(lead) == []
    add_tag(by=bob, lead=lead, tag=vip)
    remove_tag(by=bob, lead=lead, tag=vip)
    undo(by=bob, lead=lead, noun="tags")
    assert tags_of(lead) == ["VIP"]


def test_a_tag_that_is_gone_is_not_put_back(bob: User, lead: Lead, vip: Tag) -> None:
    add_tag(by=bob, lead=lead, tag=vip)
    remove_tag(by=bob, lead=lead, tag=vip)
    vip.delete()
    with pytest.raises(Conflict, match="changed since"):
        undo(by=bob, lead=lead, noun="tags")


def test_one_that_was_removed_meanwhile_is_refused(bob: User, lead: Lead, vip: Tag) -> None:
    Tag.objects.filter(pk=vip.pk).delete()
    with pytest.raises(Conflict, match="removed meanwhile"):
        add_tag(by=bob, lead=lead, tag=vip)


def test_there_is_an_end_to_them(bob: User, lead: Lead, vip: Tag) -> None:
    for number in range(MOST_ON_A_LEAD):
        LeadTag.objects.create(lead=lead, tag=Tag.objects.create(name=f"{number}"))
    with pytest.raises(Conflict, match="at most 20 tags"):
        add_tag(by=bob, lead=lead, tag=vip)


@pytest.mark.parametrize(("name", "said"), [("", "Type a tag first."), (" \n ", "Type a tag first."), ("x" * 31, "Shorten the tag")])
def test_what_is_no_tag_is_told(as_bob: Client, lead: Lead, name: str, said: str) -> None:
    assert said in add(as_bob, lead, name)
    assert not Tag.objects.exists()


@pytest.mark.parametrize("tag", ["", "999", "x", "9" * 30])
def test_only_what_is_there_is_taken_off(as_bob: Client, lead: Lead, tag: str) -> None:
    response = as_bob.post(reverse("lead_tags_off", args=[lead.reference]), {"tag": tag}, follow=True)
    assert "Choose a tag that is on this lead." in text(response)


def test_no_tags_in_check(bob: User, vip: Tag) -> None:
    with pytest.raises(Conflict, match="Release it first"):
        add_tag(by=bob, lead=make_lead(screening="check"), tag=vip)


def test_the_page_shows_and_suggests_them(as_bob: Client, bob: User, lead: Lead, vip: Tag) -> None:
    add_tag(by=bob, lead=lead, tag=vip)
    Tag.objects.create(name="Waits for papers")
    shown = text(as_bob.get(reverse("lead", args=[lead.reference])))
    assert '<li class="chip info">VIP' in shown
    assert '<option value="Waits for papers"></option>' in shown
    assert '<option value="VIP"></option>' not in shown
