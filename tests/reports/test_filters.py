"""Several filters at once: what the page adds up equals what one would count by hand, for any filters and any history."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from leads.models import Answer, CloseReason, Cut, Lead, Measure, Mix, MixDay, Stage, StopReason, Tally, User
from leads.models.report import COLUMNS, WAIT_STEPS
from leads.reports import mixes
from leads.reports.days import keep_up
from leads.reports.filters import LISTS, Filters
from leads.reports.periods import Period, asked
from leads.reports.queries import counts
from leads.reports.waits import STEPS, step_of
from leads.triage.decisions import actions
from tests import cast
from tests.reports.test_counting import NOON, count_all, in_zone, wrote

TODAY = NOON.date()
CHOICES = {
    Cut.TOPIC: ["how", "cost"],
    Cut.SOURCE: ["ad", "form"],
    Cut.OWNER: ["", "bob"],
    Cut.STAGE: ["new", "contacted", "closed"],
    Cut.LANGUAGE: ["en", "es"],
}
WAITED = st.one_of(st.none(), st.integers(0, 90_000))
LIVES = st.lists(st.tuples(st.integers(0, 60 * 24 * 25), *map(st.sampled_from, CHOICES.values()), WAITED), max_size=10)
CHOSEN = st.fixed_dictionaries({}, optional={cut.value: st.sampled_from(values) for cut, values in CHOICES.items()})


@dataclass(frozen=True)
class Life:
    """What one would note down of somebody."""

    is_: Mapping[Cut, str]
    at: datetime  # on the clinic's clock
    waited: int | None

    def fits(self, by: Filters) -> bool:
        return all(self.is_.get(cut) == value for cut, value in by.chosen)


def lived(zone: str, history: list[tuple[object, ...]], bob: User) -> list[Life]:
    local, found = in_zone(zone), []
    for minutes, topic, source, owner, stage, language, waited in history:
        at = NOON - timedelta(days=20) + timedelta(minutes=minutes)  # type: ignore[arg-type]  # of the first strategy
        lead = cast.make_lead(topic=topic, language=language, owner=bob if owner else None, stage=Stage.objects.get(slug=stage))
        wrote(lead, at, utm={"source": "ad"} if source == "ad" else {})
        seconds = waited if isinstance(waited, int) else None
        if seconds is not None:
            Answer.objects.create(lead=lead, received_at=at, answered_at=at, open_seconds=seconds)
        values = dict(zip(CHOICES, (topic, source, str(bob.pk) if owner else "", stage, language), strict=True))
        closed = {Cut.REASON: ""} if stage == "closed" else {}
        found.append(Life({cut: str(value) for cut, value in (values | closed).items()}, at.astimezone(local), seconds))
    return found


def assert_adds_up(period: Period, by: Filters, lives: list[Life]) -> None:
    found = counts(period, by)
    for span, sums in ((period.span, found.now), (period.compared, found.before)):
        fit = [life for life in lives if life.fits(by) and span.first <= life.at.date() <= span.last]
        answered = [life for life in fit if life.waited is not None]
        assert sums.total(Measure.ENQUIRIES) == len(fit)
        if span == period.span:  # the page compares neither (leads.reports.queries.COMPARED)
            assert +sums.buckets[Measure.HOUR] == Counter(f"{life.at.weekday()}-{life.at.hour}" for life in fit)
            assert sums.buckets[Measure.REACHED]["new"] == len(fit)
        assert +sums.buckets[Measure.WAIT] == Counter(str(step_of(life.waited or 0)) for life in answered)
        assert sums.total(Measure.IN_TIME) == len(answered)
        for day in span.days:
            assert found.days[Measure.ENQUIRIES][day] == sum(life.at.date() == day for life in fit)
    for cut, listed in found.lists.items():
        fit = [life for life in lives if life.fits(by.without(cut)) and period.span.first <= life.at.date() <= period.span.last]
        assert listed == Counter(life.is_[cut] for life in fit if cut in life.is_)


class AnyHistory(HypothesisCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        history=LIVES, chosen=CHOSEN, zone=st.sampled_from(["America/New_York", "Asia/Kolkata", "UTC"]), days=st.sampled_from(["7", "30"])
    )
    def test_adds_up_to_a_naive_count(self, history: list[tuple[object, ...]], chosen: dict[str, str], zone: str, days: str) -> None:
        bob = User.objects.create_user("bob@example.com", password=None, role="front_desk")
        lives = lived(zone, history, bob)
        count_all()
        owner = {"owner": str(bob.pk)} if chosen.get("owner") else {}
        assert_adds_up(asked({"period": days}, TODAY), Filters.asked(chosen | owner), lives)


@pytest.fixture
def three(db: None) -> list[Lead]:
    """Cost from an ad, cost by the form, and how it works from an ad; all yesterday."""
    found = []
    for topic, source in (("cost", "ad"), ("cost", ""), ("how", "ad")):
        lead = cast.make_lead(topic=topic, stage=Stage.objects.get(slug="closed"), close_reason=CloseReason.objects.all()[0])
        wrote(lead, NOON, utm={"source": source} if source else {})
        found.append(lead)
    count_all()
    return found


def test_two_filters_hold_together(three: list[Lead]) -> None:
    period = asked({}, TODAY)
    assert counts(period, Filters.asked({"topic": "cost", "source": "ad"})).now.total(Measure.ENQUIRIES) == 1
    assert counts(period, Filters.asked({"topic": "how", "source": "form"})).now.total(Measure.ENQUIRIES) == 0


def test_all_six_at_once(three: list[Lead]) -> None:
    reason = str(CloseReason.objects.all()[0].pk)
    query = {"topic": "cost", "source": "form", "owner": "", "stage": "closed", "reason": reason, "language": "en"}
    by = Filters.asked(query)
    assert by.parameters == query
    assert counts(asked({}, TODAY), by).now.total(Measure.ENQUIRIES) == 1


def test_a_list_that_is_filtered_itself_shows_what_else_there_is(three: list[Lead]) -> None:
    lists = counts(asked({}, TODAY), Filters.asked({"topic": "how", "source": "ad"})).lists
    assert lists[Cut.TOPIC] == {"cost": 1, "how": 1}  # of the ad
    assert lists[Cut.SOURCE] == {"ad": 1}  # of how
    assert lists[Cut.LANGUAGE] == {"en": 1}  # of both


def test_many_mixes_count_the_same_as_few(three: list[Lead], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where they are too many to be named, the database finds them itself."""
    by = Filters.asked({"source": "ad", "language": "en"})
    few = counts(asked({}, TODAY), by)
    monkeypatch.setattr(mixes, "MANY", 0)
    assert counts(asked({}, TODAY), by) == few
    assert few.now.total(Measure.ENQUIRIES) == 2


