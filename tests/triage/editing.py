"""The editor's forms as a browser sends them: what the page holds, and what somebody changed."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

EDIT = "/desk/followups/after-enquiry/edit/"


class _Fields(HTMLParser):
    """The fields of the form that holds the mark of what was seen."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self._text = self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        about = dict(attributes)
        name, value = about.get("name") or "", about.get("value") or ""
        if tag == "input" and (about.get("type") not in ("checkbox", "radio") or "checked" in about):
            self._add(name, value)
        elif tag == "textarea":
            self._text = name
            self.found[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in about:
            self.found[self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._text = self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.found[self._text] += data.removeprefix("\r\n").removeprefix("\n")

    def _add(self, name: str, value: str) -> None:
        before = self.found.get(name)
        self.found[name] = value if before is None or name == "seen" else [*([before] if isinstance(before, str) else before), value]


def fields(client: Client, url: str) -> dict[str, Any]:
    return fields_of(client.get(url).content.decode())


def fields_of(page: str) -> dict[str, Any]:
    parser = _Fields()
    parser.feed(page)
    wanted = ("seen", "window_", "subject_", "body_", "wait", "unit", "name", "starts", "topics", "languages", "channels", "after")
    return {name: value for name, value in parser.found.items() if name.startswith(wanted)}


def save(client: Client, url: str, status: int = 302, held: dict[str, Any] | None = None, **changes: Any) -> str:
    """Posts the form as it stands, or as it stood in `held`, with changes; what the page then says."""
    response = client.post(url, (fields(client, url) if held is None else held) | changes)
    assert response.status_code == status, response.content.decode()[:2000]
    return client.get(response.headers["Location"]).content.decode() if status == 302 else response.content.decode()
