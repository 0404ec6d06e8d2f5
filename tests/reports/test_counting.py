"""What is kept equals what one would count by hand, whatever happened and in whatever order."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from leads.management.made_up.ids import uuid_at
from leads.models import Answer, Clinic, CloseReason, Counting, DayToCount, Enquiry, Lead, Measure, Screening, Stage, Tally, Topic, User
from leads.models.ids import uuid7
from leads.reports.days import count_marked, keep_up, mark_all
from leads.reports.facts import SOURCES_A_DAY, source_of
from leads.triage.decisions import actions
from leads.triage.undo.undo import undo
from tests import cast

NOON = datetime(2026, 3, 11, 16, 0, tzinfo=UTC)


def wrote(lead: Lead, at: datetime, **fields: object) -> Enquiry:
    values = {"channel": "form", "promise_at": at + timedelta(hours=4), "name": "Vera", "message": "x", "consent_reply": True}
    values |= {"consent_version": "1", "screening": Screening.ACCEPTED, "received_at": at, "id": UUID(uuid_at(at, Random(lead.pk)))}
    return Enquiry.objects.create(lead=lead, **values | fields)


def count_all() -> None:
    """But for the days far from anything, which would take a test its time."""
    mark_all()
    times = [*Enquiry.objects.values_list("received_at", flat=True), *Answer.objects.values_list("answered_at", flat=True)]
    near = {at.date() + timedelta(days=more) for at in times for more in (-1, 0, 1)}
    DayToCount.objects.exclude(day__in=near).delete()
    count_marked(patience=float("inf"))


def kept(measure: Measure, cut: str = "all", value: str = "") -> dict[date, int]:
    days: Counter[date] = Counter()
    for tally in Tally.objects.filter(measure=measure, cut=cut, value=value):
        days[tally.day] += tally.count
    return dict(days)


def in_zone(name: str) -> ZoneInfo:
    Clinic.objects.update(time_zone=name)
    return ZoneInfo(name)


@pytest.mark.django_db
def test_an_empty_clinic_has_nothing_to_count() -> None:
    assert keep_up() == 0
    assert not Tally.objects.exists()
    assert Counting.objects.get().counted_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "at", "day", "hour"),
    [
        ("America/New_York", datetime(2026, 3, 8, 4, 59, tzinfo=UTC), date(2026, 3, 7), "5-23"),  # the last minute before
        ("America/New_York", datetime(2026, 3, 8, 7, 30, tzinfo=UTC), date(2026, 3, 8), "6-3"),  # two o'clock is skipped
        ("America/New_York", datetime(2026, 3, 9, 3, 59, tzinfo=UTC), date(2026, 3, 8), "6-23"),  # a day of 23 hours
        ("America/New_York", datetime(2026, 11, 1, 6, 30, tzinfo=UTC), date(2026, 11, 1), "6-1"),  # one o'clock comes twice
        ("America/New_York", datetime(2026, 11, 2, 4, 59, tzinfo=UTC), date(2026, 11, 1), "6-23"),  # a day of 25 hours
        ("Asia/Kolkata", datetime(2026, 5, 4, 18, 29, tzinfo=UTC), date(2026, 5, 4), "0-23"),  # half an hour off
        ("Asia/Kolkata", datetime(2026, 5, 4, 18, 30, tzinfo=UTC), date(2026, 5, 5), "1-0"),
    ],
)
def test_an_enquiry_counts_on_the_clinics_own_day_and_hour(zone: str, at: datetime, day: date, hour: str) -> None:
    in_zone(zone)
    wrote(cast.make_lead(), at)
    count_all()
    assert kept(Measure.ENQUIRIES) == {day: 1}
    assert Tally.objects.get(measure=Measure.HOUR, cut="all", value="").bucket == hour


@pytest.mark.django_db
def test_what_a_person_does_is_seen_and_what_they_take_back_is_too() -> None:
    bob = User.objects.create_user("bob@example.com", password=cast.PASSWORD, role="front_desk")
    cast.vera_writes()
    lead = Lead.objects.get()
    keep_up()
    event = actions.mark_contacted(by=bob, lead=lead)
    keep_up()
    assert sum(kept(Measure.ANSWERS).values()) == 1
    assert sum(kept(Measure.ENQUIRIES, "stage", "contacted").values()) == 1
    undo(by=bob, lead=lead, noun="contacted")
    keep_up()
    assert event
    assert kept(Measure.ANSWERS) == {}
    assert sum(kept(Measure.ENQUIRIES, "stage", "new").values()) == 1


@pytest.mark.django_db
def test_a_new_owner_takes_the_counts_of_the_days_before_along() -> None:
    bob = User.objects.create_user("bob@example.com", password=cast.PASSWORD, role="front_desk")
    lead = cast.make_lead()
    wrote(lead, timezone.now() - timedelta(days=40))
    keep_up()
    assert sum(kept(Measure.ENQUIRIES, "owner", "").values()) == 1
    actions.assign(by=bob, lead=lead, owner=bob)
    keep_up()
    assert sum(kept(Measure.ENQUIRIES, "owner", "").values()) == 0
    assert sum(kept(Measure.ENQUIRIES, "owner", str(bob.pk)).values()) == 1


@pytest.mark.django_db
def test_what_waits_in_check_is_not_counted() -> None:
    wrote(cast.make_lead(screening=Screening.CHECK), NOON, screening=Screening.CHECK)
    count_all()
    assert kept(Measure.ENQUIRIES) == {}


@pytest.mark.django_db
def test_counting_twice_gives_the_same() -> None:
    wrote(cast.make_lead(), NOON)
    count_all()
    before = sorted(Tally.objects.values_list("day", "cut", "value", "measure", "bucket", "count"))
    count_all()
    assert sorted(Tally.objects.values_list("day", "cut", "value", "measure", "bucket", "count")) == before


@pytest.mark.django_db
def test_a_run_that_loses_its_patience_leaves_the_rest_for_the_next() -> None:
    wrote(cast.make_lead(), timezone.now() - timedelta(days=3))
    keep_up(patience=0)
    assert DayToCount.objects.count() == 4
    keep_up()
    assert DayToCount.objects.count() == 0
    assert sum(kept(Measure.ENQUIRIES).values()) == 1


@pytest.mark.django_db
def test_no_address_and_no_sentence_becomes_a_source() -> None:
    wrote(cast.make_lead(), NOON, utm={"source": "vera@example.com"})
    wrote(cast.make_lead(), NOON, utm={"source": "I am so tired"})
    wrote(cast.make_lead(), NOON, referrer="https://www.example.org/path?q=secret")
    wrote(cast.make_lead(), NOON)
    count_all()
    sources = dict(Tally.objects.filter(cut="source", measure=Measure.ENQUIRIES).values_list("value", "count"))
    assert sources == {"other": 2, "example.org": 1, "form": 1}


@pytest.mark.django_db
def test_a_source_is_the_campaign_else_the_site_else_the_way_they_wrote() -> None:
    assert source_of("form", {"utm_source": "Newsletter"}, "example.org") == "newsletter"
    assert source_of("form", {}, "www.example.org") == source_of("api", {}, "https://example.org/page") == "example.org"
    assert source_of("walk_in", {}, "") == "walk_in"


@pytest.mark.django_db
def test_of_many_made_up_campaigns_the_most_frequent_are_kept() -> None:
    for number in [*range(SOURCES_A_DAY + 5), 34, 34, 33]:
        wrote(cast.make_lead(), NOON, utm={"source": f"ad{number:02}"})
    count_all()
    sources = dict(Tally.objects.filter(cut="source", measure=Measure.ENQUIRIES).values_list("value", "count"))
    assert len(sources) == SOURCES_A_DAY + 1
    assert (sources["ad34"], sources["ad33"], sources["other"]) == (3, 2, 5)


@pytest.mark.django_db
@pytest.mark.parametrize("channel", ["phone", "walk_in", "import"])
def test_what_staff_wrote_down_or_brought_in_counts_on_the_day_it_came(channel: str) -> None:
    wrote(cast.make_lead(), NOON, channel=channel, id=uuid7())
    count_all()
    assert kept(Measure.ENQUIRIES) == kept(Measure.ENQUIRIES, "source", channel) == {NOON.date(): 1}


@pytest.mark.django_db
def test_examples_are_nobody() -> None:
    wrote(cast.make_lead(is_example=True), NOON)
    count_all()
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_closed_leads_count_by_their_reason() -> None:
    reason, closed = CloseReason.objects.all()[0], Stage.objects.get(slug="closed")
    for reason_given in (reason, None):
        wrote(cast.make_lead(stage=closed, close_reason=reason_given), NOON)
    wrote(cast.make_lead(), NOON)
    count_all()
    reasons = dict(Tally.objects.filter(cut="reason", measure=Measure.ENQUIRIES).values_list("value", "count"))
    assert reasons == {str(reason.pk): 1, "": 1}


HISTORY = st.lists(
    st.tuples(st.integers(0, 60 * 24 * 20), st.sampled_from(Topic.values), st.sampled_from(["ad", "site.example", ""]),
              st.booleans(), st.one_of(st.none(), st.integers(0, 100_000)), st.sampled_from(["new", "contacted", "closed"])),
    max_size=8,
)  # fmt: skip


class RandomHistories(HypothesisCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(history=HISTORY, zone=st.sampled_from(["America/New_York", "Asia/Kolkata", "UTC"]))
    def test_equal_a_naive_count(self, history: list[tuple[int, str, str, bool, int | None, str]], zone: str) -> None:
        local = in_zone(zone)
        naive: Counter[tuple[date, str, str, str]] = Counter()
        for minutes, topic, source, accepted, waited, stage in history:
            at = NOON - timedelta(days=10) + timedelta(minutes=minutes)
            screening = Screening.ACCEPTED if accepted else Screening.SPAM
            lead = cast.make_lead(topic=topic, screening=screening, stage=Stage.objects.get(slug=stage))
            wrote(lead, at, utm={"source": source}, screening=screening)
            cuts: tuple[tuple[str, str], ...] = (
                ("all", ""),
                ("all", "en"),
                ("topic", topic),
                ("source", source or "form"),
                ("owner", ""),
                ("stage", stage),
            )
            cuts += (("reason", ""),) if stage == "closed" else ()
            found = [(at, "enquiries")]
            if waited is not None:
                answered = at + timedelta(seconds=waited)
                Answer.objects.create(lead=lead, received_at=at, answered_at=answered, open_seconds=waited)
                found += [(answered, "answers"), (answered, "wait"), *([(answered, "in_time")] if waited <= 4 * 3600 else [])]
            for when, measure in found if accepted else []:
                naive.update((when.astimezone(local).date(), cut, value, measure) for cut, value in cuts)
        count_all()
        summed: Counter[tuple[date, str, str, str]] = Counter()
        for day, cut, value, measure, n in Tally.objects.filter(measure__in=["enquiries", "answers", "wait", "in_time"]).values_list(
            "day", "cut", "value", "measure", "count"
        ):
            summed[day, cut, value, measure] += n
        assert summed == naive
