"""Made-up leads hold every rule that real ones hold."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.utils import timezone

from leads.management.made_up import seeding
from leads.management.made_up.ids import reference, uuid_at
from leads.management.made_up.people import person
from leads.management.made_up.world import World
from leads.models import Attention, Category, Clinic, Enquiry, Enrolment, Event, EventKind, Lead, Message, Screening, User
from leads.policy.hours import OpeningHours
from leads.policy.windows import SendWindows
from leads.triage.decisions.snapshots import WORK, snapshot
from tests.policy.test_windows import in_a_window

TUESDAY = datetime(2026, 11, 17, 18, 0, tzinfo=UTC)  # 1 pm in New York

pytestmark = pytest.mark.django_db


def seed(leads: int, number: int = 1) -> str:
    said = StringIO()
    call_command("seed", leads=leads, seed=number, stdout=said)
    return said.getvalue()


def test_it_says_what_it_made() -> None:
    assert seed(3).startswith("3 made-up leads, ")
    assert Lead.objects.count() == 3


def test_a_dozen_make_a_telling_inbox() -> None:
    with time_machine.travel(TUESDAY, tick=False):
        seed(12)
        stages = dict(Lead.objects.values_list("stage__name").annotate(Count("id")))
        assert stages == {"New": 6, "Contacted": 2, "Consultation booked": 2, "In treatment": 1, "Closed": 1}
        assert Lead.objects.needs_us().count() == 5
        assert Lead.objects.snoozed().count() == 1
        newest = Lead.objects.latest("received_at")
        assert newest.received_at == TUESDAY - timedelta(minutes=4)
        assert Lead.objects.needs_us().filter(due_at__lt=TUESDAY).count() == 1


def test_many_are_spread_over_everything(alice: User, bob: User, charlie: User) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        seed(1500)
    assert Lead.objects.count() == 1500
    assert set(Lead.objects.accepted().values_list("category", flat=True)) == set(Category.values)
    assert set(Lead.objects.values_list("attention", flat=True)) == set(Attention.values)
    assert set(Lead.objects.values_list("screening", flat=True)) == set(Screening.values) - {Screening.MERGED}
    assert set(Lead.objects.values_list("owner", flat=True)) == {None, alice.pk, bob.pk}
    assert set(Lead.objects.values_list("language", flat=True)) == {"en", "es"}
    assert Lead.objects.filter(email="").exists()
    assert TUESDAY - Lead.objects.earliest("received_at").received_at > timedelta(days=600)
    assert Lead.objects.aggregate(most=Count("enquiries"))["most"] > 1500


def test_a_second_run_makes_other_people() -> None:
    seed(40)
    seed(40)
    assert Lead.objects.values("email", "phone").distinct().count() == 80


def test_the_same_seed_makes_the_same_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeding, "reserve_ids", lambda model, count: list(range(1, count + 1)))
    with time_machine.travel(TUESDAY, tick=False):
        first, second, other = (seeding._made_up(World.today(number), range(50), 40)[0] for number in (1, 1, 2))
    assert first == second != other


def test_every_enquiry_opens_and_every_lead_has_its_story() -> None:
    seed(60)
    assert all(isinstance(enquiry.message, str) for enquiry in Enquiry.objects.all())
    assert all(event.text for event in Event.objects.filter(kind=EventKind.NOTE))
    assert not Lead.objects.filter(enquiries=None).exists()
    assert Event.objects.filter(kind=EventKind.ENQUIRY).count() == Enquiry.objects.count()
    assert not Event.objects.filter(at__gt=timezone.now()).exists()


def test_nothing_waits_to_be_sent_and_what_was_sent_kept_to_its_window() -> None:
    seed(200)
    windows = SendWindows.of({}, OpeningHours.of(Clinic.current()))
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert all(in_a_window(message.sent_at, windows) for message in Message.objects.filter(kind="followup") if message.sent_at)
    assert not Enrolment.objects.filter(state="running", due_at__lte=timezone.now()).exists()
    assert (
        not Message.objects.exclude(to_address__endswith=".com")
        .exclude(to_address__endswith=".org")
        .exclude(to_address__endswith=".net")
        .exists()
    )


def test_follow_up_stopped_with_the_contact() -> None:
    seed(200)
    after = {"lead__events__at__gte": F("enrolment__anchor_at"), "lead__events__at__lt": F("created_at")}
    assert not Message.objects.filter(kind="followup", lead__events__kind=EventKind.CONTACTED, **after).exists()


def test_the_newest_change_kept_what_the_desk_would_have_kept() -> None:
    seed(200)
    for lead in Lead.objects.filter(category=Category.BOOKED, attention=Attention.DONE):
        changes = lead.events.filter(data__has_key="after").exclude(kind=EventKind.ASSIGNMENT)
        assert changes.latest("at").data["after"] == snapshot(lead, WORK)


@pytest.mark.django_db(transaction=True)
def test_several_batches_make_one_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeding, "BATCH", 40)
    seed(110)
    assert Lead.objects.count() == 110
    assert Lead.objects.latest("received_at").received_at > timezone.now() - timedelta(minutes=5)
    assert Lead.objects.create(name="Vera", stage=Lead.objects.all()[0].stage, category="closed").pk > 110  # ids go on behind them


def test_it_refuses_none() -> None:
    with pytest.raises(CommandError):
        seed(0)


def test_references_and_people_never_come_twice() -> None:
    numbers = range(1, 300_000, 7)
    assert len({reference(number) for number in numbers}) == len(numbers)
    assert len({person(number).email for number in numbers}) == len(numbers)


def test_made_up_ids_look_like_the_real_ones() -> None:
    world = World.today(1)
    pk = uuid_at(TUESDAY, world.rng)
    assert (len(pk), pk[14], pk[19] in "89ab") == (36, "7", True)
    assert int(pk[:8] + pk[9:13], 16) == TUESDAY.timestamp() * 1000
