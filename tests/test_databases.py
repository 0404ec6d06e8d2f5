"""Every test finds what the migrations left, whatever the one before it committed."""

import pytest

from leads.models import Clinic, Lead, Sequence, Stage
from tests import cast
from tests.databases import Beginning


def what_stands_there() -> list[object]:
    return [Clinic.current().name, list(Stage.objects.values_list("slug", "name")), Sequence.objects.count(), Lead.objects.count()]


@pytest.mark.django_db(transaction=True)
def test_what_was_added_changed_and_deleted_is_put_back(django_db_setup: Beginning) -> None:
    before = what_stands_there()
    cast.make_lead()
    Clinic.objects.update(name="Another clinic")
    Stage.objects.filter(slug="new").update(name="Newer")
    Sequence.objects.all().delete()
    assert what_stands_there() != before
    django_db_setup.put_back()
    assert what_stands_there() == before


@pytest.mark.django_db(transaction=True)
def test_rows_can_be_added_after_it_as_before(django_db_setup: Beginning) -> None:
    first = cast.make_lead()
    django_db_setup.put_back()
    cast.make_lead(email=first.email)
    assert Lead.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twice_is_as_good_as_once(django_db_setup: Beginning) -> None:
    before = what_stands_there()
    django_db_setup.put_back()
    django_db_setup.put_back()
    assert what_stands_there() == before
