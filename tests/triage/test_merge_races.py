"""Two merges at once, and an enquiry that arrives during one: both take effect, one after the other."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection

from leads.models import Enquiry, Lead, Merge, User
from leads.triage.decisions.recording import Conflict
from leads.triage.same_person.merging import merge, unmerge
from tests.cast import vera_writes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,  # SQLite has one writer at a time
]
WORK = "vera@work.example"


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each of them was told, if it was refused."""
    start, refused = Barrier(len(acts)), list[str]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            act()
        except (Conflict, OperationalError) as error:
            refused.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return refused


def two() -> tuple[Lead, Lead]:
    return Lead.objects.get(reference=vera_writes().reference), Lead.objects.get(reference=vera_writes(email=WORK).reference)


def merging(bob: User, keep: Lead, other: Lead) -> Callable[[], object]:
    return lambda: merge(by=bob, keep=Lead.objects.get(pk=keep.pk), other=Lead.objects.get(pk=other.pk), choices={"email": "keep"})


def test_of_two_who_merge_each_into_the_other_one_does(bob: User) -> None:
    one, another = two()
    assert at_once(merging(bob, one, another), merging(bob, another, one)) == ["Conflict"]
    assert Merge.objects.count() == 1
    assert Lead.objects.filter(merged_into=None).count() == 1


def test_an_enquiry_that_arrives_meanwhile_is_on_the_lead_that_stays(bob: User) -> None:
    keep, other = two()
    writing = [partial(vera_writes, email=WORK, message=message) for message in ("Meanwhile.", "And again.")]
    assert at_once(merging(bob, keep, other), *writing) == []
    assert set(Enquiry.objects.values_list("lead", flat=True)) == {keep.pk}
    assert keep.enquiries.count() == 4


def test_an_enquiry_that_arrives_while_they_part_is_on_one_that_is_seen(bob: User) -> None:
    keep, other = two()
    merging(bob, keep, other)()
    keep.refresh_from_db()
    assert at_once(lambda: unmerge(by=bob, lead=keep), lambda: vera_writes(email=WORK, message="Meanwhile.")) == []
    assert Lead.objects.accepted().count() == 2
    assert keep.enquiries.count() + other.enquiries.count() == 3
