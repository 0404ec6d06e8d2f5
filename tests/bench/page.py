"""What a browser would load for a page: the page itself, and what its HTML and CSS ask for, as they come from the server."""

import http.client
import re
from urllib.parse import urljoin, urlsplit

import brotli

TAG = re.compile(r"<(?:link|script|img|source|iframe)\b[^>]*>")
ADDRESS = re.compile(r'\b(?:href|src)="([^"]+)"')
NOT_LOADED = re.compile(r'\brel="(?:canonical|alternate|help|license)"')
IN_CSS = re.compile(r"url\(\s*['\"]?([^'\")]+)")


def weigh(origin: str, path: str) -> tuple[int, set[str]]:
    """Bytes with everything compressed by brotli (the page too, as the proxy in front would do), and the hosts asked."""
    to_load, seen, total = [urljoin(origin, path)], set[str](), 0
    while to_load:
        address = to_load.pop()
        if address in seen or address.startswith("data:"):
            continue
        seen.add(address)
        if address.startswith(origin):
            kind, body, weight = _load(address)
            total += weight
            to_load += [urljoin(address, found) for found in _asked_for(kind, body)]
    return total, {urlsplit(address).netloc for address in seen}


def _load(address: str) -> tuple[str, str, int]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts.path, headers={"Accept-Encoding": "br"})
    answer = connection.getresponse()
    raw = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    packed = answer.headers.get("Content-Encoding") == "br"
    body = brotli.decompress(raw) if packed else raw
    return answer.headers.get_content_type(), body.decode(errors="replace"), len(raw if packed else brotli.compress(raw))


def _asked_for(kind: str, body: str) -> list[str]:
    if kind == "text/css":
        return IN_CSS.findall(body)
    if kind != "text/html":
        return []
    tags = [tag for tag in TAG.findall(body) if not NOT_LOADED.search(tag)]
    return [address for tag in tags for address in ADDRESS.findall(tag)]
