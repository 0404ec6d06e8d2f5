"""One-time links: a look changes nothing, the button spends it, and only once."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.clinic import actions
from leads.followup.compose import compose
from leads.followup.letterhead import Letterhead
from leads.models import Message, Role, SignInLink, User
from tests import cast

pytestmark = pytest.mark.django_db
WELCOME = reverse("welcome")


def path_of(url: str) -> str:
    return urlsplit(url).path


@pytest.fixture
def link() -> str:
    return path_of(actions.invite(by=None, email="kim@example.com", role=Role.FRONT_DESK))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_look_changes_nothing(client: Client, link: str) -> None:
    for _ in range(3):
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer.content.count(b"<button") == 1
    assert client.head(link).status_code == 200
    assert not signed_in(client)
    assert SignInLink.objects.get().spent_at is None


def test_the_button_signs_in_and_leads_to_name_and_password(client: Client, link: str) -> None:
    answer = client.post(link)
    assert (answer.status_code, answer["Location"]) == (302, WELCOME)
    assert signed_in(client)


def test_it_works_once(client: Client, link: str) -> None:
    client.post(link)
    for answer in (Client().post(link), Client().get(link)):
        assert answer.status_code == 410
        assert b"no longer works" in answer.content


def test_it_ends_after_24_hours(client: Client, link: str) -> None:
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(link).status_code == 410
    assert not signed_in(client)


def test_it_lasts_24_hours(link: str) -> None:
    lasts = SignInLink.objects.get().expires_at - timezone.now()
    assert timedelta(hours=23, minutes=59) < lasts <= timedelta(hours=24)


def test_a_guess_is_gone_too(client: Client) -> None:
    assert client.post(reverse("sign_in_link", args=["guess"])).status_code == 410


def test_only_a_hash_is_stored(link: str) -> None:
    token = link.split("/")[-2]
    assert len(token) >= 43  # 32 bytes
    assert token not in repr(SignInLink.objects.values())


def test_a_new_link_ends_the_older_one(client: Client, link: str) -> None:
    actions.invite(by=None, email="kim@example.com", role=Role.FRONT_DESK)
    assert client.post(link).status_code == 410


def test_a_disabled_colleague_stays_outside(client: Client, link: str, dana: User) -> None:
    actions.disable(by=dana, user=User.objects.get(email="kim@example.com"))
    assert client.post(link).status_code == 410


def test_it_ends_the_session_of_whoever_was_signed_in_before(as_bob: Client, link: str) -> None:
    as_bob.post(link)
    assert as_bob.session["_auth_user_id"] == str(User.objects.get(email="kim@example.com").pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    token = path_of(actions.invite(by=None, email="kim@example.com", role=Role.FRONT_DESK)).split("/")[-2]
    start, won = Barrier(8), []

    def spend() -> None:
        start.wait()
        won.append(actions.spend(token))
        connection.close()

    threads = [Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [user.email for user in won if user] == ["kim@example.com"]


# Name and password


def test_whoever_came_by_link_chooses_name_and_password(client: Client, link: str) -> None:
    client.post(link)
    answer = client.post(WELCOME, {"name": "Kim", "password": cast.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    kim = User.objects.get(email="kim@example.com")
    assert kim.name == "Kim"
    assert kim.check_password(cast.PASSWORD)
    assert signed_in(client)


def test_a_colleague_keeps_the_address_they_were_invited_with(client: Client, link: str) -> None:
    client.post(link)
    client.post(WELCOME, {"name": "Kim", "password": cast.PASSWORD, "email": "alice@example.com"})
    assert User.objects.filter(email="kim@example.com", name="Kim").exists()


@pytest.mark.parametrize("password", ["", "short", "yfdbufnjh10305070", "kim@example.com"])
def test_a_weak_password_is_refused(client: Client, link: str, password: str) -> None:
    client.post(link)
    answer = client.post(WELCOME, {"name": "Kim", "password": password})
    assert b"There is a problem" in answer.content
    assert not User.objects.get(email="kim@example.com").has_usable_password()


def test_whoever_signed_in_otherwise_can_not_choose_a_password_there(as_bob: Client, bob: User) -> None:
    answer = as_bob.post(WELCOME, {"name": "Bob", "password": "another correct horse"})
    assert answer["Location"] == "/desk/"
    bob.refresh_from_db()
    assert bob.check_password(cast.PASSWORD)


def test_a_new_password_ends_the_other_sessions(as_bob: Client, client: Client, bob: User) -> None:
    client.post(path_of(actions.invite(by=None, email=bob.email, role=bob.role)))
    client.post(WELCOME, {"name": "Bob", "password": "another correct horse"})
    assert as_bob.get(reverse("profile")).status_code == 302
    assert client.get(reverse("profile")).status_code == 200


# The first administrator


def test_the_first_link_makes_an_administrator(client: Client) -> None:
    url = actions.ensure_first_link()
    assert url
    client.post(path_of(url))
    client.post(WELCOME, {"name": "Dana", "email": "Dana@Example.com", "password": cast.PASSWORD})
    dana = User.objects.get()
    assert (dana.name, dana.email, dana.role, dana.wants_alerts) == ("Dana", "dana@example.com", Role.ADMINISTRATOR, True)


def test_the_first_administrator_has_to_give_an_address(client: Client) -> None:
    client.post(path_of(actions.ensure_first_link() or ""))
    assert b"There is a problem" in client.post(WELCOME, {"name": "Dana", "email": "", "password": cast.PASSWORD}).content


def test_each_start_makes_a_new_one_until_somebody_has_a_password(client: Client) -> None:
    first, second = actions.ensure_first_link(), actions.ensure_first_link()
    assert first
    assert second
    assert client.post(path_of(first)).status_code == 410
    assert client.post(path_of(second)).status_code == 302
    third = actions.ensure_first_link()
    assert third, "whoever left without a password would stand outside for ever"
    client.post(path_of(third))
    client.post(WELCOME, {"name": "Dana", "email": "dana@example.com", "password": cast.PASSWORD})
    assert actions.ensure_first_link() is None


def test_an_administrator_who_is_only_invited_is_none_yet() -> None:
    actions.invite(by=None, email="dana@example.com", role=Role.ADMINISTRATOR)
    assert actions.ensure_first_link()


# The command


def test_the_command_prints_the_link(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite", "kim@example.com", "--role", "manager")
    line = capsys.readouterr().out.strip()
    assert line.startswith("Sign in: http")
    assert client.post(path_of(line.removeprefix("Sign in: "))).status_code == 302
    assert User.objects.get().role == Role.MANAGER


@pytest.mark.parametrize("arguments", [("kim", "--role", "manager"), ("kim@example.com", "--role", "queen")])
def test_the_command_refuses_what_it_can_not_read(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("invite", *arguments)
    assert not User.objects.exists()


def test_the_command_forgets_the_codes_of_a_lost_phone_only_when_told_to(bob: User) -> None:
    Authenticator.objects.create(user=bob, type=Authenticator.Type.TOTP, data={})
    call_command("invite", bob.email, "--role", bob.role)
    assert Authenticator.objects.exists()
    call_command("invite", bob.email, "--role", bob.role, "--reset-codes")
    assert not Authenticator.objects.exists()


# Forgotten passwords


def test_a_forgotten_password_is_answered_alike_for_everybody(bob: User) -> None:
    def answer(email: str) -> str:
        page = Client().post(reverse("account_reset_password"), {"email": email})
        assert page.status_code == 200
        return page.content.decode().replace(email, "")

    assert answer(bob.email) == answer("nobody@example.com")
    assert [message.to_address for message in Message.objects.all()] == [bob.email]


def test_a_disabled_colleague_gets_no_link(client: Client, bob: User) -> None:
    User.objects.update(is_active=False)
    client.post(reverse("account_reset_password"), {"email": bob.email})
    assert not Message.objects.exists()


def test_one_inbox_gets_at_most_one_link_in_five_minutes(client: Client, bob: User) -> None:
    for _ in range(3):
        client.post(reverse("account_reset_password"), {"email": bob.email})
    assert Message.objects.count() == 1


def test_the_mailed_link_signs_in(client: Client, bob: User) -> None:
    actions.mail_link(email=bob.email)
    letter = compose(Message.objects.get(), Letterhead.current())
    link = re.search(r"https?://[^/]+(/accounts/link/\S+)", letter.text)
    assert link
    assert client.post(link[1])["Location"] == WELCOME


def test_asking_again_and_again_is_limited(client: Client, bob: User) -> None:
    answers = [client.post(reverse("account_reset_password"), {"email": bob.email}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
