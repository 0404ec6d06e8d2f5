"""The query of GET /api/v1/leads/: unknown values are an error, not an empty list."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from leads.api.errors import Errors
from leads.api.fields import refuse
from leads.models import Attention, LeadQuerySet, Stage
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
        if attention not in Attention.values:
            errors["attention"] = [_("Choose one of: %(values)s.") % {"values": ", ".join(Attention.values)}]
    if owner := query.get("owner"):
        leads = leads.filter(owner=None) if owner == "none" else leads.filter(owner__email=owner.lower())
    if errors:
        raise refuse(errors)
    return search(leads, query.get("q", "").strip())
