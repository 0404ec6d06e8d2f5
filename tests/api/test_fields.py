"""Tags and the clinic's own fields, for programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leads.models import CustomField, EventKind, FieldChoice, Lead, LeadTag, Tag
from tests.api.conftest import Door
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
LEADS = "/api/v1/leads/"
SCOPES = ("leads:read", "leads:write")


@pytest.fixture
def insurance(db: None) -> CustomField:
    field = CustomField.objects.create(key="insurance", label="Insurance", kind="choice")
    FieldChoice.objects.create(field=field, label="Aetna")
    for key, kind in [("members", "number"), ("since", "date"), ("insured", "yes_no"), ("nickname", "text")]:
        CustomField.objects.create(key=key, label=key.title(), kind=kind)
    return field


def set_fields(door: Door, lead: Lead, values: object, status: int = 200) -> dict[str, object]:
    response = door(*SCOPES).post(f"{LEADS}{lead.reference}/fields/", values, format="json")
    assert response.status_code == status
    return dict(response.json())


def test_a_lead_tells_its_tags_and_fields(door: Door, lead: Lead, insurance: CustomField) -> None:
    LeadTag.objects.create(lead=lead, tag=Tag.objects.create(name="VIP"))
    sent = {"insurance": "aetna", "members": 2.5, "since": "2026-06-30", "insured": False, "nickname": "Vee"}
    assert set_fields(door, lead, sent)["fields"] == sent | {"insurance": "Aetna"}
    found = door(*SCOPES).get(f"{LEADS}{lead.reference}/").json()
    assert (found["tags"], found["fields"]) == (["VIP"], sent | {"insurance": "Aetna"})


def test_each_change_is_an_event_of_the_key(door: Door, lead: Lead, insurance: CustomField) -> None:
    set_fields(door, lead, {"members": 3})
    set_fields(door, lead, {"members": "3"})
    event = lead.events.get(kind=EventKind.CUSTOM_FIELD)
    assert event.by is None
    assert "api_key" in event.data


def test_null_empties_a_field(door: Door, lead: Lead, insurance: CustomField) -> None:
    set_fields(door, lead, {"members": 3})
    assert set_fields(door, lead, {"members": None})["fields"] == {}


def test_all_or_none(door: Door, lead: Lead, insurance: CustomField) -> None:
    errors = set_fields(door, lead, {"members": 3, "insurance": "Nobody", "since": "soon"}, status=400)["errors"]
    assert errors == {"insurance": ["Choose one of: Aetna."], "since": ["Enter a date like 2026-06-30."]}
    assert not lead.field_values.exists()


@pytest.mark.parametrize("value", [[], {}, [1]])
def test_what_is_no_value_is_told(door: Door, lead: Lead, insurance: CustomField, value: object) -> None:
    errors = set_fields(door, lead, {"members": value, "nothing": 1}, status=400)["errors"]
    assert errors == {"members": ["Send text, a number, true, false or null."], "nothing": ["There is no such field."]}


def test_the_list_is_narrowed_by_a_tag(door: Door, lead: Lead) -> None:
    other = make_lead(email="1@example.com")
    LeadTag.objects.create(lead=other, tag=Tag.objects.create(name="VIP"))
    found = door("leads:read").get(LEADS, {"tag": "vip"}).json()["results"]
    assert [(each["reference"], each["tags"]) for each in found] == [(other.reference, ["VIP"])]
    assert door("leads:read").get(LEADS, {"tag": "nothing"}).json()["errors"] == {"tag": ["There is no such tag."]}


def test_the_list_costs_no_more_for_more_leads(door: Door) -> None:
    client, tag = door("leads:read"), Tag.objects.create(name="VIP")
    counted = []
    for number in range(6):
        LeadTag.objects.create(lead=make_lead(email=f"{number}@example.com"), tag=tag)
        with CaptureQueriesContext(connection) as made:
            client.get(LEADS)
        counted.append(len(made))
    assert counted[1:] == [counted[1]] * 5


def test_a_reading_key_changes_nothing(door: Door, lead: Lead, insurance: CustomField) -> None:
    assert door("leads:read").post(f"{LEADS}{lead.reference}/fields/", {"members": 3}, format="json").status_code == 403
