"""Every error of the API as application/problem+json (RFC 9457); what went wrong with a field stands under `errors`."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, DataError, InterfaceError
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from leads.models import Clinic
from leads.triage.decisions.recording import Conflict

Errors = dict[str, list[str]]


class ProblemRenderer(JSONRenderer):
    media_type = "application/problem+json"
    format = "problem"


class Refused(exceptions.APIException):
    """A problem with its own status, sentence and, where fields are at fault, their errors."""

    def __init__(self, status_code: int, sentence: str, errors: Errors | None = None) -> None:
        super().__init__(sentence)
        self.status_code = status_code
        self.errors = errors


def crisis_help() -> str:
    """For every answer that turns somebody away; needs no database."""
    clinic = Clinic.last_seen()
    numbers = {"emergency": clinic.emergency_number, "line": clinic.crisis_line}
    return _("In crisis, call %(emergency)s, or call %(line)s at any time.") % numbers


def _worded(error: Exception) -> Exception:
    """Ours and Django's errors as problems with a status of their own."""
    if isinstance(error, DataError):
        return Refused(status.HTTP_400_BAD_REQUEST, _("Some of these values cannot be stored or searched."))
    if isinstance(error, DatabaseError | InterfaceError):
        sentence = _("Nothing can be saved at the moment, and nothing was kept. Send it again in a minute.")
        return Refused(status.HTTP_503_SERVICE_UNAVAILABLE, f"{sentence} {crisis_help()}")
    if isinstance(error, Conflict):
        return Refused(status.HTTP_409_CONFLICT, str(error))
    if isinstance(error, RequestDataTooBig):
        return Refused(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, _("Send at most 256 KB."))
    return error


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler."""
    error = _worded(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    request = context["request"]
    request.accepted_renderer, request.accepted_media_type = ProblemRenderer(), ProblemRenderer.media_type
    detail = getattr(error, "detail", "") or _("There is nothing here.")
    body = {"type": "about:blank", "title": HTTPStatus(response.status_code).phrase, "status": response.status_code}
    if isinstance(detail, str):
        body["detail"] = str(detail)
    if errors := getattr(error, "errors", None):
        body["errors"] = errors
    response.data = body
    response.content_type = ProblemRenderer.media_type
    return response
