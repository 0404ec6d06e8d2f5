"""What people write is unreadable in the database, and only opens in its own row."""

import base64
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from leads.models import Enquiry, Lead, Unreadable

CANARY = "canary in a coal mine"


@pytest.fixture
def enquiry(lead: Lead) -> Enquiry:
    return Enquiry.objects.create(lead=lead, channel="form", promise_at=timezone.now(), name="Vera", message=CANARY, consent_reply=True)


def stored(enquiry: Enquiry) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT message FROM leads_enquiry")
        return bytes(cursor.fetchone()[0])


def test_it_opens_for_us(enquiry: Enquiry) -> None:
    assert Enquiry.objects.get().message == CANARY


def test_the_database_never_sees_it(enquiry: Enquiry) -> None:
    assert b"canary" not in stored(enquiry)


def test_saving_again_keeps_it(enquiry: Enquiry) -> None:
    again = Enquiry.objects.get()
    again.save()
    assert Enquiry.objects.get().message == CANARY


def test_it_opens_with_an_older_key(enquiry: Enquiry, settings: Any) -> None:
    settings.FIELD_KEYS = {"k2": b"2" * 32} | settings.FIELD_KEYS
    assert Enquiry.objects.get().message == CANARY
    Enquiry.objects.update(name="V")
    again = Enquiry.objects.get()
    again.message = CANARY
    again.save()
    assert stored(enquiry)[1:3] == b"k2"


def test_a_wrong_key_is_an_error(enquiry: Enquiry, settings: Any) -> None:
    settings.FIELD_KEYS = {"k1": base64.b64decode("A" * 43 + "=")}
    with pytest.raises(Unreadable):
        _ = Enquiry.objects.get().message


def test_a_key_we_do_not_have_is_an_error(enquiry: Enquiry, settings: Any) -> None:
    settings.FIELD_KEYS = {"k9": b"9" * 32}
    with pytest.raises(Unreadable):
        _ = Enquiry.objects.get().message


def test_it_does_not_open_in_another_row(enquiry: Enquiry, lead: Lead) -> None:
    other = Enquiry.objects.create(lead=lead, channel="form", promise_at=timezone.now(), name="Vera", message="", consent_reply=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leads_enquiry SET message = %s", [stored(enquiry)])
    with pytest.raises(Unreadable):
        _ = Enquiry.objects.get(pk=other.pk).message


def test_it_can_not_be_searched_nor_set_by_update(enquiry: Enquiry) -> None:
    with pytest.raises(TypeError):
        Enquiry.objects.update(message="plain")
    with pytest.raises(TypeError):
        Enquiry.objects.filter(message=CANARY).exists()
