"""The queries of the lists: unknown values are an error, not an empty list."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.access import Actor, Right, get_lead
from leads.api.errors import Errors
from leads.api.fields import refuse
from leads.models import Attention, LeadQuerySet, Message, MessageState, Stage, Tag, User
from leads.models.tag import tagged
from leads.triage.lists.search import search


def filter_leads(leads: LeadQuerySet, query: QueryDict) -> LeadQuerySet:
    """`stage` by slug or name, `attention` by code, `owner` by email (`none` for nobody), `tag` by name, `q` as on the desk."""
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
    tags, unknown = _tags(query.get("tag", ""))
    if errors := errors | unknown:
        raise refuse(errors)
    return search(tagged(leads, tags), query.get("q", "").strip())


def _tags(name: str) -> tuple[list[int], Errors]:
    """The tag that is asked for, if any."""
    tag = Tag.objects.named(name) if name else None
    unknown = {"tag": [_("There is no such tag.")]} if name and tag is None else {}
    return [tag.pk] if tag else [], unknown


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
