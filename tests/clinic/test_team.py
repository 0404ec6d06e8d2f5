"""The team: who is in it, as what, and that somebody always manages it."""

import re
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.clinic import actions
from leads.models import Message, MessageKind, Role, SignInLink, User
from leads.policy.refused import Refused
from tests import cast

pytestmark = pytest.mark.django_db
TEAM = reverse("team")
KIM = {"email": "kim@example.com", "role": "front_desk"}


def another_administrator() -> User:
    return User.objects.create_user("eve@example.com", cast.PASSWORD, role=Role.ADMINISTRATOR, last_login=timezone.now())


def test_it_lists_everybody(as_dana: Client, bob: User) -> None:
    page = as_dana.get(TEAM).content.decode()
    assert "Dana" in page
    assert bob.email in page


def test_an_invitation_is_mailed_and_no_row_holds_its_link(as_dana: Client) -> None:
    assert as_dana.post(TEAM, KIM | {"by_mail": "yes"})["Location"] == f"{TEAM}?invited"
    message = Message.objects.get()
    assert (message.kind, message.to_address, message.user) == (
        MessageKind.SIGN_IN_LINK,
        "kim@example.com",
        User.objects.get(email="kim@example.com"),
    )
    assert not SignInLink.objects.exists()
    assert "on its way" in as_dana.get(f"{TEAM}?invited").content.decode()


def test_a_link_to_pass_on_is_shown_once(as_dana: Client, client: Client) -> None:
    page = as_dana.post(TEAM, KIM | {"by_mail": "no"}).content.decode()
    link = re.search(r'value="https?://[^/]+(/accounts/link/[^"]+)"', page)
    assert link
    assert "/accounts/link/" not in as_dana.get(TEAM).content.decode()
    assert not Message.objects.exists()
    assert client.post(link[1])["Location"] == reverse("welcome")


def test_inviting_twice_before_they_came_makes_one_person(as_dana: Client) -> None:
    as_dana.post(TEAM, KIM | {"by_mail": "no"})
    as_dana.post(TEAM, KIM | {"by_mail": "no", "role": "manager", "email": "Kim@Example.com"})
    assert User.objects.get(email="kim@example.com").role == Role.MANAGER
    assert SignInLink.objects.count() == 1


def test_whoever_has_come_is_not_invited_again(as_dana: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(last_login=timezone.now())
    page = as_dana.post(TEAM, {"email": alice.email, "role": "front_desk", "by_mail": "no"}).content.decode()
    assert "already on the team" in page
    assert User.objects.get(pk=alice.pk).role == Role.MANAGER


@pytest.mark.parametrize("change", [{"email": ""}, {"email": "kim"}, {"role": "queen"}, {"by_mail": "maybe"}])
def test_it_says_what_is_missing(as_dana: Client, change: dict[str, str]) -> None:
    page = as_dana.post(TEAM, KIM | {"by_mail": "no"} | change).content.decode()
    assert "There is a problem" in page
    assert not User.objects.filter(email__startswith="kim").exists()


def test_a_role_changes_at_once(as_dana: Client, as_bob: Client, bob: User) -> None:
    as_dana.post(reverse("team_role", args=[bob.pk]), {"role": "administrator"})
    assert as_bob.get(TEAM).status_code == 200
    as_dana.post(reverse("team_role", args=[bob.pk]), {"role": "none"})
    assert as_bob.get(TEAM).status_code == 404


def test_an_unknown_role_changes_nothing(as_dana: Client, bob: User) -> None:
    as_dana.post(reverse("team_role", args=[bob.pk]), {"role": "queen"})
    assert User.objects.get(pk=bob.pk).role == Role.FRONT_DESK


def test_access_ends_and_comes_back(as_dana: Client, bob: User) -> None:
    SignInLink.objects.issue(bob)
    as_dana.post(reverse("team_access_remove", args=[bob.pk]))
    assert not User.objects.get(pk=bob.pk).is_active
    assert not SignInLink.objects.exists()
    as_dana.post(reverse("team_access_remove", args=[bob.pk]))
    as_dana.post(reverse("team_access", args=[bob.pk]))
    assert User.objects.get(pk=bob.pk).is_active


def test_the_last_administrator_stays(as_dana: Client, dana: User) -> None:
    for path, data in ((reverse("team_access_remove", args=[dana.pk]), {}), (reverse("team_role", args=[dana.pk]), {"role": "manager"})):
        answer = as_dana.post(path, data)
        assert answer.status_code == 409
        assert "has to manage the team" in answer.content.decode()
    dana.refresh_from_db()
    assert (dana.role, dana.is_active) == (Role.ADMINISTRATOR, True)


def test_an_invited_administrator_does_not_count_as_another(as_dana: Client, dana: User) -> None:
    actions.invite(by=dana, email="eve@example.com", role=Role.ADMINISTRATOR)
    assert as_dana.post(reverse("team_access_remove", args=[dana.pk])).status_code == 409


def test_with_another_administrator_one_may_go(as_dana: Client, dana: User) -> None:
    another_administrator()
    assert as_dana.post(reverse("team_access_remove", args=[dana.pk])).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_administrators_can_not_remove_each_other_at_once() -> None:
    pair = [another_administrator(), User.objects.create_user("dana@example.com", role=Role.ADMINISTRATOR, last_login=timezone.now())]
    start = Barrier(2)

    def remove(me: User, other: User) -> None:
        start.wait()
        try:
            actions.disable(by=me, user=other)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [Thread(target=remove, args=couple) for couple in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.administrators().count() == 1


def test_nobody_who_is_gone_from_the_team_is_found(as_dana: Client) -> None:
    assert as_dana.post(reverse("team_role", args=[999]), {"role": "none"}).status_code == 404
