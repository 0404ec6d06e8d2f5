"""Whoever manages the team."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from leads.models import Role, User
from tests import cast


@pytest.fixture
def dana(db: None) -> User:
    """An administrator who has signed in before."""
    return User.objects.create_user("dana@example.com", cast.PASSWORD, name="Dana", role=Role.ADMINISTRATOR, last_login=timezone.now())


@pytest.fixture
def as_dana(dana: User) -> Client:
    client = Client()
    client.force_login(dana, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
