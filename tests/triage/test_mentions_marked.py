"""A colleague who was told is marked in the note's text, and nobody else; nothing that somebody typed becomes a part of the page."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.models import Event, EventKind, Lead, Role, User
from leads.triage.decisions.actions import add_note
from leads.triage.decisions.mentions import marked, mentionable
from tests.triage.test_mentions import call

BOB = '<span class="mention">@Bob</span>'


@pytest.fixture(autouse=True)
def names(alice: User, bob: User, charlie: User) -> None:
    call(alice, "Alice Moreno")
    call(bob, "Bob Lee")
    call(charlie, "Charlie Winter")


def shown(client: Client, lead: Lead, user: User) -> str:
    client.force_login(user)
    return client.get(f"/desk/leads/{lead.reference}/").content.decode()


def test_the_name_is_marked_as_it_was_typed(lead: Lead, alice: User, bob: User) -> None:
    note = add_note(by=alice, lead=lead, text="Ask @bob lee, or (@Bob).")
    assert marked(note) == f'Ask <span class="mention">@bob lee</span>, or ({BOB}).'


@pytest.mark.parametrize("typed", ["@ipek", "@İPEK", "@I\u0307pek", "@ipek s\u0327ahi\u0301n"])
def test_a_name_with_accents_is_marked_as_it_was_typed(lead: Lead, alice: User, bob: User, typed: str) -> None:
    call(bob, "İpek Şahin")
    note = add_note(by=alice, lead=lead, text=f"Weiß: {typed}, please")
    assert marked(note) == f'Weiß: <span class="mention">{typed}</span>, please'


@pytest.mark.parametrize("text", ["Bob can call.", "x@Bob", "@Bobby", "@Nobody"])
def test_other_words_are_not_marked(lead: Lead, alice: User, bob: User, text: str) -> None:
    assert marked(add_note(by=alice, lead=lead, text=text)) == text


def test_oneself_is_not_marked(lead: Lead, bob: User) -> None:
    assert marked(add_note(by=bob, lead=lead, text="@Bob calls.")) == "@Bob calls."


def test_of_an_old_note_only_who_was_told_is_marked(lead: Lead, alice: User, bob: User) -> None:
    """Somebody of that name who came later was not."""
    note = add_note(by=alice, lead=lead, text="@Bob, tell @Dora.")
    User.objects.create_user("dora@example.com", name="Dora", role=Role(bob.role))
    assert marked(note) == f"{BOB}, tell @Dora."


def test_a_longer_name_of_somebody_else_is_not_marked(lead: Lead, alice: User, bob: User) -> None:
    note = add_note(by=alice, lead=lead, text="@Bob Lee, not @Bob Stone.")
    User.objects.create_user("bob.stone@example.com", name="Bob Stone", role=Role(bob.role))
    assert marked(note) == '<span class="mention">@Bob Lee</span>, not @Bob Stone.'


def test_whoever_left_since_was_told_all_the_same(lead: Lead, alice: User, bob: User) -> None:
    note = add_note(by=alice, lead=lead, text="@Bob look")
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert marked(note) == f"{BOB} look"


def test_the_timeline_marks_it_in_paragraphs(client: Client, lead: Lead, alice: User, bob: User) -> None:
    add_note(by=alice, lead=lead, text="@Bob look\n\nand @Bob again")
    assert f"<p>{BOB} look</p>\n\n<p>and {BOB} again</p>" in shown(client, lead, alice)


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<b>@Bob</b>", "&lt;b&gt;", "</span></p></div>"]
)
def test_markup_stays_text_beside_a_mention(client: Client, lead: Lead, alice: User, bob: User, attack: str) -> None:
    add_note(by=alice, lead=lead, text=f"{attack} @Bob {attack}")
    page = shown(client, lead, alice)
    assert attack not in page
    assert BOB in page


def test_markup_in_a_colleagues_name_stays_text(client: Client, lead: Lead, alice: User, bob: User) -> None:
    call(bob, '<i onclick="x">Bob</i>')
    add_note(by=alice, lead=lead, text='@<i onclick="x">Bob</i> look')
    page = shown(client, lead, alice)
    assert "<i onclick" not in page
    assert '<span class="mention">@&lt;i onclick=&quot;x&quot;&gt;Bob&lt;/i&gt;</span> look' in page
    assert 'data-name="&lt;i onclick=&quot;x&quot;&gt;Bob&lt;/i&gt;"' in page  # offered by that name, too


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.lists(st.sampled_from(["@Bob", " ", "Lee", "<", ">", "&", '"', "'", "\n", "@", "x", "</span>"]), max_size=12).map("".join))
def test_any_text_is_kept_whole_and_escaped(bob: User, text: str) -> None:
    note = Event(kind=EventKind.NOTE, text=f"@Bob {text}", data={"mentioned": [bob.pk]})
    assert marked(note).count('class="mention"') >= 1
    left = marked(note).replace('<span class="mention">', "").replace("</span>", "")
    assert "<" not in left
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        left = left.replace(code, sign)
    assert left == f"@Bob {text}"


def test_colleagues_are_offered_by_a_name_that_tells_one(alice: User, bob: User, charlie: User) -> None:
    assert mentionable(alice) == ["Bob Lee"]  # Charlie doesn't work on leads
    for number in range(2):
        User.objects.create_user(f"ann{number}@example.com", name="Ann", role=Role(bob.role))
    User.objects.create_user("nameless@example.com", role=Role(bob.role))
    assert mentionable(alice) == ["Bob Lee"]
    assert mentionable(bob) == ["Alice Moreno"]
