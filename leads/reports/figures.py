"""The four figures on top, each against the days it is compared with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.models import Measure
from leads.reports.queries import Sums
from leads.reports.waits import median

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    change: str = ""  # in words: more, fewer
    tone: str = ""  # better, worse; as it is: ""


def figures(now: Sums, before: Sums) -> list[Figure]:
    return [
        _count(_("Enquiries"), now.total(Measure.ENQUIRIES), before.total(Measure.ENQUIRIES)),
        _wait(waited(now), waited(before)),
        _percent(_("Answered as promised"), in_time(now), in_time(before)),
        _count(_("Consultations booked"), now.total(Measure.BOOKED), before.total(Measure.BOOKED)),
    ]


def waited(sums: Sums) -> float | None:
    return median({int(step): count for step, count in sums.buckets[Measure.WAIT].items()})


def in_time(sums: Sums) -> int | None:
    answers = sums.total(Measure.ANSWERS)
    return round(100 * sums.total(Measure.IN_TIME) / answers) if answers else None


def minutes(value: float) -> str:
    whole = max(round(value), 1)
    if whole < 60:
        return _("%d min") % whole
    return _("%(h)d h %(m)02d min") % {"h": whole // 60, "m": whole % 60}


def _count(label: str, now: int, before: int) -> Figure:
    if not before:
        return Figure(label, f"{now:,}", _("none before") if now else _("as before"))
    percent = round(100 * (now - before) / before)
    if not percent:
        return Figure(label, f"{now:,}", _("as before"))
    words = _("▲ %d%% more") if percent > 0 else _("▼ %d%% fewer")
    return Figure(label, f"{now:,}", words % abs(percent), "better" if percent > 0 else "worse")


def _wait(now: float | None, before: float | None) -> Figure:
    label = _("Median time to first answer")
    if now is None:
        return Figure(label, NOTHING, _("no answers yet"))
    if before is None or round(now) == round(before):
        return Figure(label, minutes(now), _("no answers before") if before is None else _("as before"))
    quicker = now < before
    words = _("▼ %s quicker") if quicker else _("▲ %s slower")
    return Figure(label, minutes(now), words % minutes(abs(now - before)), "better" if quicker else "worse")


def _percent(label: str, now: int | None, before: int | None) -> Figure:
    if now is None:
        return Figure(label, NOTHING, _("no answers yet"))
    if before is None or now == before:
        return Figure(label, f"{now}%", _("no answers before") if before is None else _("as before"))
    points = abs(now - before)
    words = ngettext("▲ %d pt up", "▲ %d pts up", points) if now > before else ngettext("▼ %d pt down", "▼ %d pts down", points)
    return Figure(label, f"{now}%", words % points, "better" if now > before else "worse")
