"""A stage that is removed: its leads go where somebody said, and none is lost."""

import pytest
from django.test import Client

from leads.models import Category, EventKind, Lead, Stage, User
from leads.triage.by_itself import stage_removal
from leads.triage.by_itself.stage_removal import move_on, remove_stage
from leads.triage.decisions.actions import change_stage
from leads.triage.decisions.recording import Conflict
from leads.triage.tasks import wake
from leads.triage.undo.undo import undo
from tests.cast import make_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(clinic: object) -> Stage:
    """A second stage that means the same as Contacted."""
    return Stage.objects.create(slug="papers", name="Waits for papers", category=Category.WORKING, position=9)


def contacted() -> Stage:
    return Stage.objects.get(slug="contacted")


def page(stage: Stage) -> str:
    return f"/desk/settings/stages/{stage.slug}/remove/"


def test_the_page_asks_where_the_leads_go_and_offers_what_means_the_same(as_alice: Client, papers: Stage) -> None:
    make_lead(stage=papers)
    html = as_alice.get(page(papers)).content.decode()
    assert "1 lead is in this stage." in html
    assert "Contacted</option>" in html
    assert "Consultation booked</option>" not in html


def test_its_leads_move_with_an_event_and_nothing_else_changes(as_alice: Client, alice: User, papers: Stage) -> None:
    lead = make_lead(stage=papers)
    before = Lead.objects.values().get()
    answer = as_alice.post(page(papers), {"into": contacted().pk})
    assert answer["Location"] == "/desk/settings/stages/?saved"
    assert Lead.objects.values().get() == before | {"stage_id": contacted().pk}
    event = lead.events.get()
    assert (event.kind, event.by, event.data["after"]["stage"]) == (EventKind.STAGE, alice, contacted().pk)
    assert "Moved from Waits for papers to Contacted" in as_alice.get(f"/desk/leads/{lead.reference}/").content.decode()


def test_it_is_gone_from_every_list(as_alice: Client, alice: User, papers: Stage) -> None:
    lead = make_lead()
    remove_stage(by=alice, stage=papers, into=contacted())
    for address in ("/desk/", "/desk/board/", "/desk/settings/stages/", f"/desk/leads/{lead.reference}/"):
        assert "Waits for papers" not in as_alice.get(address).content.decode()


def test_twice_leads_back_to_the_list(as_alice: Client, papers: Stage) -> None:
    for expected in ("/desk/settings/stages/?saved", "/desk/settings/stages/"):
        assert as_alice.post(page(papers), {"into": contacted().pk})["Location"] == expected
    assert as_alice.get(page(papers))["Location"] == "/desk/settings/stages/"


@pytest.mark.parametrize("slug", ["new", "contacted", "booked", "closed"])
def test_the_last_one_of_its_kind_stays(as_alice: Client, clinic: object, slug: str) -> None:
    stage = Stage.objects.get(slug=slug)
    assert "It is the only stage that means" in as_alice.get(page(stage)).content.decode()
    as_alice.post(page(stage), {"into": contacted().pk})
    assert Stage.objects.in_use().filter(pk=stage.pk).exists()


@pytest.mark.parametrize("into", ["", "0", "x", "itself", "booked"])
def test_without_a_stage_for_its_leads_it_stays(as_alice: Client, papers: Stage, into: str) -> None:
    chosen = Stage.objects.filter(slug={"itself": "papers"}.get(into, into)).values_list("pk", flat=True).first() or into
    assert "Choose where its leads go" in as_alice.post(page(papers), {"into": chosen}).content.decode()
    assert Stage.objects.in_use().filter(pk=papers.pk).exists()


def test_two_that_remove_each_others_stage_leave_one(alice: User, papers: Stage) -> None:
    remove_stage(by=alice, stage=papers, into=contacted())
    for stage, into in ((contacted(), papers), (papers, contacted()), (contacted(), contacted())):
        with pytest.raises(Conflict):
            remove_stage(by=alice, stage=stage, into=into)
    assert Stage.objects.first_of(Category.WORKING) == contacted()


def test_many_leads_move_in_bounded_batches(alice: User, papers: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_removal, "BATCH", 2)
    for number in range(5):
        make_lead(stage=papers, email=f"{number}@example.com")
    remove_stage(by=alice, stage=papers, into=contacted())
    assert (move_on(by=alice, batches=2), papers.leads.count()) == (4, 1)
    assert (move_on(by=alice), papers.leads.count()) == (1, 0)
    assert move_on(by=alice) == 0


def test_a_lead_that_got_there_a_moment_later_follows_by_itself(alice: User, papers: Stage) -> None:
    remove_stage(by=alice, stage=papers, into=contacted())
    lead = make_lead(stage=papers)  # by a process that had not heard of it
    wake()
    lead.refresh_from_db()
    assert (lead.stage, lead.events.get(kind=EventKind.STAGE).by) == (contacted(), None)


def test_where_the_second_stage_goes_too_its_leads_and_those_of_the_first_end_together(alice: User, papers: Stage) -> None:
    third = Stage.objects.create(slug="third", name="Third", category=Category.WORKING, position=10)
    lead = make_lead(stage=papers)
    remove_stage(by=alice, stage=papers, into=third)
    remove_stage(by=alice, stage=third, into=contacted())
    assert move_on(by=alice) == 1
    lead.refresh_from_db()
    assert lead.stage == contacted()


def test_undoing_a_move_out_of_it_leads_to_where_its_leads_went(alice: User, papers: Stage) -> None:
    lead = make_lead(stage=papers)
    change_stage(by=alice, lead=lead, stage=Stage.objects.get(slug="booked"))
    remove_stage(by=alice, stage=papers, into=contacted())
    undo(by=alice, lead=lead, noun="stage")
    lead.refresh_from_db()
    assert (lead.stage, lead.category) == (contacted(), Category.WORKING)


def test_removing_it_cannot_be_undone_on_one_lead(alice: User, papers: Stage) -> None:
    lead = make_lead(stage=papers)
    remove_stage(by=alice, stage=papers, into=contacted())
    move_on(by=alice)
    with pytest.raises(Conflict):
        undo(by=alice, lead=lead, noun="stage")


def test_only_managers_remove(as_bob: Client, papers: Stage) -> None:
    assert as_bob.get(page(papers)).status_code == as_bob.post(page(papers), {"into": contacted().pk}).status_code == 404
    assert Stage.objects.in_use().filter(pk=papers.pk).exists()
