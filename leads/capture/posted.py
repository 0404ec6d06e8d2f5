"""Whether what a visitor sent can be read at all."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from leads.capture.error_pages import bad_request, too_large


def refusal(request: HttpRequest) -> HttpResponse | None:
    """The page for a POST that can't be; None where request.POST holds what was sent."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return too_large(request)  # Before anything is read: Django counts the fields of an upload, not its files.
    try:
        request.POST  # noqa: B018  # read here, once
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return too_large(request)
    except (BadRequest, MultiPartParserError, UnreadablePostError):
        return bad_request(request)
    return None
