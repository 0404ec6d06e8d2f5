"""The reports' page: what it says, how it is filtered, and that it costs the same whatever it shows."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leads.models import User
from leads.reports.charts import scale
from leads.reports.periods import Span, asked
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
    assert f'href="{reverse("reports")}?period=7"' in page


def test_days_that_make_no_sense_become_the_last_thirty(bob: Client) -> None:
    for query in ("?period=custom&from=x&to=y", "?period=custom&from=2026-05-02&to=2026-05-01", "?period=none", "?topic=%00", "?owner=x'"):
        assert "Reports" in read(bob, query)
    assert asked({"period": "custom", "from": "2026-05-02", "to": "2026-05-01"}, TODAY).span == Span(date(2026, 10, 30), TODAY)


def test_the_same_days_a_year_ago_are_the_same_weekdays() -> None:
    period = asked({"period": "7", "compare": "year"}, TODAY)
    assert period.compared.first.weekday() == period.span.first.weekday()
    assert asked({"period": "7"}, TODAY).compared == Span(date(2026, 11, 15), date(2026, 11, 21))


def test_the_page_costs_as_many_queries_with_many_leads_as_with_none(bob: Client) -> None:
    none = queries(bob, reverse("reports"))
    for number in range(30):
        wrote(cast.make_lead(topic="how"), timezone.now() - timedelta(days=number), utm={"source": f"site{number}"})
    count_all()
    assert queries(bob, reverse("reports")) == none
    assert queries(bob, reverse("reports") + "?period=year&compare=year&topic=how") == none


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


def test_a_list_that_the_filter_does_not_reach_says_so(bob: Client) -> None:
    wrote(cast.make_lead(topic="cost"), timezone.now())
    count_all()
    of_everybody = "This list is of everybody"
    assert of_everybody not in read(bob)
    assert read(bob, "?topic=cost").count(of_everybody) == 3  # by source, owner and stage; none is closed


def test_the_grid_ends_where_the_numbers_do() -> None:
    assert [scale(most) for most in (1, 3, 16, 323)] == [[0, 1], [0, 1, 2, 3], [0, 5, 10, 15, 20], [0, 100, 200, 300, 400]]


def test_the_points_of_twelve_months_are_whole_weeks() -> None:
    period = asked({"period": "year"}, TODAY)
    assert period.step == 7
    assert len(period.span.days) % 7 == 0
