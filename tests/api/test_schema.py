"""The API is described, and behaves as described, whatever is thrown at it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from leads.capture.limits import Flooded
from leads.models import ApiKey, BookingKind, CustomField, Lead, Message, Scope, Stage, Tag, User
from leads.triage.bookings.bookings import book
from leads.triage.decisions import actions as triage
from leads.triage.decisions.tasks_of_lead import add_task, finish_task
from tests.cast import make_lead, vera_writes

CONFORMS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
ANYTHING = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SOON = (timezone.now() + timedelta(days=300)).isoformat()
ENQUIRY = {"name": "Vera", "email": "vera@example.com", "consent_reply": True}
ENQUIRIES, LEADS, MESSAGES = "/api/v1/enquiries/", "/api/v1/leads/", "/api/v1/messages/"
LEAD = LEADS + "{reference}/"
STAGE, ASSIGNMENT, SNOOZE, NOTES, BOOKINGS, MAILS, FIELDS, TASKS = (
    f"{LEAD}{noun}/" for noun in ("stage", "assignment", "snooze", "notes", "bookings", "mails", "fields", "tasks")
)
TASK = TASKS + "{task}/"
TASK_DONE = TASK + "done/"
TO_DO = {"text": "Send the cost sheet.", "due_at": SOON}
NO_TASK = "00000000-0000-4000-8000-000000000000"
JSON, PROBLEM = "application/json", "application/problem+json"

schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", WSGIHandler())
OPERATIONS = [found.ok() for found in cast(Any, schema).get_all_operations()]


def test_it_is_served(client: Client, db: None) -> None:
    response = client.get("/api/schema/")
    assert response.status_code == 200
    assert b"/api/v1/enquiries/" in response.content


def key_for(*scopes: str) -> dict[str, str]:
    secret = ApiKey.objects.create_with_secret(name="Reader", scopes=list(scopes))[1]
    return {"Authorization": f"Bearer {secret}"}


# Whatever is sent


@pytest.mark.django_db(transaction=True)
@schema.parametrize()
@ANYTHING
def test_anything_is_answered_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(headers=key_for(*Scope.values), checks=CONFORMS)


@pytest.mark.django_db(transaction=True)
@schema.include(path_regex="reference").parametrize()
@ANYTHING
def test_anything_about_a_lead_that_is_there_is_answered_as_described(case: schemathesis.Case[Any]) -> None:
    lead = Lead.objects.first() or make_lead()
    case.path_parameters = (case.path_parameters or {}) | {"reference": lead.reference}
    case.call_and_validate(headers=key_for(*Scope.values), checks=CONFORMS)


@pytest.mark.django_db(transaction=True)
@schema.parametrize()
@settings(ANYTHING, max_examples=5)
def test_without_a_key_as_described(case: schemathesis.Case[Any]) -> None:
    response = case.call_and_validate(checks=CONFORMS)
    assert response.status_code == 401 or case.path == ENQUIRIES


# What is really answered


@dataclass(frozen=True)
class Call:
    """One request, and the status that it is answered with."""

    method: str
    path: str
    status: int
    body: Any = None
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    reference: str = ""  # of `references`, or one that nobody has; else Vera's
    task: str = "open task"  # of `references`, or one that is not there

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"


CALLS = [
    Call("POST", ENQUIRIES, 201, ENQUIRY),
    Call("POST", ENQUIRIES, 201, ENQUIRY | {"topic": "", "utm": {"source": "x"}}, headers={"Idempotency-Key": "new"}),
    Call("POST", ENQUIRIES, 400, {"name": "Vera"}),
    Call("POST", ENQUIRIES, 201, ENQUIRY, headers={"Accept": "text/html"}),
    Call("POST", ENQUIRIES, 413, ENQUIRY | {"message": "x" * 300_000}),
    Call("POST", ENQUIRIES, 415, ENQUIRY, headers={"Content-Type": "text/plain"}),
    Call("POST", ENQUIRIES, 422, ENQUIRY, headers={"Idempotency-Key": "used"}),
    Call("GET", LEADS, 200),
    Call("GET", LEADS, 200, query={"owner": "none"}),
    Call("GET", LEADS, 200, query={"q": "nobody at all"}),
    Call("GET", LEADS, 400, query={"owner": "nobody@example.com"}),
    Call("GET", LEADS, 404, query={"cursor": "nonsense"}),
    Call("GET", LEAD, 200),
    Call("GET", LEAD, 404, reference="0000-0000"),
    Call("GET", LEAD, 200, headers={"Accept": "application/xml"}),
    Call("POST", STAGE, 200, {"stage": "contacted"}),
    Call("POST", STAGE, 400, {"stage": "nowhere"}),
    Call("POST", STAGE, 404, {"stage": "contacted"}, reference="0000-0000"),
    Call("POST", STAGE, 415, {"stage": "contacted"}, headers={"Content-Type": "text/plain"}),
    Call("POST", ASSIGNMENT, 200, {"owner": "bob@example.com"}),
    Call("POST", ASSIGNMENT, 200, {"owner": None}),
    Call("POST", ASSIGNMENT, 400, {"owner": "nobody@example.com"}),
    Call("POST", SNOOZE, 200, {"until": SOON}),
    Call("POST", SNOOZE, 400, {"until": "2020-01-01T00:00:00Z"}),
    Call("POST", SNOOZE, 409, {"until": SOON}, reference="closed"),
    Call("DELETE", STAGE, 200, reference="changed"),
    Call("DELETE", ASSIGNMENT, 200, reference="changed"),
    Call("DELETE", SNOOZE, 200, reference="snoozed"),
    Call("DELETE", SNOOZE, 409),
    Call("POST", FIELDS, 200, {"members": 3, "nickname": "Vee", "insured": True}),
    Call("POST", FIELDS, 200, {"insured": None}),
    Call("POST", FIELDS, 400, {"nothing": "x"}),
    Call("POST", FIELDS, 404, {"members": 3}, reference="0000-0000"),
    Call("GET", LEADS, 200, query={"tag": "VIP"}),
    Call("GET", LEADS, 400, query={"tag": "nothing"}),
    Call("POST", NOTES, 201, {"text": "Called back."}),
    Call("POST", NOTES, 400, {"text": "x" * 5001}),
    Call("GET", BOOKINGS, 200),
    Call("GET", BOOKINGS, 200, reference="snoozed"),
    Call("GET", BOOKINGS, 404, reference="0000-0000"),
    Call("GET", TASKS, 200),
    Call("GET", TASKS, 200, reference="changed"),
    Call("GET", TASKS, 404, reference="0000-0000"),
    Call("POST", TASKS, 201, TO_DO),
    Call("POST", TASKS, 201, TO_DO | {"assignee": "bob@example.com"}),
    Call("POST", TASKS, 400, TO_DO | {"assignee": "nobody@example.com"}),
    Call("POST", TASKS, 400, TO_DO | {"text": "x" * 501}),
    Call("POST", TASKS, 400, TO_DO | {"due_at": "2020-01-01T00:00:00Z"}),
    Call("POST", TASKS, 409, TO_DO, reference="closed"),
    Call("POST", TASK, 200, {"text": "Call them.", "assignee": None}, reference="changed"),
    Call("POST", TASK, 400, {"due_at": "tomorrow"}, reference="changed"),
    Call("POST", TASK, 404, {"text": "Call them."}, reference="changed", task=NO_TASK),
    Call("POST", TASK, 409, {"text": "Call them."}, reference="changed", task="done task"),
    Call("DELETE", TASK, 200, reference="changed"),
    Call("DELETE", TASK, 404),
    Call("POST", TASK_DONE, 200, reference="changed"),
    Call("POST", TASK_DONE, 409, reference="changed", task="done task"),
    Call("DELETE", TASK_DONE, 200, reference="changed", task="done task"),
    Call("DELETE", TASK_DONE, 409, reference="changed"),
    Call("GET", MAILS, 200),
    Call("GET", MAILS, 200, reference="changed"),
    Call("GET", MAILS, 404, reference="0000-0000"),
    Call("GET", MESSAGES, 200),
    Call("GET", MESSAGES, 200, query={"state": "sent"}),
    Call("GET", MESSAGES, 400, query={"state": "lost"}),
    Call("GET", MESSAGES, 404, query={"lead": "0000-0000"}),
]


@pytest.fixture
def kept_connection(db: None) -> Iterator[None]:
    """Here requests end as in the real world, which would close the test's own connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def references(kept_connection: None, bob: User) -> dict[str, str]:
    """Leads in every state that the calls need, and mail with and without a lead."""
    vera = vera_writes(topic="", reply_by="").reference
    changed, snoozed, closed = make_lead(), make_lead(), make_lead(category="closed")
    soon = timezone.now() + timedelta(days=2)
    task, done = (add_task(by=bob, lead=changed, text="Send the cost sheet.", due_at=soon, assignee=bob) for _number in range(2))
    finish_task(by=bob, task=done)
    triage.assign(by=bob, lead=changed, owner=bob)
    triage.change_stage(by=bob, lead=changed, stage=Stage.objects.first_of("working"))
    book(by=bob, lead=snoozed, kind=BookingKind.CALL, starts_at=timezone.now() + timedelta(days=3), minutes=30)
    triage.snooze(by=bob, lead=snoozed, until=timezone.now() + timedelta(days=1))
    Message.objects.create(kind="sign_in_link", user=bob, to_address=bob.email)
    Tag.objects.create(name="VIP")
    for key, kind in [("members", "number"), ("nickname", "text"), ("insured", "yes_no")]:
        CustomField.objects.create(key=key, label=key, kind=kind)
    send(Call("POST", ENQUIRIES, 201, ENQUIRY | {"message": "Another."}, headers={"Idempotency-Key": "used"}))
    leads = {"": vera, "changed": changed.reference, "snoozed": snoozed.reference, "closed": closed.reference}
    return leads | {"open task": str(task.pk), "done task": str(done.pk)}


