"""When people work, who stands in for them, and which team takes what: set by themselves, or by managers."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import Clinic, Team, User

pytestmark = pytest.mark.django_db
WORK, ASSIGNMENT = reverse("profile_work"), reverse("assignment")


def team_work(user: User) -> str:
    return reverse("team_work", args=[user.pk])


def test_bob_says_when_he_is_away_and_who_stands_in(as_bob: Client, bob: User, alice: User) -> None:
    said = {"away_from": "2026-06-01", "away_until": "2026-06-05", "stands_in": str(alice.pk), "takes_turns": "on", "hours_0": "9-13"}
    assert as_bob.post(WORK, said)["Location"] == f"{WORK}?saved"
    bob.refresh_from_db()
    assert (bob.away_from, bob.away_until, bob.stands_in) == (date(2026, 6, 1), date(2026, 6, 5), alice)
    assert bob.work_hours == {"0": [["09:00", "13:00"]]}
    assert bob.takes_turns


def test_saving_what_is_shown_changes_nothing(as_bob: Client, bob: User, alice: User) -> None:
    User.objects.filter(pk=bob.pk).update(away_from=date(2026, 6, 1), stands_in=alice, work_hours={"0": [["09:00", "13:00"]]})
    form = as_bob.get(WORK).context["form"]
    values = {name: form[name].value() for name in form.fields}
    as_bob.post(WORK, {name: value for name, value in values.items() if value not in (None, False)})
    before, after = User.objects.filter(pk=bob.pk).values().get(), None
    after = User.objects.filter(pk=bob.pk).values().get()
    assert after == before
    assert after["stands_in_id"] == alice.pk


def test_alice_says_it_for_bob_and_not_bob_for_alice(as_alice: Client, as_bob: Client, alice: User, bob: User) -> None:
    as_alice.post(team_work(bob), {"away_from": "2026-06-01"})
    bob.refresh_from_db()
    assert bob.away_from == date(2026, 6, 1)
    assert as_bob.post(team_work(alice), {"away_from": "2026-06-01"}).status_code == 404


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"away_until": "2026-06-05"}, "Say from which day on"),
        ({"away_from": "2026-06-05", "away_until": "2026-06-01"}, "not before the first"),
        ({"hours_0": "early"}, "Write the hours like"),
        ({"stands_in": "999999"}, "There is a problem"),
    ],
)
def test_a_mistake_is_named(as_bob: Client, bob: User, said: dict[str, str], sentence: str) -> None:
    assert sentence in as_bob.post(WORK, said).content.decode()
    assert User.objects.get(pk=bob.pk).away_from is None


def test_nobody_stands_in_for_themselves(as_bob: Client, bob: User) -> None:
    assert "There is a problem" in as_bob.post(WORK, {"stands_in": str(bob.pk)}).content.decode()


def team(**more: Any) -> dict[str, Any]:
    return {"name": "Spanish", "languages": ["es"], "position": "0"} | more


def test_a_team_is_made_changed_and_removed(as_alice: Client, alice: User, bob: User, clinic: Clinic) -> None:
    as_alice.post(reverse("team_new"), team(members=[bob.pk]))
    made = Team.objects.get()
    assert (made.languages, list(made.members.all())) == (["es"], [bob])
    as_alice.post(reverse("team_edit", args=[made.pk]), team(name="Español", members=[alice.pk, bob.pk]))
    made.refresh_from_db()
    assert (made.name, made.members.count()) == ("Español", 2)
    assert "Español" in as_alice.get(ASSIGNMENT).content.decode()
    as_alice.post(reverse("team_remove", args=[made.pk]))
    assert not Team.objects.exists()


def test_a_team_without_anybody_or_with_anothers_name_is_refused(as_alice: Client, bob: User) -> None:
    assert "Choose at least one colleague" in as_alice.post(reverse("team_new"), team()).content.decode()
    as_alice.post(reverse("team_new"), team(members=[bob.pk]))
    assert "There is a team of this name already" in as_alice.post(reverse("team_new"), team(members=[bob.pk])).content.decode()


def test_turns_and_the_managers_hours_are_switched(as_alice: Client, clinic: Clinic) -> None:
    as_alice.post(ASSIGNMENT, {"gives_turns": "on", "escalate_hours": "3"})
    clinic.refresh_from_db()
    assert (clinic.gives_turns, clinic.escalate_hours) == (True, 3)
    assert "Enter a number of hours" in as_alice.post(ASSIGNMENT, {"escalate_hours": "0"}).content.decode()


def test_the_page_says_who_is_there(as_alice: Client, alice: User, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(away_from=date(2020, 1, 1), stands_in=alice)
    page = as_alice.get(ASSIGNMENT).content.decode()
    assert "Away · Alice stands in" in page
