"""The page: its figures and charts, the links that change what it is about, and the chips of what it is filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from leads.models import Channel, CloseReason, Cut, Stage, Topic, User
from leads.policy.hours import opening_hours
from leads.reports import periods, queries
from leads.reports.drawing import Words, charts
from leads.reports.figures import figures
from leads.reports.queries import FILTERS, Filter


@dataclass(frozen=True, slots=True)
class Report:
    period: periods.Period
    by: Filter

    @classmethod
    def asked(cls, query: Mapping[str, str], now: datetime) -> "Report":
        return cls(periods.asked(query, opening_hours().local_day(now)), Filter.asked(query))

    @property
    def parameters(self) -> dict[str, str]:
        found = {"period": self.period.name}
        if self.period.name == periods.CUSTOM:
            found |= {"from": f"{self.period.span.first}", "to": f"{self.period.span.last}"}
        if self.period.compare != periods.PREVIOUS:
            found["compare"] = self.period.compare
        return found | ({self.by.cut: self.by.value} if self.by.cut != Cut.ALL else {})

    def link(self, **changes: str) -> str:
        return f"?{urlencode(self.parameters | changes)}"

    def filtered(self, cut: str, value: str) -> str:
        return f"?{urlencode(self.without_filter() | {cut: value})}"

    def without_filter(self) -> dict[str, str]:
        return {name: value for name, value in self.parameters.items() if name not in FILTERS}


def words() -> Words:
    owners = {str(user.pk): str(user) for user in User.objects.all()} | {"": _("Nobody")}
    stages = {stage.slug: stage.name for stage in Stage.objects.known()}
    topics = {str(code): str(label) for code, label in Topic.choices} | {"": _("Not said")}
    reasons = {str(reason.pk): reason.name for reason in CloseReason.objects.all()} | {"": _("No reason given")}
    sources = {str(code): str(label) for code, label in Channel.choices} | {"other": _("Other")}
    return Words({Cut.TOPIC: topics, Cut.OWNER: owners, Cut.STAGE: stages, Cut.REASON: reasons, Cut.SOURCE: sources})


def page(query: Mapping[str, str], now: datetime) -> dict[str, Any]:
    report = Report.asked(query, now)
    said, period = words(), report.period
    current, before = queries.sums(period.span, report.by), queries.sums(period.compared, report.by)
    counting = queries.counting()
    return {
        "period": period,
        "periods": [(label, report.link(period=name), key, name == period.name) for name, label, key in periods.PERIODS],
        "comparisons": [
            (label, report.link(compare=name), name == period.compare)
            for name, label in ((periods.PREVIOUS, _("the days before")), (periods.LAST_YEAR, _("a year before")))
        ],
        "chips": _chips(report, said),
        "kept": [(name, value) for name, value in report.parameters.items() if name not in ("period", "from", "to")],
        "figures": figures(current, before),
        "charts": charts(report, said, current),
        "counted_at": counting.counted_at.astimezone(opening_hours().zone) if counting and counting.counted_at else None,
        "csv": urlencode(report.parameters),
        "is_empty": not any(current.buckets.values()),
    }


def _chips(report: Report, said: Words) -> list[tuple[str, str]]:
    if report.by.cut == Cut.ALL:
        return []
    label = f"{Cut(report.by.cut).label}: {said.of(report.by.cut, report.by.value)}"
    return [(label, f"{reverse('reports')}?{urlencode(report.without_filter())}")]
