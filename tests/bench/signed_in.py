"""Signing in at the front door, as a browser does; what comes back is the header that every later request carries."""

import re
from urllib.parse import urlencode

from tests.bench.load import Caller, status_of
from tests.bench.product import EMAIL, PASSWORD, http_get, http_post


def cookies(port: int) -> str:
    caller = Caller(port)
    page = caller.call(http_get("/accounts/login/")).decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if not token:
        raise LookupError(f"There is no sign-in form:\n{page[:500]}")
    body = urlencode({"csrfmiddlewaretoken": token[1], "login": EMAIL, "password": PASSWORD}).encode()
    kind = "application/x-www-form-urlencoded"
    answer = caller.call(http_post("/accounts/login/", body, f"Cookie: {_cookies_of(page)}\r\n", kind))
    caller.close()
    if status_of(answer) != 302:
        raise PermissionError(f"Signing in failed:\n{answer.decode()[:500]}")
    return f"Cookie: {_cookies_of(answer.decode())}\r\n"


def _cookies_of(answer: str) -> str:
    return "; ".join(re.findall(r"(?im)^set-cookie: ([^;]+)", answer))
