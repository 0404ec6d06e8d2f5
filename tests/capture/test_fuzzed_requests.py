"""No request, however broken, gets an answer of 500 or one without crisis help."""

from typing import Any

import pytest
from django.test import Client

from leads.models import Enquiry
from tests.capture.page import VERA

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
FILE = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + b"x" * 300_000 + b"\r\n--b--\r\n"
BROKEN = [
    (b"name=" + b"x" * 300_000, FORM, 413),
    (b"&".join(b"f%d=1" % n for n in range(300)), FORM, 413),
    (FILE, MULTIPART, 413),
    (b"name=\xff\xfe%ff%00&email=%C3%28", FORM, 200),
    (b"name=Vera", FORM + "; charset=nonsense", 200),
    (b"name=Vera", FORM + "; charset=utf-16", 400),
    (b"--b\r\nbroken", MULTIPART, 200),
    (b"x", "multipart/form-data", 400),
    (b"x", "multipart/form-data; boundary=" + "x" * 300, 400),
    (b"--b\r\n" + b"Content-Disposition: form-data\r\n\r\n--b--", MULTIPART, 200),
    (b'{"name": "Vera"}', "application/json", 200),
    (b"\x00\x01", "application/octet-stream", 200),
    (b"", "", 200),
    (b"name=Vera", "%%%", 200),
]


@pytest.mark.parametrize(("body", "kind", "status"), BROKEN)
def test_it_is_answered_with_help(client: Client, body: bytes, kind: str, status: int) -> None:
    response = client.generic("POST", "/contact/", body, content_type=kind)
    assert response.status_code == status
    assert b"988" in response.content


def test_many_small_files(client: Client) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n'
    response = client.generic("POST", "/contact/", part * 150 + b"--b--\r\n", content_type=MULTIPART)
    assert response.status_code == 413


@pytest.mark.parametrize("query", ["utm_source=%00%0d%0a", "utm_%00=x", "utm_source=" + "x" * 2000, "utm_source=%ff", "?" * 50])
def test_any_query_is_taken(client: Client, query: str) -> None:
    assert client.get(f"/?{query}").status_code == 200
    assert client.post(f"/contact/?{query}", VERA).status_code == 303
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("address", ["/", "/contact/", "/nowhere/", "/accounts/login/", "/api/v1/leads/"])
def test_an_endless_query_is_refused_with_help(client: Client, address: str) -> None:
    response = client.get(f"{address}?" + "&".join(f"utm_{number}=x" for number in range(300)))
    assert response.status_code == 400
    assert b"988" in response.content


@pytest.mark.parametrize("header", ["HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_X_FORWARDED_FOR", "HTTP_COOKIE", "HTTP_USER_AGENT"])
def test_any_header_is_taken(client: Client, header: str) -> None:
    extra: dict[str, Any] = {header: "\xff\x00'\"<>" * 100}
    assert client.post("/contact/", VERA, **extra).status_code == 303
