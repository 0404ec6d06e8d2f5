"""API keys from the command line: made with an end if wanted, listed, and ended."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from leads.models import ApiKey, Lead

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def say(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue().strip()


def made(*arguments: str) -> str:
    return say("create_api_key", "Website", "--scope", "leads:read", *arguments)


def answer_to(key: str) -> int:
    status: int = APIClient().get("/api/v1/leads/", headers={"Authorization": f"Bearer {key}"}).status_code
    return status


def test_a_key_opens_what_its_scopes_allow() -> None:
    key = say("create_api_key", "Website", "--scope", "leads:read", "leads:write", "--scope", "leads:read")
    assert answer_to(key) == 200
    assert (ApiKey.objects.get().name, ApiKey.objects.get().scopes) == ("Website", ["leads:read", "leads:write"])


def test_only_its_hash_is_kept() -> None:
    key = made()
    assert key not in str(ApiKey.objects.values().get())


def test_without_an_end_it_has_none() -> None:
    made()
    assert ApiKey.objects.get().expires_at is None


def test_it_ends_after_so_many_days() -> None:
    with time_machine.travel(NOON, tick=False):
        key = made("--expires", "30")
    with time_machine.travel(NOON + timedelta(days=29, hours=23), tick=False):
        assert answer_to(key) == 200
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        assert answer_to(key) == 401


@pytest.mark.parametrize("days", ["0", "-1", "soon", "1e3", "99999999999"])
def test_days_are_a_number_of_them(days: str) -> None:
    with pytest.raises(CommandError, match="--expires"):
        made(f"--expires={days}")


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "two\nlines"])
def test_it_has_a_name_that_can_be_read(name: str) -> None:
    with pytest.raises(CommandError, match="1 to 80"):
        say("create_api_key", name, "--scope", "leads:read")
    assert not ApiKey.objects.exists()


def test_a_revoked_key_ends_at_once_and_no_other_does() -> None:
    key, other = made(), made()
    assert "Website" in say("revoke_api_key", key[:8])
    assert (answer_to(key), answer_to(other)) == (401, 200)


def test_whoever_finds_a_key_may_give_all_of_it() -> None:
    key = made()
    assert key[8:] not in say("revoke_api_key", key)
    assert answer_to(key) == 401


def test_a_key_is_revoked_once() -> None:
    key = made()
    say("revoke_api_key", key[:8])
    first = ApiKey.objects.get().revoked_at
    with pytest.raises(CommandError, match="No key in use"):
        say("revoke_api_key", key[:8])
    assert ApiKey.objects.get().revoked_at == first


@pytest.mark.parametrize("prefix", ["lw_none0", "", "lw_"])
def test_an_unknown_one_is_said_to_be(prefix: str) -> None:
    key = made()
    with pytest.raises(CommandError, match="No key in use"):
        say("revoke_api_key", prefix)
    assert answer_to(key) == 200


def test_the_list_tells_all_but_the_key(lead: Lead) -> None:
    with time_machine.travel(NOON, tick=False):
        key, unused = made("--expires", "30"), made()
        answer_to(key)
        say("revoke_api_key", unused)
    heading, first, second = say("api_keys").splitlines()
    assert heading.split()[:3] == ["prefix", "name", "scopes"]
    assert first.split("  ")[:1] == [key[:8]]
    assert [" ".join(part.split()) for part in first.split("  ") if part.strip()] == [
        key[:8],
        "Website",
        "leads:read",
        "2026-03-02 12:00",
        "2026-04-01 12:00",
        "-",
        "2026-03-02 12:00",
    ]
    assert second.split()[-4:] == ["-", "2026-03-02", "12:00", "-"]
    assert key[8:] not in first


def test_an_empty_list_says_so() -> None:
    assert say("api_keys") == "There are no API keys."
