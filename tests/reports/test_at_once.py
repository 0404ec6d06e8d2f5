"""Two that count at once take turns: nothing is counted twice, and nothing is left out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from leads.models import DayToCount, Measure, Tally
from leads.reports.days import keep_up
from tests import cast
from tests.reports.test_counting import kept, wrote


@pytest.mark.django_db(transaction=True)
def test_three_at_once_count_exactly() -> None:
    for number in range(12):
        wrote(cast.make_lead(), timezone.now() - timedelta(days=number % 4))

    def count() -> int:
        try:
            return keep_up()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: count(), range(3)))
    assert not DayToCount.objects.exists()
    assert sum(kept(Measure.ENQUIRIES).values()) == 12


@pytest.mark.django_db
def test_a_rebuild_mends_what_is_wrong_and_says_how_many_days_it_counted() -> None:
    wrote(cast.make_lead(), timezone.now() - timedelta(days=2))
    keep_up()
    Tally.objects.update(count=7)
    said = StringIO()
    call_command("summarise", rebuild=True, stdout=said)
    assert said.getvalue() == "3 days counted.\n"
    assert sum(kept(Measure.ENQUIRIES).values()) == 1


@pytest.mark.django_db
def test_without_a_rebuild_only_what_is_new_is_counted() -> None:
    wrote(cast.make_lead(), timezone.now() - timedelta(days=2))
    keep_up()
    cast.vera_writes()
    said = StringIO()
    call_command("summarise", stdout=said)
    assert said.getvalue() == "1 day counted.\n"
    assert sum(kept(Measure.ENQUIRIES).values()) == 2
