"""One day of the clinic's calendar, counted anew from what is stored: counting it twice gives the same."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from leads.models import Answer, Booking, BookingKind, Category, Enquiry, Event, EventKind, Measure, Message, MixDay, Screening, Tally
from leads.models.enquiry import BY_THEMSELVES
from leads.models.report import COLUMNS, FUNNEL, column
from leads.policy.hours import OpeningHours
from leads.reports.facts import Fact, MixKey, facts_of, standing_moves
from leads.reports.ids import first_id
from leads.reports.mixes import ids_of
from leads.reports.waits import step_of

COUNTED = (EventKind.STAGE, EventKind.BOOKED, EventKind.FOLLOWUP_STOPPED)
NEAR = timedelta(hours=1)  # between the moment that is kept and the making of the row lies less
Key = tuple[str, str, str, str]  # cut, value, measure, bucket


@dataclass
class Day:
    hours: OpeningHours
    day: date
    counts: Counter[Key] = field(default_factory=Counter)
    mixes: defaultdict[MixKey, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # by column

    def __post_init__(self) -> None:
        self.start, self.end = (self.hours.at(self.day + timedelta(days=more), timedelta(0)) for more in (0, 1))

    def within(self, field_name: str) -> Q:
        return Q(**{f"{field_name}__gte": self.start, f"{field_name}__lt": self.end})

    def made(self) -> Q:
        """By their ids, which begin with the time they were made at: so the hot tables need no index for this."""
        return Q(id__gte=first_id(self.start - NEAR), id__lt=first_id(self.end + NEAR))

    def enquiries(self) -> QuerySet[Enquiry]:
        """Those that staff wrote down may have come long before."""
        accepted = Enquiry.objects.filter(self.within("received_at"), screening=Screening.ACCEPTED)
        return accepted.filter(self.made(), channel__in=BY_THEMSELVES).union(accepted.filter(~Q(channel__in=BY_THEMSELVES)), all=True)

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end

    def add(self, fact: Fact | None, measure: Measure, bucket: str = "") -> None:
        if fact is None:
            return
        for cut, value in fact.cuts():
            self.counts[cut, value, measure.value, bucket] += 1
        if (name := column(measure, bucket)) in COLUMNS:
            self.mixes[fact.mix()][name] += 1

    def tallies(self) -> list[Tally]:
        return [Tally(day=self.day, cut=cut, value=value, measure=measure, bucket=bucket, count=n)
                for (cut, value, measure, bucket), n in self.counts.items()]  # fmt: skip

    def mix_days(self) -> list[MixDay]:
        ids = ids_of(self.mixes)
        return [MixDay(mix_id=ids[key], day=self.day, **counts) for key, counts in self.mixes.items()]


def count_day(hours: OpeningHours, day: date) -> Day:
    this = Day(hours, day)
    enquiries = list(this.enquiries().values_list("lead", "received_at"))
    answers = list(
        Answer.objects.filter(this.within("answered_at")).values_list("lead", "received_at", "answered_at", "open_seconds")
    )  # fmt: skip
    events = list(Event.objects.filter(this.within("at"), this.made(), kind__in=COUNTED).values_list("lead", "kind", "data"))
    sent = list(Message.objects.filter(this.within("sent_at"), kind="followup", state="sent").values_list("lead", flat=True))
    leads = {row[0] for row in enquiries} | {row[0] for row in answers} | {row[0] for row in events} | {lead for lead in sent if lead}
    facts = facts_of(leads)
    _count_enquiries(this, enquiries, facts)
    _count_answers(this, answers, facts)
    _count_ways(this, {row[0] for row in enquiries} | {row[0] for row in events}, facts)
    for lead in sent:
        this.add(facts.get(lead or 0), Measure.SENT)
    for lead, kind, data in events:
        if kind == EventKind.FOLLOWUP_STOPPED:
            this.add(facts.get(lead), Measure.STOPPED, str(data.get("reason", "")))
    return this


def _count_enquiries(this: Day, enquiries: list[tuple[int, datetime]], facts: dict[int, Fact]) -> None:
    for lead, at in enquiries:
        local = at.astimezone(this.hours.zone)
        this.add(facts.get(lead), Measure.ENQUIRIES)
        this.add(facts.get(lead), Measure.HOUR, f"{local.weekday()}-{local.hour}")


def _count_answers(this: Day, answers: list[tuple[int, datetime, datetime, int]], facts: dict[int, Fact]) -> None:
    for lead, received, answered, seconds in answers:
        fact = facts.get(lead)
        this.add(fact, Measure.ANSWERS)
        this.add(fact, Measure.WAIT, str(step_of(seconds)))
        if fact and received in fact.promises and answered <= fact.promises[received]:
            this.add(fact, Measure.IN_TIME)


def _count_ways(this: Day, leads: set[int], facts: dict[int, Fact]) -> None:
    """Who was booked on this day; and of those who first wrote on it, how far each came."""
    moves = standing_moves(leads)
    consultations = Booking.objects.filter(lead__in=leads, kind=BookingKind.CONSULTATION, cancelled_at=None).values_list("lead", "at")
    booked = [*consultations, *((lead, at) for lead, ways in moves.items() for at, category in ways if category == Category.BOOKED)]
    first_booked: dict[int, datetime] = {}
    for lead, at in booked:
        first_booked[lead] = min(at, first_booked.get(lead, at))
    answered = set(Answer.objects.filter(lead__in=leads).values_list("lead", flat=True))
    for lead in leads & facts.keys():
        fact = facts[lead]
        if lead in first_booked and this.holds(first_booked[lead]):
            this.add(fact, Measure.BOOKED)
        if this.holds(fact.first_at):
            been = {fact.category, *(category for _, category in moves.get(lead, []))}
            farthest = max((FUNNEL.index(each) for each in FUNNEL if each in been), default=0)
            farthest = max(farthest, 2 * (lead in first_booked), 1 * (lead in answered))
            for category in FUNNEL[: farthest + 1]:
                this.add(fact, Measure.REACHED, category.value)
