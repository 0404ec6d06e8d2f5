"""Fixtures that every folder shares, and the closed network."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from leads.models import Clinic, Lead, Role, User
from tests import cast, network

# For good, not for one test: a live server's last request may outlive its test, and must not remember emptied tables for the next.
settings.REMEMBER_SECONDS = 0


@pytest.fixture(autouse=True)
def closed_network() -> Iterator[None]:
    with network.closed():
        yield


@pytest.fixture(autouse=True)
def quiet_settings(settings: Any, tmp_path: Any) -> None:
    """Fast passwords, a mail folder of its own, no manifest."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The clinic, stages and sequence of the first migration are there in transactional tests too, in the second one as in the first."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(**{**marker.kwargs, "serialized_rollback": True}), append=False)


@pytest.fixture
def clinic(db: None) -> Clinic:
    return Clinic.current()


def _user(name: str, role: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.com", cast.PASSWORD, name=name, role=role)


@pytest.fixture
def alice(db: None) -> User:
    return _user("Alice", Role.MANAGER)


@pytest.fixture
def bob(db: None) -> User:
    return _user("Bob", Role.FRONT_DESK)


@pytest.fixture
def charlie(db: None) -> User:
    return _user("Charlie", Role.NONE)


@pytest.fixture
def lead(db: None) -> Lead:
    return cast.make_lead()


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def as_alice(alice: User) -> Client:
    return _signed_in(alice)


@pytest.fixture
def as_bob(bob: User) -> Client:
    return _signed_in(bob)


@pytest.fixture
def as_charlie(charlie: User) -> Client:
    return _signed_in(charlie)
