"""Mentions: a colleague who is named in a note is told."""

import pytest
from django.test import Client

from leads.models import Event, Lead, Notice, NoticeKind, Role, User
from leads.triage.decisions.actions import add_note
from leads.triage.decisions.recording import Conflict


def call(user: User, name: str) -> None:
    user.name = name
    user.save()


@pytest.fixture(autouse=True)
def names(alice: User, bob: User, charlie: User) -> None:
    call(alice, "Alice Moreno")
    call(bob, "Bob Lee")
    call(charlie, "Charlie Winter")


def told() -> list[User]:
    return [notice.user for notice in Notice.objects.filter(kind=NoticeKind.MENTIONED).order_by("pk")]


@pytest.mark.parametrize("text", ["@Bob can you call?", "Ask @bob.", "(@Bob Lee)", "@Bob, and again @Bob Lee"])
def test_who_is_named_is_told_once(lead: Lead, alice: User, bob: User, text: str) -> None:
    note = add_note(by=alice, lead=lead, text=text)
    assert told() == [bob]
    assert note.data["mentioned"] == [bob.pk]


@pytest.mark.parametrize("text", ["Bob can call.", "bob@bob", "x@Bob", "@Bobby", "at 10 @ reception", "@Nobody"])
def test_other_words_are_no_mention(lead: Lead, alice: User, text: str) -> None:
    add_note(by=alice, lead=lead, text=text)
    assert told() == []


def test_nobody_is_told_of_naming_oneself(lead: Lead, bob: User) -> None:
    add_note(by=bob, lead=lead, text="@Bob calls.")
    assert told() == []


def test_somebody_without_rights_is_not_mentioned(lead: Lead, bob: User) -> None:
    with pytest.raises(Conflict, match="Charlie"):
        add_note(by=bob, lead=lead, text="@Charlie look")
    assert not Event.objects.exists()


def test_somebody_who_left_is_not_mentioned(lead: Lead, alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)
    with pytest.raises(Conflict, match="Bob"):
        add_note(by=alice, lead=lead, text="@Bob look")


def test_a_first_name_of_two_needs_the_full_name(lead: Lead, alice: User, bob: User) -> None:
    other = User.objects.create_user("bob.stone@example.com", name="Bob Stone", role=Role(bob.role))
    with pytest.raises(Conflict, match="full name"):
        add_note(by=alice, lead=lead, text="@Bob look")
    add_note(by=alice, lead=lead, text="@Bob Stone look")
    assert told() == [other]


def test_the_timeline_says_whom_a_note_is_to(client: Client, lead: Lead, alice: User, bob: User) -> None:
    add_note(by=alice, lead=lead, text="@Bob look")
    client.force_login(alice)
    assert "Note to Bob Lee" in client.get(f"/desk/leads/{lead.reference}/").content.decode()


def test_a_refused_mention_stays_in_its_box(client: Client, lead: Lead, alice: User) -> None:
    client.force_login(alice)
    page = client.post(f"/desk/leads/{lead.reference}/notes/", {"text": "@Charlie look"}).content.decode()
    assert "@Charlie look</textarea>" in page
    assert "Leave out the @" in page


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("İpek Şahin", "@İpek"),
        ("İpek Şahin", "@ipek sahin, can you call?"),
        ("Işıl", "@ışıl"),
        ("Işıl", "@isil"),
        ("Łukasz Nowak", "@łukasz"),
        ("Łukasz Nowak", "@Lukasz Nowak"),
        ("José", "@Jose\u0301"),  # an accent of its own
        ("Jose\u0301", "@José"),
        ("Jose\u0301", "@jose."),
        ("Weiß", "@WEISS"),
        ("Søren", "(@soren)"),
        ("Bob", "＠Bob"),  # as a Japanese keyboard types it
    ],
)
def test_a_name_is_found_with_and_without_its_accents(lead: Lead, alice: User, bob: User, name: str, text: str) -> None:
    call(bob, name)
    add_note(by=alice, lead=lead, text=text)
    assert told() == [bob]


def test_a_letter_more_is_another_name_with_accents_too(lead: Lead, alice: User, bob: User) -> None:
    call(bob, "José")
    add_note(by=alice, lead=lead, text="Not @Josée, nor @Jose\u0301e.")
    assert told() == []


def test_of_two_names_that_differ_by_an_accent_the_one_that_is_written_is_told(lead: Lead, alice: User, bob: User) -> None:
    call(bob, "José")
    other = User.objects.create_user("jose@example.com", name="Jose", role=Role(bob.role))
    add_note(by=alice, lead=lead, text="@José look")
    assert told() == [bob]
    add_note(by=alice, lead=lead, text="@jose look")
    assert told() == [bob, other]
