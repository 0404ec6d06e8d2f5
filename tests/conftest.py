"""Fixtures that every folder shares, and the closed network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client, TransactionTestCase

from leads.models import Clinic, Lead, Role, User
from tests import cast, databases, network

# For good, not for one test: a live server's last request may outlive its test, and must not remember emptied tables for the next.
settings.REMEMBER_SECONDS = 0
databases.without_waiting_for_the_disk(settings)


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any, worker_id: str
) -> Iterator[None]:
    """What each process of pytest-xdist would do for itself, and is half a minute of work for three, is done once."""
    if worker_id == "master":
        yield
        return
    model = databases.Model(Path(settings.DATA_DIR).parent)
    with django_db_blocker.unblock():
        model.copy()
    yield
    with django_db_blocker.unblock():
        model.clear_away()


@pytest.fixture(scope="session")
def django_db_keepdb(worker_id: str) -> bool:
    """Where a file was copied Django must not begin with another one."""
    return databases.IS_A_FILE and worker_id != "master"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[databases.Beginning]:
    """After a test that commits Django would empty every table and write the first rows again, which takes longer than most tests."""
    with django_db_blocker.unblock():
        beginning = databases.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: beginning.put_back())
        yield beginning


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
