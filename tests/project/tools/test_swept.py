"""Worker and beat are well while the outbox is swept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from leads.models import LastTime, note_time
from project.tools import swept

pytestmark = pytest.mark.django_db


def test_they_are_well_after_a_sweep(capsys: pytest.CaptureFixture[str]) -> None:
    note_time("sweep")
    assert swept.main() == 0
    assert capsys.readouterr().out == "ok\n"


def test_they_are_not_before_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert swept.main() == 1
    assert "has not been swept yet" in capsys.readouterr().out


def test_they_are_not_when_the_last_was_long_ago(capsys: pytest.CaptureFixture[str]) -> None:
    LastTime.objects.create(key="sweep", at=timezone.now() - timedelta(minutes=5))
    assert swept.main() == 1
    assert capsys.readouterr().out == "The outbox was last swept 5 min ago.\n"


def test_they_are_not_without_the_database(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(*args: Any) -> None:
        raise OperationalError("password of the database")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert swept.main() == 1
    assert "password" not in capsys.readouterr().out
