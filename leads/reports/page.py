"""The page: its figures and charts, the links that change what it is about, and the chips of what it is filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from leads.models import Channel, CloseReason, Cut, Stage, Topic, User
from leads.policy.hours import opening_hours
from leads.reports import periods, queries
from leads.reports.drawing import Words, charts
from leads.reports.figures import figures
from leads.reports.filters import Filters


@dataclass(frozen=True, slots=True)
class Report:
    period: periods.Period
    by: Filters

    @classmethod
    def asked(cls, query: Mapping[str, str], now: datetime) -> "Report":
        return cls(periods.asked(query, opening_hours().local_day(now)), Filters.asked(query))

    @property
    def parameters(self) -> dict[str, str]:
        found = {"period": self.period.name}
        if self.period.name == periods.CUSTOM:
            found |= {"from": f"{self.period.span.first}", "to": f"{self.period.span.last}"}
        if self.period.compare != periods.PREVIOUS:
            found["compare"] = self.period.compare
        return found | self.by.parameters

    def link(self, **changes: str) -> str:
        return f"?{urlencode(self.parameters | changes)}"

    def filtered(self, by: Filters) -> str:
        return f"?{urlencode(replace(self, by=by).parameters)}"


def words() -> Words:
    owners = {str(user.pk): str(user) for user in User.objects.all()} | {"": _("Nobody")}
    stages = {stage.slug: stage.name for stage in Stage.objects.known()}
    topics = {str(code): str(label) for code, label in Topic.choices} | {"": _("Not said")}
    reasons = {str(reason.pk): reason.name for reason in CloseReason.objects.all()} | {"": _("No reason given")}
    sources = {str(code): str(label) for code, label in Channel.choices} | {"other": _("Other")}
    languages = {code: get_language_info(code)["name_translated"] for code, _name in settings.LANGUAGES}
    return Words({Cut.TOPIC: topics, Cut.OWNER: owners, Cut.STAGE: stages, Cut.REASON: reasons, Cut.SOURCE: sources,
                  Cut.LANGUAGE: languages})  # fmt: skip


def page(query: Mapping[str, str], now: datetime) -> dict[str, Any]:
    report = Report.asked(query, now)
    said, period = words(), report.period
    counts, (counted_at, goes_on) = queries.counts(period, report.by), queries.counting(period)
    return {
        "period": period,
        "periods": [(label, report.link(period=name), key, name == period.name) for name, label, key in periods.PERIODS],
        "comparisons": [
            (label, report.link(compare=name), name == period.compare)
            for name, label in ((periods.PREVIOUS, _("the days before")), (periods.LAST_YEAR, _("a year before")))
        ],
        "chips": _chips(report, said),
        "unfiltered": report.filtered(Filters()),
        "kept": [(name, value) for name, value in report.parameters.items() if name not in ("period", "from", "to")],
        "figures": figures(counts.now, counts.before),
        "charts": charts(report, said, counts),
        "counted_at": counted_at.astimezone(opening_hours().zone) if counted_at else None,
        "goes_on": goes_on,
        "csv": urlencode(report.parameters),
        "is_empty": not any(counts.now.buckets.values()),
    }


def _chips(report: Report, said: Words) -> list[tuple[str, str]]:
    """What each filter is, and where the page without it is."""
    return [(f"{cut.label}: {said.of(cut, value)}", report.filtered(report.by.without(cut))) for cut, value in report.by.chosen]
