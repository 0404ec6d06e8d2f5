"""What /api/schema/ says of each operation. tests/api/test_schema.py holds every answer to it."""

from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema

from leads.access import RIGHTS_OF_SCOPE, Right
from leads.api.errors import ProblemRenderer
from leads.api.serializers import ProblemSerializer

ALWAYS = (503,)  # the database is away
WITH_A_KEY = (401, 403)
WITH_A_BODY = (400, 413, 415)
REFERENCE = OpenApiParameter("reference", str, OpenApiParameter.PATH, description="Of the lead, or of any of its enquiries.")

Described = Callable[[Callable[..., Any]], Callable[..., Any]]


def described(
    name: str,
    sentence: str,
    *,
    answer: Any,
    right: Right | None = None,
    status: int = 200,
    body: Any = None,
    parameters: Iterable[OpenApiParameter] = (),
    refusals: Iterable[int] = (),
) -> Described:
    """`refusals` are this operation's own; those that all like it have are added. Without a `right` it needs no key."""
    codes = {*ALWAYS, *refusals, *(WITH_A_KEY if right else ()), *(WITH_A_BODY if body else ())}
    problems = {(code, ProblemRenderer.media_type): ProblemSerializer for code in sorted(codes)}
    return extend_schema(
        operation_id=name,
        description=f"{sentence} Needs the scope {scope_of(right)}." if right else f"{sentence} Needs no key.",
        request=body,
        parameters=list(parameters),
        responses={(status, "application/json"): answer} | problems,
    )


def scope_of(right: Right) -> str:
    return " or ".join(f"`{scope}`" for scope, rights in RIGHTS_OF_SCOPE.items() if right in rights)


def asked(name: str, description: str, values: list[str] | None = None) -> OpenApiParameter:
    """One name of a list's query."""
    return OpenApiParameter(name, str, description=description, enum=values)


CURSOR = asked("cursor", "From `next` or `previous` of another page.")
