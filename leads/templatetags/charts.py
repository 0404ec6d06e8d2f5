"""`{% chart … %}`: a figure with its finding, drawn here; the same as a table; and as a file."""

from typing import Any

from django import template

from leads.reports.charts import Chart

register = template.Library()


@register.inclusion_tag("leads/reports/chart.html")
def chart(shown: Chart, query: str) -> dict[str, Any]:
    return {"chart": shown, "query": query}
