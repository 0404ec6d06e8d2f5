"""A mail server hands a mail to `manage.py receive_mail`; in trouble it keeps it."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from leads.management.commands import receive_mail
from leads.models import Message, Reply
from leads.policy.inbound.parsing import MOST_BYTES
from tests.capture.mailed import mail
from tests.cast import vera_writes

pytestmark = pytest.mark.django_db


def piped(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> io.BytesIO:
    stream = io.BytesIO(raw)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stream))
    return stream


def test_a_piped_mail_joins_its_lead(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    receipt = vera_writes()
    piped(monkeypatch, mail(about=Message.objects.get()))
    call_command("receive_mail")
    assert Reply.objects.get().text == "Tuesday suits me."
    assert capsys.readouterr().out == f"Reply: {receipt.reference}\n"


def test_one_that_is_too_long_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = piped(monkeypatch, mail() + b"x" * MOST_BYTES)
    call_command("receive_mail")
    assert stream.read() == b""
    assert Reply.objects.count() == 1


def test_in_trouble_the_server_is_asked_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> Reply:
        raise RuntimeError("Tuesday suits me.")

    monkeypatch.setattr(receive_mail, "receive_mail", fail)
    piped(monkeypatch, mail())
    with pytest.raises(CommandError, match=r"could not be taken in: RuntimeError in \w+\.py:\d+\.$") as caught:
        call_command("receive_mail")
    assert caught.value.returncode == 75
