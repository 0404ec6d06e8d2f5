"""What a browser without scripts does: it keeps cookies, follows redirects, and sends a form back as the page holds it."""

import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO

TYPED_BY_NOBODY = ("submit", "button", "reset", "image")


@dataclass
class Button:
    form: str
    address: str  # where this button alone sends the form; else the form knows
    sends: dict[str, str]
    text: str = ""


class Page(HTMLParser):
    def __init__(self, url: str, html: str, statuses: list[int]) -> None:
        super().__init__()
        self.url, self.html, self.statuses = url, html, statuses  # the redirects on the way here, then this page's own status
        self.addresses: dict[str, str] = {}  # of each form
        self.fields: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.buttons: list[Button] = []
        self._form = self._inside = self._in_form = self._name = ""
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(self.html.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = given.get("id") or f"form {len(self.addresses)}"
            self.addresses[self._form] = given.get("action", "")
            return
        form, name = given.get("form", self._form), given.get("name", "")
        if tag == "button":
            self.buttons.append(Button(form, given.get("formaction", ""), {name: given.get("value", "")} if name else {}))
        elif tag == "input" and name:
            self._read_input(form, name, given)
        elif tag == "option" and ("selected" in given or self._name not in self.fields[self._in_form]):
            self.fields[self._in_form][self._name] = given.get("value", "")
        elif tag == "textarea":
            self.fields[form][name] = ""
        if tag in ("button", "textarea", "select"):
            self._inside, self._in_form, self._name = tag, form, name

    def _read_input(self, form: str, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self.fields[form][name] = given.get("value", "on")
        elif kind not in TYPED_BY_NOBODY:
            self.fields[form][name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._inside == "button":
            self.buttons[-1].text += data
        elif self._inside == "textarea":
            self.fields[self._in_form][self._name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = ""
        if tag == self._inside:
            self._inside = ""

    def button(self, text: str) -> Button:
        return next(button for button in self.buttons if " ".join(button.text.split()) == text)


class _Redirects(urllib.request.HTTPRedirectHandler):
    def __init__(self) -> None:
        self.statuses: list[int] = []

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        self.statuses.append(code)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class PlainBrowser:
    def __init__(self) -> None:
        self._redirects = _Redirects()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), self._redirects)

    def open(self, url: str, data: dict[str, str] | None = None) -> Page:
        """HTTPError where the answer is no page."""
        self._redirects.statuses = []
        body = None if data is None else urllib.parse.urlencode(data).encode()
        with self._opener.open(url, body, timeout=10) as answer:
            return Page(answer.url, answer.read().decode(), [*self._redirects.statuses, answer.status])

    def press(self, page: Page, text: str, **typed: str) -> Page:
        button = page.button(text)
        address = button.address or page.addresses[button.form]
        return self.open(urllib.parse.urljoin(page.url, address), page.fields[button.form] | button.sends | typed)
