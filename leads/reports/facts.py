"""What reports know of a lead, as codes: by these the counts are split."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models.fields.json import KT

from leads.models import Category, Cut, Enquiry, Event, EventKind, Lead, Screening, Stage
from leads.models.report import NOT_CLOSED

A_SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")  # no address of a person, no sentence
ELSEWHERE = "other"
SOURCES_A_DAY = 30
UNKNOWN = "und"  # a language, as the standard has it
MixKey = tuple[str, str, str, str, str, str]  # in the order of leads.reports.mixes.CUTS


@dataclass(slots=True)
class Fact:
    topic: str
    owner: str
    stage: str
    category: str
    reason: str  # the id of the one it was closed with
    language: str
    first_at: datetime
    source: str
    promises: dict[datetime, datetime]  # of each enquiry: received, promised

    def cuts(self) -> tuple[tuple[str, str], ...]:
        found = ((Cut.ALL, ""), (Cut.ALL, self.language), (Cut.TOPIC, self.topic), (Cut.SOURCE, self.source), (Cut.OWNER, self.owner),
                 (Cut.STAGE, self.stage))  # fmt: skip
        return (*found, (Cut.REASON, self.reason)) if self.category == Category.CLOSED else found

    def mix(self) -> MixKey:
        reason = self.reason if self.category == Category.CLOSED else NOT_CLOSED
        return (self.topic, self.source, self.owner, self.stage, reason, self.language)


def facts_of(leads: Iterable[int]) -> dict[int, Fact]:
    """Of the leads that are let in, and are people: examples don't count."""
    found: dict[int, Fact] = {}
    slugs = {stage.pk: stage.slug for stage in Stage.objects.all()}
    columns = ("pk", "topic", "owner", "stage", "category", "close_reason", "language", "created_at", "source")
    rows = Lead.objects.filter(pk__in=leads, screening=Screening.ACCEPTED, is_example=False).values_list(*columns)
    for pk, topic, owner, stage, category, reason, language, created, channel in rows:
        found[pk] = Fact(
            topic, str(owner or ""), slugs[stage], category, str(reason or ""), language or UNKNOWN, created, channel or ELSEWHERE, {}
        )
    enquiries = Enquiry.objects.filter(lead__in=found, screening=Screening.ACCEPTED).order_by("-received_at", "-id")
    for lead, at, promise, *came in enquiries.values_list("lead", "received_at", "promise_at", "channel", "utm", "referrer"):
        fact = found[lead]  # The oldest comes last, and its source stays.
        fact.first_at, fact.source, fact.promises[at] = at, source_of(*came), promise
    _lump_together(found.values())
    return found


def _lump_together(facts: Collection[Fact]) -> None:
    """Anybody can make up campaigns: beyond the day's most frequent ones they are "other"."""
    by_number = Counter(fact.source for fact in facts)
    kept = {source for _, source in sorted((-number, source) for source, number in by_number.items())[:SOURCES_A_DAY]}
    for fact in facts:
        if fact.source not in kept:
            fact.source = ELSEWHERE


def source_of(channel: str, utm: dict[str, Any], referrer: str) -> str:
    """The campaign, else the site that led here, else the way they wrote."""
    named = str(utm.get("source") or utm.get("utm_source") or "").strip().lower()
    source = named or _host(referrer) or channel
    return source if A_SOURCE.fullmatch(source) else ELSEWHERE


def _host(referrer: str) -> str:
    """Of an address, or of what is a host already."""
    try:
        return (urlsplit(referrer if "//" in referrer else f"//{referrer}").hostname or "").removeprefix("www.")
    except ValueError:
        return ELSEWHERE


def standing_moves(leads: Iterable[int]) -> dict[int, list[tuple[datetime, str]]]:
    """Each lead's moves to another stage that nobody took back: when, and the category they led to."""
    categories = {str(stage.pk): stage.category for stage in Stage.objects.all()}
    told = (KT("data__before__stage"), KT("data__after__stage"), KT("data__of"))  # the database reads these three faster than we the whole
    rows = list(
        Event.objects.filter(lead__in=leads, kind__in=[EventKind.STAGE, EventKind.CONTACTED, EventKind.CALLED, EventKind.UNDONE])
        .order_by("at", "id").values_list("lead", "id", "kind", "at", *told)
    )  # fmt: skip
    undone = {of for *_, kind, _, _, _, of in rows if kind == EventKind.UNDONE}
    moves: dict[int, list[tuple[datetime, str]]] = {}
    for lead, pk, kind, at, before, after, _ in rows:
        if kind != EventKind.UNDONE and str(pk) not in undone and after != before and str(after) in categories:
            moves.setdefault(lead, []).append((at, categories[str(after)]))
    return moves
