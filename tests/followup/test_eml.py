"""Mail as files: whole or not there, readable by nobody else."""

import stat
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import send_mail

from leads.followup.crew import deliver_due
from leads.followup.eml import write
from leads.models import Message
from tests.followup.made import make_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any) -> Path:
    settings.EMAIL_BACKEND = "leads.followup.eml.EmailBackend"
    return Path(settings.EMAIL_FILE_PATH)


def test_a_mail_is_one_file_named_after_its_message_id(folder: Path) -> None:
    message = make_message()
    deliver_due()
    (file,) = folder.iterdir()
    assert file.name == f"{message.pk.hex}.eml"
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["Message-ID"] == message.message_id
    assert Message.objects.get().state == "sent"


def test_only_the_owner_can_read_it(folder: Path) -> None:
    make_message()
    deliver_due()
    (file,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_copy_is_seen_as_one(folder: Path) -> None:
    for _ in range(3):
        write("<abc@example.com>", b"Subject: hello\r\n\r\n")
    assert sorted(file.name for file in folder.iterdir()) == ["abc-2.eml", "abc-3.eml", "abc.eml"]


def test_a_message_id_can_not_lead_out_of_the_folder(folder: Path) -> None:
    assert write("<../../etc/passwd@example.com>", b"").parent == folder


def test_a_folder_that_can_not_be_written_costs_no_try(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way")
    make_message()
    deliver_due()
    assert Message.objects.values_list("state", "attempts").get() == ("queued", 0)


def test_mail_from_elsewhere_arrives_too(folder: Path) -> None:
    send_mail("Reset", "Link", None, ["bob@example.com"])
    (file,) = folder.iterdir()
    assert b"Subject: Reset" in file.read_bytes()
