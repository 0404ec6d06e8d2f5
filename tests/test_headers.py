"""A crawl of every URL: each answer tells the browser to trust nothing but ourselves (guarantees S1, M4, P5)."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client

from leads.models import Clinic
from tests.doors import DOORS, Door, World

pytestmark = pytest.mark.django_db

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
}  # fmt: skip
PRIVATE = ("/desk/", "/accounts/", "/api/", "/contact/sent/", "/my/", "/stop/")


FRAMED, FRAMING = "followups_edit_preview_mail", "followups_edit_preview"


def assert_guarded(answer: HttpResponseBase, path: str = "") -> None:
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["X-Request-ID"])
    if path.startswith(PRIVATE):
        assert "no-store" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def assert_nothing_inline_nor_foreign(answer: HttpResponseBase) -> None:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    page = getattr(answer, "content", b"").decode()
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    inline = [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag and "json" not in tag]
    assert not inline
    assert not re.findall(r"<(?:script|img|link rel=.stylesheet.)[^>]*(?:src|href)=.(?:https?:)?//", page)


@pytest.mark.parametrize("door", [door for door in DOORS if door.name not in (FRAMED, FRAMING)], ids=lambda door: door.name)
def test_every_answer_is_guarded(door: Door) -> None:
    world = World()
    for actor in {"nobody", "charlie", *sorted(door.opens_to)[-1:]}:
        answer = door.open(world, actor)
        assert_guarded(answer, door.url(world))
        assert_nothing_inline_nor_foreign(answer)


def opened(name: str) -> tuple[HttpResponseBase, HttpResponseBase]:
    """By somebody who may, and by somebody who may not."""
    world, door = World(), next(door for door in DOORS if door.name == name)
    return door.open(world, "alice"), door.open(world, "bob")


def test_a_mail_is_shown_in_a_frame_of_ours_and_can_do_nothing() -> None:
    answer, refused = opened(FRAMED)
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED | {"X-Frame-Options": "SAMEORIGIN"}
    policy = "default-src 'none'; style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"
    assert answer.headers["Content-Security-Policy"] == policy
    assert "no-store" in answer.headers["Cache-Control"]
    assert set(refused.headers["Content-Security-Policy"].split("; ")) == POLICY


def test_the_page_around_it_frames_nothing_else() -> None:
    answer, refused = opened(FRAMING)
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY | {"frame-src 'self'"}
    assert_nothing_inline_nor_foreign(answer)
    assert_guarded(refused, "/desk/")


def test_a_page_that_is_not_there() -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert_guarded(answer)


def test_a_wrong_method() -> None:
    answer = Client().delete("/accounts/password/reset/")
    assert answer.status_code == 405
    assert_guarded(answer, "/accounts/")


def test_a_host_that_is_not_ours() -> None:
    answer = Client().get("/accounts/login/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert_guarded(answer, "/accounts/")


def test_a_form_from_elsewhere() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.com", "password": "x"})
    assert answer.status_code == 403
    assert_guarded(answer, "/accounts/")


def test_something_broke() -> None:
    client = World().client_of("bob")
    Clinic.objects.all().delete()
    client.raise_request_exception = False
    answer = client.get("/desk/")
    assert answer.status_code == 500
    assert_guarded(answer, "/desk/")


def test_a_static_file() -> None:
    (Path(settings.STATIC_ROOT) / "probe.css").write_text("p {}")
    answer = Client().get("/static/probe.css")
    answer.close()
    assert answer.status_code == 200
    assert_guarded(answer)


def test_each_request_has_an_id_of_its_own() -> None:
    assert Client().get("/")["X-Request-ID"] != Client().get("/")["X-Request-ID"]


def production(**changes: str) -> dict[str, Any]:
    secrets = {"SECRET_KEY": "a secret of at least fifty letters, made up for this test alone", "FIELD_KEYS": "k1:" + "A" * 43 + "="}
    return {"PATH": os.environ["PATH"], "MODE": "production", "PUBLIC_URL": "https://contact.example.com", **secrets, **changes}


def test_the_checks_for_production_find_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(command, env=production(DATA_DIR=str(tmp_path)), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_other_subdomain_can_set_our_cookies(tmp_path: Path) -> None:
    look = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_DOMAIN)"
    command = [sys.executable, "-c", look]
    done = subprocess.run(
        command,
        env=production(DATA_DIR=str(tmp_path), DJANGO_SETTINGS_MODULE="project.settings"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "None"]
