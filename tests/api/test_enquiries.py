"""POST /api/v1/enquiries/: the contact form for programs."""

import json
from typing import Any

import pytest
from django.db import OperationalError
from rest_framework.test import APIClient

from leads.capture.limits import Flooded
from leads.models import Enquiry, Lead

URL = "/api/v1/enquiries/"
BODY = {"name": "Vera Lind", "email": "vera@example.com", "message": "A question.", "consent_reply": True}


def post(client: APIClient, body: Any, **headers: str) -> Any:
    return client.post(URL, body, format="json", headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_it_answers_with_the_reference(anybody: APIClient) -> None:
    response = post(anybody, BODY)
    assert response.status_code == 201
    assert response.json() == {"reference": Lead.objects.get().reference}


def test_it_keeps_page_and_campaign(anybody: APIClient) -> None:
    post(anybody, BODY | {"page": "/prices", "utm": {"source": "newsletter"}})
    enquiry = Enquiry.objects.get()
    assert (enquiry.page, enquiry.utm) == ("/prices", {"source": "newsletter"})


@pytest.mark.parametrize("wanted", ["text/html", "application/xml", "nonsense", ""])
def test_no_enquiry_is_refused_for_what_its_sender_would_rather_read(anybody: APIClient, wanted: str) -> None:
    response = post(anybody, BODY, Accept=wanted)
    assert (response.status_code, response["Content-Type"]) == (201, "application/json")
    assert Enquiry.objects.count() == 1


def test_the_same_key_gets_the_same_answer(anybody: APIClient) -> None:
    first = post(anybody, BODY, Idempotency_Key="once")
    again = post(anybody, BODY, Idempotency_Key="once")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert Enquiry.objects.count() == 1


def test_the_same_key_with_another_body_is_422(anybody: APIClient) -> None:
    post(anybody, BODY, Idempotency_Key="once")
    response = post(anybody, BODY | {"message": "Another."}, Idempotency_Key="once")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "vera"}, "email"),
        ({"consent_reply": False}, "consent_reply"),
        ({"consent_reply": "yes"}, "consent_reply"),
        ({"topic": "weather"}, "topic"),
        ({"reply_by": "pigeon"}, "reply_by"),
        ({"name": 5}, "name"),
        ({"message": ["a"]}, "message"),
        ({"utm": "x"}, "utm"),
        ({"name": "x" * 10_000}, "name"),
    ],
)
def test_bad_input_gets_a_sentence_for_its_field(anybody: APIClient, change: dict[str, Any], field: str) -> None:
    response = post(anybody, BODY | change)
    assert response.status_code == 400
    sentences = response.json()["errors"][field]
    assert sentences
    assert all(sentence.endswith(".") or " " in sentence for sentence in sentences)
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"[" * 100_000, b"\xff\xfe", b"NaN", b'{"name": "\\ud800"}'])
def test_broken_json_is_400(anybody: APIClient, body: bytes) -> None:
    assert anybody.post(URL, body, content_type="application/json").status_code == 400


def test_half_a_character_and_nul_are_survived(anybody: APIClient) -> None:
    body = json.dumps(BODY | {"message": "a\ud800b\x00c"})
    assert anybody.post(URL, body, content_type="application/json").status_code == 201


def test_a_huge_body_is_413(anybody: APIClient) -> None:
    assert post(anybody, BODY | {"message": "x" * 300_000}).status_code == 413


def test_another_content_type_is_415(anybody: APIClient) -> None:
    assert anybody.post(URL, "name=Vera", content_type="text/plain").status_code == 415


def test_get_is_not_allowed(anybody: APIClient) -> None:
    assert anybody.get(URL).status_code == 405


def test_suspicious_new_and_repeated_look_alike(anybody: APIClient) -> None:
    answers = [post(anybody, BODY | {"message": f"Question {number}"}) for number in range(5)]
    assert Lead.objects.in_check().exists()
    shapes = {(answer.status_code, answer.content.replace(answer.json()["reference"].encode(), b"-")) for answer in answers}
    assert len(shapes) == 1


def test_no_cookie_is_set(anybody: APIClient) -> None:
    assert not post(anybody, BODY).cookies


@pytest.mark.parametrize(("reason", "status"), [(Flooded(), 429), (OperationalError(), 503)])
def test_whoever_is_turned_away_is_told_where_help_is(
    anybody: APIClient, monkeypatch: pytest.MonkeyPatch, reason: Exception, status: int
) -> None:
    def turned_away(**_: object) -> None:
        raise reason

    monkeypatch.setattr("leads.api.views.receive_enquiry", turned_away)
    response = post(anybody, BODY)
    assert response.status_code == status
    assert "call 988" in response.json()["detail"]
