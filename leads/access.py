"""Roles, and the only way to fetch a lead for somebody: what they may not see is not found."""

from collections.abc import Iterable
from enum import Enum
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from leads.models import ApiKey, Lead, LeadQuerySet, ReadRecord, Role, Scope, User

Actor = User | ApiKey | AnonymousUser


class Right(Enum):
    READ_LEADS = "read leads"
    WORK_LEADS = "work leads"
    READ_MAIL = "read the list of mails"
    EDIT_CLINIC = "edit the clinic's settings"
    MANAGE_TEAM = "invite and disable colleagues"


_DESK = {Right.READ_LEADS, Right.WORK_LEADS, Right.READ_MAIL}
RIGHTS_OF_ROLE: dict[str, set[Right]] = {
    Role.ADMINISTRATOR: _DESK | {Right.EDIT_CLINIC, Right.MANAGE_TEAM},
    Role.MANAGER: _DESK | {Right.EDIT_CLINIC},
    Role.FRONT_DESK: _DESK,
    Role.NONE: set(),
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


def leads_visible_to(actor: Actor, right: Right = Right.READ_LEADS) -> LeadQuerySet:
    """The leads on which `actor` has `right`: all of the clinic's, or none."""
    leads = Lead.objects.select_related("stage", "owner")
    return leads if may(actor, right) else leads.none()


def get_lead(actor: Actor, reference: str, right: Right = Right.READ_LEADS) -> Lead:
    """By the lead's own reference, or that of any of its enquiries. Http404 where there is none that `actor` may see."""
    leads = leads_visible_to(actor, right)
    lead = leads.filter(reference=reference.upper()).first()
    return lead or get_object_or_404(leads.distinct(), enquiries__reference=reference.upper())


def record_read(actor: Actor, page: str, leads: Iterable[Lead], fields: str, request_id: UUID) -> None:
    """Who saw which leads. Called by the reader before it answers: where this fails, the page fails."""
    ReadRecord.objects.create(
        user=actor if isinstance(actor, User) else None,
        api_key=actor if isinstance(actor, ApiKey) else None,
        page=page,
        fields=fields,
        leads=[lead.pk for lead in leads],
        request_id=request_id,
    )
