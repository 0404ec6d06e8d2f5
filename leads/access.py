"""Roles, and the only way to fetch a lead for somebody: what they may not see is not found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, Self, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from leads.models import ApiKey, Import, Lead, LeadQuerySet, ReadRecord, Role, Scope, User
from leads.models.statements import run

Actor = User | ApiKey | AnonymousUser
P = ParamSpec("P")


class Right(Enum):
    OWN_PROFILE = "change one's own profile"
    READ_LEADS = "read leads"
    WORK_LEADS = "work leads"
    READ_MAIL = "read the list of mails"
    SEE_REPORTS = "see reports"  # numbers only, no lead
    EDIT_CLINIC = "edit the clinic's settings"
    IMPORT = "import people from a file, and undo that"
    EXPORT = "export leads into a file"
    MANAGE_TEAM = "invite and disable colleagues"


_DESK = {Right.OWN_PROFILE, Right.READ_LEADS, Right.WORK_LEADS, Right.READ_MAIL, Right.SEE_REPORTS}
_MANAGES = {Right.EDIT_CLINIC, Right.IMPORT, Right.EXPORT}
RIGHTS_OF_ROLE: dict[str, set[Right]] = {
    Role.ADMINISTRATOR: _DESK | _MANAGES | {Right.MANAGE_TEAM},
    Role.MANAGER: _DESK | _MANAGES,
    Role.FRONT_DESK: _DESK,
    Role.NONE: {Right.OWN_PROFILE},
}
RIGHTS_OF_SCOPE: dict[str, set[Right]] = {
    Scope.LEADS_READ: {Right.READ_LEADS},
    Scope.LEADS_WRITE: {Right.WORK_LEADS},
    Scope.MESSAGES_READ: {Right.READ_MAIL},
}


def rights_of(actor: Actor) -> set[Right]:
    if isinstance(actor, ApiKey):
        return {right for scope in actor.scopes for right in RIGHTS_OF_SCOPE.get(scope, set())}
    return RIGHTS_OF_ROLE[actor.role] if isinstance(actor, User) and actor.is_active else set()


def may(actor: Actor, right: Right) -> bool:
    return right in rights_of(actor)


def staff_with(right: Right) -> QuerySet[User]:
    """Everybody here who may."""
    return User.objects.filter(is_active=True, role__in=[role for role, rights in RIGHTS_OF_ROLE.items() if right in rights])


@dataclass(frozen=True, slots=True)
class Sight:
    """All by which it is decided what somebody sees. Equal ones see the same, so a query may be kept by it."""

    person: int | None
    rights: frozenset[Right]

    @classmethod
    def of(cls, actor: Actor) -> Self:
        return cls(actor.pk if isinstance(actor, User) else None, frozenset(rights_of(actor)))

    def leads(self, right: Right = Right.READ_LEADS) -> LeadQuerySet:
        leads = Lead.objects.select_related("stage", "owner")
        return leads if right in self.rights else leads.none()


def leads_visible_to(actor: Actor, right: Right = Right.READ_LEADS) -> LeadQuerySet:
    """The leads on which `actor` has `right`: all of the clinic's, or none."""
    return Sight.of(actor).leads(right)


def get_lead(actor: Actor, reference: str, right: Right = Right.READ_LEADS) -> Lead:
    """By the lead's own reference, that of any of its enquiries, or of a lead that was merged into it. Http404 where there is none that
    `actor` may see.
    """
    if "\x00" in reference:  # in no text of PostgreSQL's
        raise Http404
    leads = leads_visible_to(actor, right)
    lead = leads.filter(reference=reference.upper()).first()
    if lead and lead.merged_into_id:
        return leads.get(pk=lead.merged_into_id)
    return lead or get_object_or_404(leads.distinct(), enquiries__reference=reference.upper())


class WithId(Protocol):
    """A lead, or what was read of one."""

    @property
    def id(self) -> int: ...


def record_read(actor: Actor, page: str, leads: Iterable[WithId], fields: str, request_id: UUID) -> None:
    """Who saw which leads; nothing where a page shows none. Called by the reader before it answers: where this fails, the page fails."""
    shown = [lead.id for lead in leads]
    record = ReadRecord(
        user=actor if isinstance(actor, User) else None,
        api_key=actor if isinstance(actor, ApiKey) else None,
        page=page,
        fields=fields,
        leads=shown,
        request_id=request_id,
    )
    if shown:
        run(record)


def record_file_read(user: User, page: str, found: Import, request_id: UUID) -> None:
    """Who saw rows of a file that is imported; as record_read."""
    run(ReadRecord(user=user, page=page, fields="rows", leads=[], imported=found, request_id=request_id))


class DeskRequest(HttpRequest):
    """What a staff view gets: somebody is signed in, and the request has its id (leads.middleware)."""

    user: User
    id: UUID
    htmx: HtmxDetails


DeskView = Callable[Concatenate[DeskRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def desk(right: Right) -> Callable[[DeskView[P]], View[P]]:
    """A staff view for those who have `right`: strangers are asked to sign in, for anybody else the page does not exist."""

    def decorate(view: DeskView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return leave_for(request, "account_login")
            if not may(request.user, right):
                raise Http404
            request.user = _themselves(request.user)
            response = view(cast(DeskRequest, request), *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie", "HX-Request"])
            return response

        return guarded

    return decorate


def _themselves(user: User) -> User:
    """Out of the wrapper in which Django puts them until somebody asks: a page asks some fifty times, and each look through it costs."""
    wrapped: User = getattr(user, "_wrapped", user)
    return wrapped


def leave_for(request: HttpRequest, page: str) -> HttpResponse:
    """Takes the whole page to `page`, also where htmx asked for a part of one, and back again afterwards."""
    partial = request.headers.get("HX-Request") == "true"
    target = f"{resolve_url(page)}?{urlencode({'next': _page_of(request)})}"
    return HttpResponse(headers={"HX-Redirect": target}) if partial else HttpResponseRedirect(target)


def _page_of(request: HttpRequest) -> str:
    """Where to come back to: a GET's own address; for a part of a page, the page; after a change, the inbox."""
    try:
        here = HtmxDetails(request).current_url_abs_path
    except ValueError:  # no address at all
        here = None
    safe = request.method in ("GET", "HEAD")
    return here or (request.get_full_path() if safe else resolve_url(settings.LOGIN_REDIRECT_URL))