def test_whoever_is_not_closed_has_no_close_reason(three: list[Lead]) -> None:
    wrote(cast.make_lead(topic="how"), NOON)
    count_all()
    lists = counts(asked({}, TODAY), Filters.asked({"topic": "how"})).lists
    assert sum(lists[Cut.REASON].values()) == 1
    assert Filters.asked({"reason": "open", "topic": "how", "language": ""}) == Filters.asked({"topic": "how"})


def test_undo_and_a_new_owner_reach_the_mixes_too(db: None) -> None:
    bob = User.objects.create_user("bob@example.com", password=cast.PASSWORD, role="front_desk")
    cast.vera_writes()
    lead = Lead.objects.get()
    keep_up()
    actions.assign(by=bob, lead=lead, owner=bob)
    keep_up()
    period = asked({}, lead.created_at.date())
    mine, nobodys = ({"owner": owner, "language": "en"} for owner in (str(bob.pk), ""))
    assert [counts(period, Filters.asked(query)).now.total(Measure.ENQUIRIES) for query in (mine, nobodys)] == [1, 0]


def test_counting_twice_makes_no_mix_twice(three: list[Lead]) -> None:
    kept = sorted(Mix.objects.values_list("topic", "source")), sorted(MixDay.objects.values_list("mix__topic", "mix__source", "enquiries"))
    count_all()
    again = sorted(Mix.objects.values_list("topic", "source")), sorted(MixDay.objects.values_list("mix__topic", "mix__source", "enquiries"))
    assert kept == again


def test_days_that_an_older_release_counted_are_counted_again(three: list[Lead]) -> None:
    keep_up()
    MixDay.objects.all().delete()
    Tally.objects.filter(cut=Cut.ALL).exclude(value="").delete()
    keep_up()
    assert counts(asked({}, TODAY), Filters.asked({"topic": "cost", "source": "ad"})).now.total(Measure.ENQUIRIES) == 1
    assert not days_of_nobody()


def days_of_nobody() -> set[date]:
    """Days with a count of everybody and none by language."""
    everybody, by_language = (set(rows.values_list("day", flat=True)) for rows in (
        Tally.objects.filter(cut=Cut.ALL, value=""), Tally.objects.filter(cut=Cut.ALL).exclude(value="")))  # fmt: skip
    return everybody - by_language


def test_a_click_adds_another_replaces_and_a_second_takes_away() -> None:
    by = Filters.asked({"topic": "cost"})
    assert by.toggled(Cut.SOURCE, "ad").parameters == {"source": "ad", "topic": "cost"}
    assert by.toggled(Cut.TOPIC, "how").parameters == {"topic": "how"}
    assert by.toggled(Cut.TOPIC, "cost").parameters == {}
    assert Filters.asked({}).toggled(Cut.OWNER, "").parameters == {"owner": ""}


def test_each_measure_has_its_column() -> None:
    assert len(STEPS) + 1 == len(WAIT_STEPS)
    assert {measure for measure, _bucket in COLUMNS.values()} == set(Measure)
    assert {bucket for measure, bucket in COLUMNS.values() if measure == Measure.STOPPED} == set(StopReason.values)
    assert len({*LISTS}) == len(Cut) - 1