def send(call: Call, reference: str = "", excluded: list[Any] | None = None, task: str = "") -> Any:
    case = schema[call.path][call.method].Case(
        path_parameters={"reference": reference} | ({"task": task} if "{task}" in call.path else {}),
        query=call.query,
        headers=key_for(*Scope.values) | call.headers,
        **({"body": call.body, "media_type": JSON} if call.body else {}),
    )
    return case.call_and_validate(checks=CONFORMS, excluded_checks=excluded)


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_what_is_answered_is_what_is_described(call: Call, references: dict[str, str]) -> None:
    response = send(call, references.get(call.reference, call.reference), task=references.get(call.task, call.task))
    assert response.status_code == call.status
    assert response.headers["content-type"] == [JSON if call.status < 300 else PROBLEM]


def test_every_operation_is_called_with_success() -> None:
    assert {(operation.method.upper(), operation.path) for operation in OPERATIONS} == {
        (call.method, call.path) for call in CALLS if call.status < 300
    }


@pytest.mark.parametrize("call", [call for call in CALLS if call.status < 300 and call.path != ENQUIRIES], ids=str)
def test_a_key_without_the_scope_is_refused_as_described(call: Call, references: dict[str, str]) -> None:
    response = send(replace(call, headers=key_for()), references[call.reference], task=references[call.task])
    assert response.status_code == 403


@pytest.mark.parametrize(("reason", "status"), [(Flooded(), 429), (OperationalError(), 503)])
def test_whoever_is_turned_away_is_answered_as_described(
    kept_connection: None, monkeypatch: pytest.MonkeyPatch, reason: Exception, status: int
) -> None:
    def turned_away(**_: object) -> None:
        raise reason

    monkeypatch.setattr("leads.api.views.receive_enquiry", turned_away)
    assert send(CALLS[0], excluded=[not_a_server_error]).status_code == status


def test_it_says_how_to_show_a_key_and_what_each_scope_is_for() -> None:
    described = schema.raw_schema["components"]["securitySchemes"]["key"]
    assert (described["type"], described["scheme"]) == ("http", "bearer")
    assert "Authorization: Bearer lw_" in described["description"]
    assert all(f"`{scope}`" in described["description"] for scope in Scope.values)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_each_operation_names_its_scope(operation: Any) -> None:
    raw = operation.definition.raw
    if operation.path == ENQUIRIES:
        assert raw["security"] == [{}]
    else:
        assert raw["security"] == [{"key": []}]
        scope = "messages:read" if operation.path == MESSAGES else "leads:read" if operation.method == "get" else "leads:write"
        assert f"`{scope}`" in raw["description"]
