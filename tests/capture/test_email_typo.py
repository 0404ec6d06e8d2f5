"""A likely slip in an email's domain is offered once; either button sends the form."""

import pytest
from django.test import Client

from leads.models import Enquiry
from tests.capture.page import fields_of, send, send_again

pytestmark = pytest.mark.django_db


def test_it_is_offered(client: Client) -> None:
    response = send(client, email="vera@gmial.com")
    assert "Did you mean vera@gmail.com?" in response.content.decode()
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(("choice", "email"), [("change", "vera@gmail.com"), ("keep", "vera@gmial.com"), ("", "vera@gmial.com")])
def test_the_visitor_decides(client: Client, choice: str, email: str) -> None:
    send_again(client, send(client, email="vera@gmial.com"), email_choice=choice)
    assert Enquiry.objects.get().email == email


def test_it_is_offered_only_once(client: Client) -> None:
    page = send_again(client, send(client, email="vera@gmial.com", name=""), email="vera@hotmial.com").content.decode()
    assert "Did you mean" not in page


def test_with_another_mistake_both_are_shown(client: Client) -> None:
    page = send(client, email="vera@gmial.com", name="").content.decode()
    assert "Did you mean" in page
    assert "There is a problem" in page
    assert page.count("autofocus") == 1


def test_choosing_the_other_address_corrects_the_field_even_with_a_mistake_left(client: Client) -> None:
    page = send(client, email="vera@gmial.com", name="")
    assert fields_of(send_again(client, page, email_choice="change"))["email"] == "vera@gmail.com"
