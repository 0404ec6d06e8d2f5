"""Passwords and codes: allauth's, with what we ask of it."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import quote_plus

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.urls import reverse

from leads.clinic import actions
from leads.models import User
from tests import cast

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
INSIDE = reverse("profile")


def sign_in(client: Client, email: str, password: str = cast.PASSWORD, **fields: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password} | fields)


def code_for(secret: str, moment: float | None = None) -> str:
    return str(format_hotp_value(hotp_value(secret, int((moment or time.time()) // 30))))


def set_up_codes(client: Client) -> str:
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'class="secret">(\w+)<', page)
    assert found
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(found[1])})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return found[1]


def test_address_and_password_open_the_desk(client: Client, bob: User) -> None:
    assert sign_in(client, bob.email)["Location"] == "/desk/"
    assert client.get(INSIDE).status_code == 200


def test_it_leads_back_to_where_one_was_going(client: Client, bob: User) -> None:
    asked = client.get(INSIDE)["Location"]
    assert asked == f"{LOGIN}?next={quote_plus(INSIDE)}"
    assert INSIDE in client.get(asked).content.decode()
    assert sign_in(client, bob.email, next=INSIDE)["Location"] == INSIDE


def test_somebody_without_rights_comes_to_their_profile(client: Client, charlie: User) -> None:
    assert sign_in(client, charlie.email)["Location"] == INSIDE


def test_it_leads_to_no_other_site(client: Client, bob: User) -> None:
    assert sign_in(client, bob.email, next="https://evil.example/")["Location"] == "/desk/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(bob: User) -> None:
    pages = [sign_in(Client(), email, "wrong").content.decode().replace(email, "") for email in (bob.email, "nobody@example.com")]
    without_tokens = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]
    assert without_tokens[0] == without_tokens[1]
    assert "do not match" in pages[0]


def test_a_disabled_colleague_can_not_sign_in(client: Client, bob: User) -> None:
    User.objects.update(is_active=False)
    sign_in(client, bob.email)
    assert client.get(INSIDE).status_code == 302


def test_there_is_no_sign_up(client: Client) -> None:
    for path in ("/accounts/signup/", "/accounts/email/", "/accounts/social/"):
        assert client.get(path).status_code == 404
    assert "sign up" not in client.get(LOGIN).content.decode().lower()


def test_guessing_is_limited(client: Client, bob: User) -> None:
    for _ in range(5):
        sign_in(client, bob.email, "wrong")
    assert "Too many tries" in sign_in(client, bob.email).content.decode()


def test_neighbours_in_one_ipv6_network_guess_together(client: Client, bob: User) -> None:
    for number in range(5):
        sign_in(Client(REMOTE_ADDR=f"2001:db8::{number}"), bob.email, "wrong")
    assert "Too many tries" in sign_in(Client(REMOTE_ADDR="2001:db8::9"), bob.email).content.decode()
    assert sign_in(client, bob.email)["Location"] == "/desk/"


def test_a_stranger_can_not_lock_anybody_out(client: Client, bob: User) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(9):
        sign_in(stranger, bob.email, "wrong")
    assert sign_in(client, bob.email)["Location"] == "/desk/"


def test_fields_are_named_for_password_managers(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_signing_out_takes_a_post(as_bob: Client) -> None:
    assert as_bob.get(reverse("account_logout")).status_code == 200
    assert as_bob.get(INSIDE).status_code == 200
    assert as_bob.post(reverse("account_logout"))["Location"] == LOGIN
    assert as_bob.get(INSIDE).status_code == 302


def test_a_changed_password_ends_the_other_sessions(as_bob: Client, client: Client, bob: User) -> None:
    sign_in(client, bob.email)
    fields = {"oldpassword": cast.PASSWORD, "password1": "another correct horse"}
    assert client.post(reverse("account_change_password"), fields)["Location"] == INSIDE
    assert client.get(INSIDE).status_code == 200
    assert as_bob.get(INSIDE).status_code == 302


def test_a_password_is_not_changed_without_the_old_one(as_bob: Client, bob: User) -> None:
    page = as_bob.post(reverse("account_change_password"), {"oldpassword": "wrong", "password1": "another correct horse"})
    assert "not your current password" in page.content.decode()


def test_fifteen_characters_are_asked_for_where_there_are_no_codes(as_bob: Client) -> None:
    assert configured.PASSWORD_MIN_LENGTH == 15
    page = as_bob.post(reverse("account_change_password"), {"oldpassword": cast.PASSWORD, "password1": "fourteen chars"})
    assert page.status_code == 200


# One-time codes


def test_where_they_are_required_the_desk_waits_for_them(client: Client, bob: User, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    sign_in(client, bob.email)
    answer = client.get(INSIDE)
    assert answer["Location"] == f"{reverse('mfa_activate_totp')}?next={quote_plus(INSIDE)}"
    part = client.get(INSIDE, headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"].startswith(reverse("mfa_activate_totp"))


def test_setting_them_up_opens_the_desk_and_shows_recovery_codes(client: Client, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    url = actions.invite(by=None, email="kim@example.com", role="front_desk")
    client.post(url)
    client.post(reverse("welcome"), {"name": "Kim", "password": cast.PASSWORD})
    set_up_codes(client)
    assert client.get(reverse("mfa_view_recovery_codes")).content.decode().count("<code>") == 10
    assert client.get(INSIDE).status_code == 200


@pytest.mark.parametrize("page", [INSIDE, reverse("mfa_deactivate_totp"), reverse("usersessions_list")])
def test_a_session_that_knew_the_password_alone_ends_once_there_are_codes(client: Client, bob: User, settings: Any, page: str) -> None:
    settings.REQUIRE_MFA = True
    thief = Client()
    sign_in(thief, bob.email)
    sign_in(client, bob.email)
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    set_up_codes(client)
    assert client.get(page).status_code == 200
    assert thief.get(page)["Location"].startswith(LOGIN)
    assert "_auth_user_id" not in thief.session


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_them_up_at_once_one_does(client: Client, bob: User, settings: Any) -> None:
    settings.REQUIRE_MFA = True
    setting_up = reverse("mfa_activate_totp")
    both, together = [client, Client()], Barrier(2)
    for each in both:
        sign_in(each, bob.email)
        each.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
        each.get(setting_up)

    def set_up(each: Client) -> int:
        try:
            together.wait()
            return each.post(setting_up, {"code": code_for(each.session["mfa.totp.secret"])}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(set_up, both)) == [302, 302]
    assert sorted(each.get(INSIDE).status_code for each in both) == [200, 302]


@pytest.fixture
def kim_with_codes(client: Client) -> str:
    client.post(actions.invite(by=None, email="kim@example.com", role="front_desk"))
    client.post(reverse("welcome"), {"name": "Kim", "password": cast.PASSWORD})
    return set_up_codes(client)


def test_a_password_is_no_longer_enough(kim_with_codes: str) -> None:
    client = Client()
    assert sign_in(client, "kim@example.com")["Location"] == reverse("mfa_authenticate")
    assert client.get(INSIDE).status_code == 302
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code_for(kim_with_codes)})["Location"] == "/desk/"
    assert client.get(INSIDE).status_code == 200


def test_a_code_works_once(kim_with_codes: str) -> None:
    code = code_for(kim_with_codes)
    outcomes = []
    for client in (Client(), Client()):
        sign_in(client, "kim@example.com")
        outcomes.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert outcomes == [302, 200]


def test_a_link_does_not_get_round_the_codes(kim_with_codes: str) -> None:
    client = Client()
    url = actions.invite(by=None, email="kim@example.com", role="front_desk")
    assert client.post(url)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("welcome")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_for(kim_with_codes)})
    assert client.get(reverse("welcome")).status_code == 200


def test_the_secret_is_stored_encrypted(kim_with_codes: str) -> None:
    assert kim_with_codes not in repr(Authenticator.objects.values_list("data"))


def test_taking_the_codes_away_asks_for_the_password_again(kim_with_codes: str, client: Client) -> None:
    with time_machine.travel(time.time() + 600, tick=False):
        answer = client.get(reverse("mfa_deactivate_totp"))
        assert answer["Location"].startswith(reverse("account_reauthenticate"))
        again = client.post(answer["Location"], {"password": cast.PASSWORD, "next": reverse("mfa_deactivate_totp")})
        assert again["Location"] == reverse("mfa_deactivate_totp")
        client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


# Sessions


def test_sessions_are_listed_and_ended(client: Client, bob: User) -> None:
    other = Client(headers={"User-Agent": "An old tablet"})
    sign_in(other, bob.email)
    sign_in(client, bob.email)
    sessions = reverse("usersessions_list")
    assert "An old tablet" in client.get(sessions).content.decode()
    client.post(sessions)
    assert other.get(INSIDE).status_code == 302
    assert client.get(INSIDE).status_code == 200


def test_whoever_came_by_link_finds_this_session_in_the_list(client: Client) -> None:
    client.post(actions.invite(by=None, email="kim@example.com", role="front_desk"))
    client.post(reverse("welcome"), {"name": "Kim", "password": cast.PASSWORD})
    assert "This device" in client.get(reverse("usersessions_list")).content.decode()


def test_fifteen_idle_minutes_end_a_session(as_bob: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        assert as_bob.get(INSIDE).status_code == 200
        clock.shift(14 * 60)
        assert as_bob.get(INSIDE).status_code == 200
        clock.shift(14 * 60)
        assert as_bob.get(INSIDE).status_code == 200
        clock.shift(15 * 60 + 1)
        assert as_bob.get(INSIDE).status_code == 302


def test_a_page_that_asks_for_news_by_itself_is_no_sign_of_life(as_bob: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        as_bob.get(INSIDE)
        for _ in range(15):
            clock.shift(61)
            answer = as_bob.get(INSIDE, headers={"X-Polling": "1"})
        assert answer.status_code == 302


def test_a_sign_of_life_keeps_it(as_bob: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        for _ in range(4):
            assert as_bob.post(reverse("stay")).status_code == 204
            clock.shift(14 * 60)
        assert as_bob.get(INSIDE).status_code == 200


def test_twelve_hours_end_it_in_any_case(as_bob: Client) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        for _ in range(12 * 6):
            assert as_bob.get(INSIDE).status_code == 200
            clock.shift(10 * 60)
        clock.shift(1)
        assert as_bob.get(INSIDE).status_code == 302


def test_a_disabled_colleague_is_out_at_the_next_request(as_bob: Client, bob: User, dana: User) -> None:
    assert as_bob.get(INSIDE).status_code == 200
    actions.disable(by=dana, user=bob)
    assert as_bob.get(INSIDE).status_code == 302


def test_last_seen_is_written_at_most_once_a_minute(as_bob: Client, django_assert_num_queries: Any) -> None:
    as_bob.get(INSIDE)
    with django_assert_num_queries(2):  # the session and its user
        as_bob.get(reverse("settings"))
