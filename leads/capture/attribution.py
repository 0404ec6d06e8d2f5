"""What led somebody here, carried in the address from page to page instead of in a cookie: `utm_…`, and the site they came `from`."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import urlencode

from leads.capture.language import chosen
from leads.policy.typed_text import clean_line


def utm_of(request: HttpRequest) -> dict[str, str]:
    return {key: clean_line(value) for key, value in request.GET.items() if key.startswith("utm_") and isinstance(value, str) and value}


def came_from(request: HttpRequest) -> str:
    """The name of another site, or ""; never a whole address, which could tell what somebody searched for."""
    return clean_line(request.GET.get("from", ""))[:100] or _other_site(request)


def trail(request: HttpRequest) -> str:
    """`?lang=…&utm_source=…&from=…`, or ""."""
    query = chosen(request) | utm_of(request) | ({"from": site} if (site := came_from(request)) else {})
    return f"?{urlencode(query)}" if query else ""


def _other_site(request: HttpRequest) -> str:
    try:
        site = urlsplit(request.headers.get("Referer", "")).netloc
    except ValueError:
        return ""
    return clean_line(site)[:100] if site != request.get_host() else ""
