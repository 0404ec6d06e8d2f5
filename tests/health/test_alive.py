from django.test import Client
from pytest_django import DjangoAssertNumQueries


def test_it_is_alive_without_asking_the_database(client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"
