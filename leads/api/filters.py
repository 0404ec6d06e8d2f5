"""The queries of the lists: unknown values are an error, not an empty list."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.access import Actor, Right, get_lead
from leads.api.errors import Errors
from leads.api.fields import refuse
from leads.models import Attention, LeadQuerySet, Message, MessageState, Stage, User
from leads.triage.search import search


def filter_leads(leads: LeadQuerySet, query: QueryDict) -> LeadQuerySet:
    """`stage` by slug or name, `attention` by code, `owner` by email (`none` for nobody), `q` as on the desk."""
    errors: Errors = {}
    if name := query.get("stage"):
        stage = Stage.objects.named(name)
        leads = leads.filter(stage=stage)
        if stage is None:
            errors["stage"] = [_("There is no such stage.")]
    if attention := query.get("attention"):
        leads = leads.filter(attention=attention)
        errors |= _unless_one_of(Attention.values, "attention", attention)
    if email := query.get("owner"):
        owner = None if email == "none" else User.objects.filter(email=email.lower()).first()
        leads = leads.filter(owner=owner)
        if owner is None and email != "none":
            errors["owner"] = [_("There is no such colleague.")]
    if errors:
        raise refuse(errors)
    return search(leads, query.get("q", "").strip())


def filter_messages(messages: QuerySet[Message], query: QueryDict, actor: Actor) -> QuerySet[Message]:
    """`state` by code, `lead` by any of its references: whoever reads the list of mails may ask for one lead's."""
    if state := query.get("state"):
        if errors := _unless_one_of(MessageState.values, "state", state):
            raise refuse(errors)
        messages = messages.filter(state=state)
    if reference := query.get("lead"):
        messages = messages.filter(lead=get_lead(actor, reference, Right.READ_MAIL))
    return messages


def _unless_one_of(values: list[str], name: str, value: str) -> Errors:
    return {} if value in values else {name: [_("Choose one of: %(values)s.") % {"values": ", ".join(values)}]}
