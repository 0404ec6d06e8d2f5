"""Each chart of the page, made of sums."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leads.models import Category, Cut, Measure, StopReason
from leads.models.report import FUNNEL
from leads.reports.charts import Chart, Text, across, bars, cell, height, line, scale
from leads.reports.figures import minutes, waited
from leads.reports.filters import Filters
from leads.reports.periods import Period, Span
from leads.reports.queries import Counts, Sums
from leads.reports.waits import STEPS

MOST = 10  # rows of a list


LISTS = {
    Cut.SOURCE: gettext_lazy("Where they came from"),
    Cut.TOPIC: gettext_lazy("By topic"),
    Cut.OWNER: gettext_lazy("By owner"),
    Cut.STAGE: gettext_lazy("By stage today"),
    Cut.REASON: gettext_lazy("Why they were closed"),
    Cut.LANGUAGE: gettext_lazy("By language"),
}


class Asked(Protocol):
    @property
    def period(self) -> Period: ...
    @property
    def by(self) -> Filters: ...
    def filtered(self, by: Filters) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """What the values of a cut are called."""

    names: Mapping[str, Mapping[str, str]]

    def of(self, cut: str, value: str) -> str:
        return self.names.get(cut, {}).get(value, value)

    def all_of(self, by: Filters) -> str:
        """ "topic: Cost and insurance, owner: Bob"."""
        return ", ".join(f"{cut.label}: {self.of(cut, value)}" for cut, value in by.chosen)


def charts(asked: Asked, said: Words, counts: Counts) -> list[Chart]:
    found = [_trend(asked.period, counts), _funnel(counts.now), _waits(counts.now), _hours(counts.now)]
    found += [_list(asked, said, cut, counts.lists[cut]) for cut in LISTS]
    found.append(_followups(counts.now))
    return [replace(chart, about=_only(said, asked.by.without(Cut(chart.slug)) if chart.slug in LISTS else asked.by)) for chart in found]


def _only(said: Words, by: Filters) -> str:
    return _("Only %s.") % said.all_of(by) if by.chosen else ""


def _trend(period: Period, counts: Counts) -> Chart:
    firsts = period.span.days[:: period.step]
    now, answers = (_stretches(counts.days[measure], period.span, period.step) for measure in (Measure.ENQUIRIES, Measure.ANSWERS))
    before = _stretches(counts.days[Measure.ENQUIRIES], period.compared, period.step)
    labels = [_label(day, period) for day in firsts]
    top = scale(max(*now, *answers, *before, 1))
    most = max(range(len(now)), key=now.__getitem__)
    finding = _("Most on %(day)s: %(n)s.") % {"day": labels[most], "n": f"{now[most]:,}"} if now[most] else _("Nobody wrote in this time.")
    every = -(-len(labels) // 6)
    titles = [f"{label}: {n}" for label, n in zip(labels, now, strict=True)]
    return Chart(
        "trend", _("Enquiries and answers"), finding, (_("From"), _("Enquiries"), _("Answers"), _("Enquiries before")),
        bars([(label, cells, "", "") for label, cells in zip(labels, zip(now, answers, before, strict=True), strict=True)]),
        kind="lines", wide=True,
        lines=(line(_("Enquiries before"), "before", before, top[-1]), line(_("Answers"), "second", answers, top[-1]),
               line(_("Enquiries"), "now", now, top[-1], titles)),
        grid=[(height(each, top[-1]), each) for each in top],
        ticks=[(across(number, len(labels)), labels[number]) for number in range(0, len(labels), every)],
    )  # fmt: skip


def _stretches(counts: Mapping[date, int], span: Span, step: int) -> list[int]:
    return [sum(counts.get(first + timedelta(days=more), 0) for more in range(step) if first + timedelta(days=more) <= span.last)
            for first in span.days[::step]]  # fmt: skip


def _label(day: date, period: Period) -> str:
    """A stretch that today is in is marked: it is not over."""
    until = day + timedelta(days=period.step - 1)
    text = date_format(day, "j M")
    return _("%s, so far") % text if day <= period.today <= until else text


def _funnel(current: Sums) -> Chart:
    reached = current.buckets[Measure.REACHED]
    names = {
        Category.NEW: _("Enquired"),
        Category.WORKING: _("Contacted"),
        Category.BOOKED: _("Consultation booked"),
        Category.WON: _("In treatment"),
    }
    first = reached[Category.NEW]
    rows = [(names[each], (reached[each], _share(reached[each], first)), "", "") for each in FUNNEL]
    finding = _("Of %(n)s who first wrote in this time, %(share)s came to treatment.") % {
        "n": f"{first:,}", "share": _share(reached[Category.WON], first) or "0%"}  # fmt: skip
    return Chart("funnel", _("From enquiry to treatment"), finding, (_("Came to"), _("Leads"), _("Share")), bars(rows))


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else ""


def _hours(current: Sums) -> Chart:
    counts = current.buckets[Measure.HOUR]
    monday = date(2024, 1, 1)
    names = [date_format(monday + timedelta(days=each), "D") for each in range(7)]
    most = max(counts.values(), default=0)
    busiest = max(counts, key=counts.__getitem__, default="")
    finding = _("Nobody wrote in this time.")
    if busiest:
        weekday, hour = map(int, busiest.split("-"))
        finding = _("Most write on %(day)s from %(hour)d:00.") % {"day": date_format(monday + timedelta(days=weekday), "l"), "hour": hour}
    places = [(weekday, hour) for weekday in range(7) for hour in range(24)]
    cells = [cell(d, h, counts[f"{d}-{h}"], most, f"{names[d]} {h}:00: {counts[f'{d}-{h}']}") for d, h in places]
    rows = [(names[d], tuple(counts[f"{d}-{h}"] for h in range(24)), "", "") for d in range(7)]
    marks = [(cells[24 * d].x - 42, cells[24 * d].y + 16, names[d]) for d in range(7)]
    marks += [(cells[h].x, 12, str(h)) for h in range(0, 24, 3)]
    head = (_("Day"), *(str(hour) for hour in range(24)))
    return Chart("hours", _("Busiest hours"), finding, head, bars(rows), kind="heat", cells=cells, marks=marks, wide=True)


def _list(asked: Asked, said: Words, cut: Cut, counts: Mapping[str, int]) -> Chart:
    """A click chooses a value beside what is chosen in other lists; a click on the chosen one takes it away."""
    chosen = asked.by.value_of(cut)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    total = sum(counts.values())
    shown = ranked[:MOST] + [each for each in ranked[MOST:] if each[0] == chosen]
    rows = [
        (said.of(cut, value), (n, _share(n, total)), asked.filtered(asked.by.toggled(cut, value)), _("chosen") if value == chosen else "")
        for value, n in shown
    ]
    rest = total - sum(n for _value, n in shown)
    rows += [(_("Everything else"), (rest, _share(rest, total)), "", "")] if rest else []
    finding = _("Nobody who wrote in this time is closed.") if cut == Cut.REASON else _("Nobody wrote in this time.")
    if ranked:
        finding = _("%(name)s: %(share)s, the most.") % {"name": said.of(cut, ranked[0][0]), "share": _share(ranked[0][1], total)}
    return Chart(f"{cut}", LISTS[cut], finding, (cut.label, _("Enquiries"), _("Share")), bars(rows))


def _waits(current: Sums) -> Chart:
    counts = current.buckets[Measure.WAIT]
    groups = (
        (_("within 15 min"), 15),
        (_("within 30 min"), 30),
        (_("within 1 h"), 60),
        (_("within 2 h"), 120),
        (_("within 4 h"), 240),
        (_("within 8 h"), 480),
    )
    total, seen = sum(counts.values()), 0
    found: list[tuple[Text, tuple[int | str, ...], str, Text]] = []
    for label, limit in groups:
        until = sum(counts[str(step)] for step, end in enumerate(STEPS) if end <= limit)
        found.append((label, (until - seen, _share(until - seen, total)), "", ""))
        seen = until
    found.append((_("more than 8 h"), (total - seen, _share(total - seen, total)), "", ""))
    half = waited(current)
    finding = _("Half were answered within about %s of opening time.") % minutes(half) if half else _("Nobody was answered in this time.")
    return Chart("waits", _("How long answers took"), finding, (_("Opening time"), _("Answers"), _("Share")), bars(found))


def _followups(current: Sums) -> Chart:
    stopped = current.buckets[Measure.STOPPED]
    reasons = {str(code): str(label) for code, label in StopReason.choices}
    sent, replied = current.total(Measure.SENT), stopped[StopReason.REPLIED]
    rows = [(_("Mails sent"), (sent,), "", "")]
    rows += [(_("Stopped: %s") % reasons.get(code, code), (n,), "", "") for code, n in stopped.most_common()]
    finding = ngettext("%(n)s mail was sent", "%(n)s mails were sent", sent) % {"n": f"{sent:,}"}
    finding += "; " + ngettext("%(n)s person replied.", "%(n)s people replied.", replied) % {"n": f"{replied:,}"}
    return Chart("followups", _("Follow-up results"), finding, (_("What"), _("How many")), bars(rows))
