"""Two people at the same moment: one tag, one change, and nobody sees an error that is none of theirs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from leads.clinic.tags import remove_tag
from leads.models import EventKind, Lead, LeadTag, Tag, User
from leads.triage.decisions.recording import Conflict
from leads.triage.details.detail_changed import DetailChanged
from leads.triage.details.lead_details import KnownAlready, change_detail
from leads.triage.details.tags import add_tag
from tests.cast import make_lead

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """What each of them returned, or the conflict that it met."""
    together = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> object:
        try:
            together.wait()
            return verb()
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def test_two_make_the_same_tag() -> None:
    for number in range(ROUNDS):
        tags = at_once(lambda: Tag.objects.take(f"vip {number}"), lambda: Tag.objects.take(f"VIP {number}"))  # noqa: B023  # run at once
        assert tags[0] == tags[1]


def test_two_put_on_the_same_tag(bob: User, alice: User, lead: Lead) -> None:
    tag = Tag.objects.create(name="VIP")
    added = at_once(*[lambda by=by: add_tag(by=by, lead=Lead.objects.get(pk=lead.pk), tag=tag) for by in (bob, alice)])
    assert sorted(map(bool, added)) == [False, True]
    assert lead.events.filter(kind=EventKind.TAGS).count() == 1


def test_one_puts_it_on_while_another_removes_it_everywhere(bob: User, alice: User, lead: Lead) -> None:
    for number in range(ROUNDS):
        tag = Tag.objects.create(name=f"{number}")
        added, _removed = at_once(
            lambda: add_tag(by=bob, lead=Lead.objects.get(pk=lead.pk), tag=tag),  # noqa: B023  # run at once
            lambda: remove_tag(by=alice, tag=tag),  # noqa: B023  # run at once
        )
        assert added is True or isinstance(added, Conflict)
        assert not LeadTag.objects.exists()


def test_two_change_the_same_line(bob: User, alice: User, lead: Lead) -> None:
    def change(by: User, name: str) -> object:
        return change_detail(by=by, lead=Lead.objects.get(pk=lead.pk), field="name", value=name, opened="Vera Lind")

    said = at_once(lambda: change(bob, "Vera B"), lambda: change(alice, "Vera A"))
    assert sum(isinstance(each, DetailChanged) for each in said) == 1
    assert lead.events.filter(kind=EventKind.DETAILS).count() == 1


def test_two_leads_become_the_same_person(bob: User) -> None:
    leads = [make_lead(email=f"{number}@example.com") for number in range(2)]
    said = at_once(*[lambda lead=lead: change_detail(by=bob, lead=lead, field="email", value="vera@example.com") for lead in leads])
    assert sum(isinstance(each, KnownAlready) for each in said) == 1
    assert Lead.objects.filter(email="vera@example.com").count() == 1
