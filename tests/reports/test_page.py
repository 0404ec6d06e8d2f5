"""The reports' page: what it says, how it is filtered, and that it costs the same whatever it shows."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import DayToCount, Measure, User
from leads.reports.charts import scale
from leads.reports.figures import figures
from leads.reports.periods import Span, asked
from leads.reports.queries import Sums
from leads.reports.waits import median, step_of
from tests import cast
from tests.reports.test_counting import count_all, wrote
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


@pytest.fixture
def bob(client: Client) -> Client:
    client.force_login(User.objects.create_user("bob@example.com", password=cast.PASSWORD, role="front_desk"))
    return client


def read(client: Client, query: str = "") -> str:
    answer = client.get(reverse("reports") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_clinic_is_told_so(bob: Client) -> None:
    assert "Nothing happened in this time." in read(bob)


def test_one_enquiry_is_one_enquiry_and_today_is_not_over(bob: Client) -> None:
    wrote(cast.make_lead(), timezone.now())
    count_all()
    page = read(bob, "?period=today")
    assert '<dd class="report-value">1</dd>' in page
    assert "today is not over" in page
    assert "so far" in page


def test_a_filter_shows_only_its_own_and_can_be_taken_away(bob: Client) -> None:
    for topic in ("how", "cost", "cost"):
        wrote(cast.make_lead(topic=topic), timezone.now())
    count_all()
    page = read(bob, "?topic=cost&period=7")
    assert '<dd class="report-value">2</dd>' in page
    assert "Topic: Cost and insurance" in page
    assert 'href="?period=7"' in page


def several(topic_and_source: tuple[tuple[str, str], ...] = (("cost", "ad"), ("cost", "site"), ("how", "ad"))) -> None:
    for topic, source in topic_and_source:
        wrote(cast.make_lead(topic=topic), timezone.now(), utm={"source": source})
    count_all()


def test_filters_add_up_and_each_can_be_taken_away(bob: Client) -> None:
    several()
    page = read(bob, "?period=7&topic=cost&source=ad")
    assert '<dd class="report-value">1</dd>' in page
    assert 'href="?period=7&amp;topic=cost"' in page
    assert 'href="?period=7&amp;source=ad"' in page
    assert "Take all filters away" in page


def test_a_click_on_a_row_keeps_the_days_the_comparison_and_the_other_filters(bob: Client) -> None:
    several()
    page = read(bob, "?period=7&compare=year&topic=cost")
    assert 'href="?period=7&amp;compare=year&amp;source=site&amp;topic=cost"' in page


def test_a_caption_says_by_what_its_chart_is_filtered(bob: Client) -> None:
    several()
    assert "Only " not in read(bob)
    page = read(bob, "?topic=cost&source=ad")
    assert page.count("Only Source: ad, Topic: Cost and insurance.") == 11  # nine charts, and what two of them are called
    assert page.count("Only Topic: Cost and insurance.") == 1  # the sources themselves
    assert page.count("Only Source: ad.") == 1


def test_the_file_is_filtered_like_the_page(bob: Client) -> None:
    several()
    answer = bob.get(reverse("reports_csv", kwargs={"chart": "source"}) + "?topic=how&language=en")
    assert answer.content.decode().splitlines() == ["Source,Enquiries,Share", "ad,1,100%"]


def test_days_that_are_counted_anew_are_told_of(bob: Client) -> None:
    several()
    again = "Some of these days are being counted anew."
    assert again not in read(bob)
    DayToCount.objects.create(day=timezone.now().date())
    assert again in read(bob)
    assert again not in read(bob, "?period=custom&from=2020-01-01&to=2020-01-02")


def test_days_that_make_no_sense_become_the_last_thirty(bob: Client) -> None:
    for query in (
        "?period=custom&from=x&to=y",
        "?period=custom&from=2026-05-02&to=2026-05-01",
        "?period=none",
        "?topic=%00",
        "?owner=x'",
        "?topic=%00&owner=x'&stage=%F0",
    ):
        assert "Reports" in read(bob, query)
    assert asked({"period": "custom", "from": "2026-05-02", "to": "2026-05-01"}, TODAY).span == Span(date(2026, 10, 30), TODAY)


def test_the_same_days_a_year_ago_are_the_same_weekdays() -> None:
    period = asked({"period": "7", "compare": "year"}, TODAY)
    assert period.compared.first.weekday() == period.span.first.weekday()
    assert asked({"period": "7"}, TODAY).compared == Span(date(2026, 11, 15), date(2026, 11, 21))


@pytest.mark.parametrize(
    "query", ["", "?period=year&compare=year", "?topic=how", "?topic=how&source=site1", "?topic=how&source=site1&owner="]
)
def test_the_page_costs_as_many_queries_with_many_leads_as_with_few(bob: Client, query: str) -> None:
    if query.startswith("?topic"):
        several((("how", "site1"), ("cost", "site2")))
    few = queries(bob, reverse("reports") + query)
    for number in range(30):
        wrote(cast.make_lead(topic="how"), timezone.now() - timedelta(days=number), utm={"source": f"site{number}"})
    count_all()
    assert queries(bob, reverse("reports") + query) == few


def test_many_filters_cost_no_more_queries_than_one(bob: Client) -> None:
    """One filter has its own list of everybody, and the others of the mixes: two queries more than none."""
    several()
    costs = [
        queries(bob, reverse("reports") + query) for query in ("", "?topic=how", "?topic=how&source=ad", "?topic=how&source=ad&owner=")
    ]
    assert [each - costs[0] for each in costs] == [0, 2, 0, 0]


def test_each_chart_is_a_file_without_formulas(bob: Client) -> None:
    wrote(cast.make_lead(), timezone.now(), utm={"source": "ad"})
    count_all()
    answer = bob.get(reverse("reports_csv", kwargs={"chart": "source"}))
    assert answer.content.decode().splitlines() == ["Source,Enquiries,Share", "ad,1,100%"]
    assert bob.get(reverse("reports_csv", kwargs={"chart": "nothing"})).status_code == 404


@pytest.mark.parametrize("name", ["=1+1", "\uff1d1+1", "%0"])
def test_no_name_is_taken_for_a_formula(bob: Client, name: str) -> None:
    """Also where its first sign is a full-width one."""
    wrote(cast.make_lead(owner=User.objects.create_user("kim@example.com", name=name)), timezone.now())
    count_all()
    answer = bob.get(reverse("reports_csv", kwargs={"chart": "owner"}))
    assert f"\n'{name}," in answer.content.decode().replace("\r\n", "\n")


def test_who_has_no_rights_sees_no_page(client: Client) -> None:
    client.force_login(User.objects.create_user("charlie@example.com", password=cast.PASSWORD, role="none"))
    assert client.get(reverse("reports")).status_code == 404


def test_nothing_is_changed_by_a_post(bob: Client) -> None:
    assert bob.post(reverse("reports")).status_code == 405


def test_the_median_lies_within_the_step_of_the_middle_answer() -> None:
    assert median({}) is None
    found = median({step_of(60 * 7): 3})
    assert found is not None
    assert 5 < found <= 10


def test_the_chosen_row_is_marked_and_takes_its_filter_away(bob: Client) -> None:
    several()
    page = read(bob, "?topic=cost&source=ad")
    assert page.count('<span class="chip accent">chosen</span>') == 2
    assert 'href="?period=30&amp;topic=cost" aria-current="true">ad' in page


def test_the_grid_ends_where_the_numbers_do() -> None:
    assert [scale(most) for most in (1, 3, 16, 323)] == [[0, 1], [0, 1, 2, 3], [0, 5, 10, 15, 20], [0, 100, 200, 300, 400]]


def test_the_points_of_twelve_months_are_whole_weeks() -> None:
    period = asked({"period": "year"}, TODAY)
    assert period.step == 7
    assert len(period.span.days) % 7 == 0


def test_each_figure_says_how_it_compares_even_where_there_is_nothing() -> None:
    some, nothing = Sums(), Sums()
    for measure, bucket in (
        (Measure.ENQUIRIES, ""),
        (Measure.ANSWERS, ""),
        (Measure.IN_TIME, ""),
        (Measure.WAIT, "3"),
        (Measure.BOOKED, ""),
    ):
        some.buckets[measure][bucket] = 1
    assert [each.change for each in figures(nothing, nothing)] == ["as before", "no answers yet", "no answers yet", "as before"]
    assert [each.change for each in figures(some, nothing)] == ["none before", "no answers before", "no answers before", "none before"]
    assert [each.change for each in figures(some, some)] == 4 * ["as before"]
