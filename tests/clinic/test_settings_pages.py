"""Profile and clinic: one page, one form, one save."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from leads.models import Clinic, Closure, User
from leads.policy.periods import read_periods, show_periods

pytestmark = pytest.mark.django_db
PROFILE, CLINIC, HOURS, CRISIS = reverse("profile"), reverse("clinic"), reverse("hours"), reverse("crisis")


def test_the_first_page_is_one_that_the_person_may_open(as_alice: Client, as_bob: Client) -> None:
    assert as_alice.get(reverse("settings"))["Location"] == CLINIC
    assert as_bob.get(reverse("settings"))["Location"] == PROFILE


def test_the_menu_shows_only_what_opens(as_alice: Client, as_bob: Client) -> None:
    assert CLINIC in as_alice.get(PROFILE).content.decode()
    assert reverse("team") not in as_alice.get(PROFILE).content.decode()
    assert CLINIC not in as_bob.get(PROFILE).content.decode()


# Profile


def test_a_profile_is_saved(as_bob: Client, bob: User) -> None:
    answer = as_bob.post(PROFILE, {"name": "Bobby", "theme": "dark", "single_keys": "on"})
    assert answer["Location"] == f"{PROFILE}?saved"
    bob.refresh_from_db()
    assert (bob.name, bob.theme, bob.wants_alerts, bob.single_keys) == ("Bobby", "dark", False, True)
    page = as_bob.get(f"{PROFILE}?saved").content.decode()
    assert "Saved." in page
    assert 'data-theme="dark"' in page


SIGNATURE = "Bob Marsh\r\nFront desk"


def test_a_signature_is_kept_line_by_line(as_bob: Client, bob: User) -> None:
    as_bob.post(PROFILE, {"name": "Bob", "theme": "dark", "signature": SIGNATURE})
    bob.refresh_from_db()
    assert bob.signature == "Bob Marsh\nFront desk"
    assert "Your signature says" not in as_bob.get(PROFILE).content.decode()


@pytest.mark.parametrize("signature", ["x" * 501, "x\0"])
def test_a_signature_that_can_not_be_kept_says_so_and_stays_in_its_box(as_bob: Client, bob: User, signature: str) -> None:
    page = as_bob.post(PROFILE, {"name": "Bob", "theme": "dark", "signature": signature}).content.decode()
    assert "There is a problem" in page
    assert ("Shorten your signature to 500 characters" in page) is (len(signature) > 500)
    assert signature.strip("\0") in page
    assert User.objects.get(pk=bob.pk).signature == ""


def test_the_end_of_a_line_is_one_character(as_bob: Client, bob: User) -> None:
    as_bob.post(PROFILE, {"name": "Bob", "theme": "dark", "signature": "x\r\n" * 249 + "xx"})
    assert len(User.objects.get(pk=bob.pk).signature) == 500


def test_a_signature_that_tells_what_people_are_treated_for_is_warned_of(as_bob: Client) -> None:
    as_bob.post(PROFILE, {"name": "Bob", "theme": "dark", "signature": "The Ketamine Clinic"})
    assert "Your signature says “ketamine”." in as_bob.get(PROFILE).content.decode()


def test_a_role_can_not_be_smuggled_in(as_bob: Client, bob: User) -> None:
    as_bob.post(PROFILE, {"name": "Bob", "theme": "light", "role": "administrator", "email": "x@example.com"})
    bob.refresh_from_db()
    assert (bob.role, bob.email) == ("front_desk", "bob@example.com")


def test_an_unknown_theme_is_refused(as_bob: Client, bob: User) -> None:
    assert "There is a problem" in as_bob.post(PROFILE, {"name": "Bob", "theme": "pink"}).content.decode()
    assert User.objects.get(pk=bob.pk).theme == "system"


def test_the_keys_are_switched_off_and_on(as_bob: Client, bob: User) -> None:
    keys = reverse("profile_keys")
    assert as_bob.post(keys, {"next": "/desk/board/"})["Location"] == "/desk/board/"
    assert not User.objects.get(pk=bob.pk).single_keys
    for elsewhere in ("https://evil.example/", "//evil.example/", "nowhere", "team"):
        assert as_bob.post(keys, {"single_keys": "on", "next": elsewhere})["Location"] == PROFILE
    assert User.objects.get(pk=bob.pk).single_keys


# Clinic


def as_shown(client: Client, page: str = CLINIC) -> dict[str, Any]:
    """What a browser sends back when nothing was changed."""
    form = client.get(page).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


CONFIRMED = ("hours_confirmed_at", "crisis_confirmed_at")


def the_clinic() -> dict[str, Any]:
    return {name: value for name, value in Clinic.objects.values().get().items() if name not in CONFIRMED}


@pytest.mark.parametrize("page", [CLINIC, HOURS, CRISIS])
def test_saving_what_is_shown_changes_nothing(as_alice: Client, clinic: Clinic, page: str) -> None:
    before = the_clinic()
    assert as_alice.post(page, as_shown(as_alice, page))["Location"] == f"{page}?saved"
    assert the_clinic() == before


def test_who_and_where_it_is_are_saved(as_alice: Client, clinic: Clinic) -> None:
    changes = {
        "name": "Quay Clinic", "time_zone": "Europe/Madrid", "country": "ES", "subdivision": "md", "reviewed_by": "Dr. Quinn",
        "reviewed_on": "2030-01-15",
    }  # fmt: skip
    as_alice.post(CLINIC, as_shown(as_alice) | changes)
    clinic.refresh_from_db()
    assert (clinic.name, clinic.time_zone, clinic.subdivision) == ("Quay Clinic", "Europe/Madrid", "MD")
    assert clinic.reviewed_on == date(2030, 1, 15)


def test_hours_closures_and_promise_are_saved(as_alice: Client, clinic: Clinic) -> None:
    changes = {
        "hours_0": "9-12:30, 2 pm to 5 pm", "hours_1": "", "closures": "2030-12-24 Christmas Eve\n2030-12-31",
        "promise_hours": "6", "channels": ["email", "text"],
    }  # fmt: skip
    as_alice.post(HOURS, as_shown(as_alice, HOURS) | changes)
    clinic.refresh_from_db()
    assert clinic.hours["0"] == [["09:00", "12:30"], ["14:00", "17:00"]]
    assert "1" not in clinic.hours
    assert (clinic.promise_hours, clinic.channels) == (6, ["email", "text"])
    assert clinic.hours_confirmed_at
    assert dict(Closure.objects.values_list("day", "reason")) == {date(2030, 12, 24): "Christmas Eve", date(2030, 12, 31): ""}
    as_alice.post(HOURS, as_shown(as_alice, HOURS) | {"closures": "2030-12-31 Stocktaking"})
    assert dict(Closure.objects.values_list("day", "reason")) == {date(2030, 12, 31): "Stocktaking"}


def test_saving_the_crisis_numbers_says_that_somebody_looked(as_alice: Client, clinic: Clinic) -> None:
    as_alice.post(CRISIS, as_shown(as_alice, CRISIS) | {"crisis_line": "024"})
    clinic.refresh_from_db()
    assert clinic.crisis_line == "024"
    assert clinic.crisis_confirmed_at


@pytest.mark.parametrize(
    ("page", "field", "value"),
    [
        (CLINIC, "name", ""), (CLINIC, "time_zone", "Mars/Base"), (CLINIC, "country", "XX"), (CLINIC, "subdivision", "ZZ"),
        (HOURS, "hours_0", "nine to five"), (HOURS, "hours_0", "17:00–9:00"), (HOURS, "closures", "24.12.2030"),
        (HOURS, "promise_hours", "0"), (HOURS, "check_back_days", "0"), (HOURS, "channels", []), (CRISIS, "emergency_number", ""),
        (CRISIS, "crisis_line", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_named_and_nothing_is_saved(as_alice: Client, clinic: Clinic, page: str, field: str, value: object) -> None:
    before = Clinic.objects.values().get()
    shown = as_alice.post(page, as_shown(as_alice, page) | {"short_name": "Changed", field: value})
    assert "There is a problem" in shown.content.decode()
    assert Clinic.objects.values().get() == before


def test_a_name_that_tells_what_people_are_treated_for_is_warned_about(as_alice: Client, clinic: Clinic) -> None:
    Clinic.objects.update(name="Harbor", sender_name="Harbor Ketamine")
    page = as_alice.get(CLINIC).content.decode()
    assert "The sender of emails tells" in page
    assert "ketamine" in page
    Clinic.objects.update(sender_name="Harbor")
    assert "treated for (" not in as_alice.get(CLINIC).content.decode()


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("", []),
        ("9-5 pm", [["09:00", "17:00"]]),
        ("9:00–17:00", [["09:00", "17:00"]]),
        ("8.30 to 12, 13:00—18:15", [["08:30", "12:00"], ["13:00", "18:15"]]),
        ("12 am - 12 pm", [["00:00", "12:00"]]),
        ("0:00-24:00", [["00:00", "24:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, periods: list[list[str]]) -> None:
    assert read_periods(text) == periods
    assert read_periods(show_periods(periods)) == periods


@pytest.mark.parametrize("text", ["9", "9-", "25:00-26:00", "9:75-10", "12-9", "9-12, 11-13", "9-12 13-17", "<b>"])
def test_other_hours_are_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        read_periods(text)
