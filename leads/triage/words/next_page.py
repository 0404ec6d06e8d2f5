"""Where a form leads once it is done."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def desk_page_of(data: QueryDict) -> str:
    """The page to go back to that a form names; "" where it is none of the desk's."""
    page = data.get("next", "")
    safe = page.startswith(reverse("inbox")) and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if safe else ""
