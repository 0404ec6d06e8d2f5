"""`manage.py prepare` brings everything up to date, says nothing, and does no work twice."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from leads.management.commands import prepare


@pytest.fixture
def static_root(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path / "static"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Those that it calls from now on."""
    called: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: called.append(name))
    return called


def with_cache_in_the_database(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "leads_cache"}}


@pytest.mark.django_db(transaction=True)
def test_it_makes_what_is_missing_and_twice_is_as_good_as_once(static_root: Path, settings: Any, capsys: Any) -> None:
    with_cache_in_the_database(settings)
    call_command("prepare")
    call_command("prepare")
    assert "leads_cache" in connection.introspection.table_names()
    assert list(static_root.glob("leads/tokens*.css"))
    assert capsys.readouterr().out == ""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE leads_cache")


@pytest.mark.django_db(transaction=True)
def test_a_cache_elsewhere_needs_no_table(static_root: Path, commands: list[str]) -> None:
    prepare.prepare_database()
    assert commands == ["migrate"]


def test_for_an_image_the_database_is_not_asked(static_root: Path) -> None:
    call_command("prepare", static=True)  # a query here would fail: this test has no database
    assert list(static_root.glob("leads/tokens*.css"))


def test_files_are_collected_again_only_when_one_has_changed(
    static_root: Path, commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    static_root.mkdir()
    prepare.collect_static_files()
    prepare.collect_static_files()
    assert commands == ["collectstatic"]
    monkeypatch.setattr(prepare, "fingerprint_of_sources", lambda: "another")
    prepare.collect_static_files()
    assert commands == ["collectstatic"] * 2


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_migration_gives_up_rather_than_holding_up_visitors() -> None:
    prepare.be_polite_on_postgresql()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)
        cursor.execute("SELECT pg_advisory_unlock(%s), set_config('lock_timeout', '0', false)", [prepare.LOCK])
        assert cursor.fetchone()[0], "it was the only one that prepares"
