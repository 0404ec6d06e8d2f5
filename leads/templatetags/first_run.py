"""The first run's checklist, for the inbox."""

from typing import Any

from django import template
from django.template import Context

from leads.clinic.first_run import first_run_for

register = template.Library()


@register.inclusion_tag("leads/clinic/first_run.html", takes_context=True)
def first_run(context: Context) -> dict[str, Any]:
    request = context["request"]
    return {"run": first_run_for(request.user), "csrf_token": context.get("csrf_token")}
