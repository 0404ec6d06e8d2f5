from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from leads.models import ApiKey

Door = Callable[..., APIClient]


@pytest.fixture
def door(db: None) -> Door:
    """A client whose key has these scopes."""

    def make(*scopes: str, **fields: Any) -> APIClient:
        _, secret = ApiKey.objects.create_with_secret(name="Website", scopes=list(scopes), **fields)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return make


@pytest.fixture
def anybody(db: None) -> APIClient:
    return APIClient()
