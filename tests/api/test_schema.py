"""The API is described, and behaves as described, whatever is thrown at it."""

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, settings

from leads.models import ApiKey

schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", WSGIHandler())


def test_it_is_served(client: Client, db: None) -> None:
    response = client.get("/api/schema/")
    assert response.status_code == 200
    assert b"/api/v1/enquiries/" in response.content


@pytest.mark.django_db(transaction=True)
@schema.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_is_answered_with_500(case: schemathesis.Case[Any]) -> None:
    key = ApiKey.objects.create_with_secret(name="Fuzzer", scopes=["leads:read", "leads:write", "messages:read"])[1]
    response = case.call(headers={"Authorization": f"Bearer {key}"})
    assert response.status_code < 500
