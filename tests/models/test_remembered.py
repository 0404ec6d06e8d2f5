"""What is remembered for a moment, and what is read anew."""

from typing import Any

import pytest

from leads.models import RememberedById, User


@pytest.fixture
def names(settings: Any, bob: User) -> RememberedById[str]:
    settings.REMEMBER_SECONDS = 60
    return RememberedById(lambda: dict(User.objects.values_list("pk", "name")))


def test_what_is_known_is_not_read_again(names: RememberedById[str], bob: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert names.with_ids([bob.pk]) == names.with_ids([bob.pk]) == names() == {bob.pk: "Bob"}


def test_whoever_came_a_moment_ago_is_not_missed(names: RememberedById[str], bob: User) -> None:
    names()
    dana = User.objects.create_user("dana@example.com", name="Dana")
    assert names.with_ids([bob.pk, dana.pk]) == {bob.pk: "Bob", dana.pk: "Dana"}


def test_what_is_forgotten_is_read_anew_and_kept_for_where_the_database_is_away(names: RememberedById[str], bob: User) -> None:
    names()
    User.objects.update(name="Bobby")
    names.forget()
    assert names.last == {bob.pk: "Bob"}
    assert names() == {bob.pk: "Bobby"}
