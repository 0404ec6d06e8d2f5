"""Settings, Stages: names, order, colours and new ones; what a stage means stays."""

from typing import Any

import pytest
from django.test import Client

from leads.models import Category, Stage, clinic
from tests.cast import make_lead

pytestmark = pytest.mark.django_db
PAGE = "/desk/settings/stages/"


def shown(client: Client, page: str = PAGE) -> dict[str, Any]:
    """What a browser sends back of the page as it is."""
    form = client.get(page).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "on" if value is True else value for name, value in values.items() if value is not False and value is not None}


def save(client: Client, **changes: object) -> str:
    """The page that answers when it is saved with these changes."""
    return client.post(PAGE, shown(client) | changes, follow=True).content.decode()


def names() -> list[str]:
    return list(Stage.objects.in_use().values_list("name", flat=True))


def stage(slug: str) -> Stage:
    return Stage.objects.get(slug=slug)


def test_saving_what_is_shown_changes_nothing(as_alice: Client) -> None:
    before = list(Stage.objects.values())
    assert "Saved." in save(as_alice)
    assert list(Stage.objects.values()) == before


def test_a_stage_is_renamed_and_keeps_its_slug(as_alice: Client) -> None:
    save(as_alice, **{f"name_{stage('contacted').pk}": "In touch"})
    assert (stage("contacted").name, stage("contacted").category) == ("In touch", Category.WORKING)
    assert "In touch" in as_alice.get("/desk/board/").content.decode()


def test_the_order_is_the_one_that_was_typed(as_alice: Client) -> None:
    first, *others = names()
    save(as_alice, **{f"position_{Stage.objects.get(name=others[0]).pk}": "1", f"position_{Stage.objects.get(name=first).pk}": "2"})
    assert names() == [others[0], first, *others[1:]]


def test_a_button_moves_a_stage_and_saves_the_rest(as_alice: Client) -> None:
    before = names()
    save(as_alice, down=stage("new").pk, **{f"name_{stage('contacted').pk}": "In touch"})
    assert names() == ["In touch", before[0], *before[2:]]
    save(as_alice, up=stage("new").pk)
    assert names() == [before[0], "In touch", *before[2:]]


@pytest.mark.parametrize("button", [{"up": "first"}, {"down": "last"}, {"up": "x"}, {"down": "0"}])
def test_a_button_that_leads_nowhere_moves_nothing(as_alice: Client, button: dict[str, str]) -> None:
    before, ids = names(), list(Stage.objects.values_list("pk", flat=True))
    save(as_alice, **{name: {"first": ids[0], "last": ids[-1]}.get(value, value) for name, value in button.items()})
    assert names() == before


def test_a_colour_is_chosen_and_taken_back(as_alice: Client) -> None:
    save(as_alice, **{f"colour_{stage('new').pk}": "ok"})
    assert stage("new").tone == "ok"
    save(as_alice, **{f"colour_{stage('new').pk}": ""})
    assert stage("new").tone == "info"


def test_a_new_stage_comes_last_with_a_slug_of_its_own(as_alice: Client) -> None:
    count = Stage.objects.count()
    save(as_alice, new_name="Waits for papers", new_category="working")
    added = stage("waits-for-papers")
    assert (added.name, added.category, added.position) == ("Waits for papers", "working", count + 1)


def test_a_slug_that_was_given_away_is_not_given_again(as_alice: Client) -> None:
    save(as_alice, **{f"name_{stage('contacted').pk}": "In touch"})
    save(as_alice, new_name="Contacted", new_category="working")
    assert Stage.objects.get(name="Contacted").slug == "contacted-2"


def test_a_name_in_no_latin_letters_has_a_slug_too(as_alice: Client) -> None:
    save(as_alice, new_name="待ち", new_category="working")
    assert Stage.objects.get(name="待ち").slug == "stage"


def test_what_a_colleague_added_meanwhile_stays_and_comes_last(as_alice: Client) -> None:
    form = shown(as_alice)
    Stage.objects.create(slug="papers", name="Papers", category=Category.WORKING, position=1)
    as_alice.post(PAGE, form)
    assert names()[-1] == "Papers"


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 41), ("name", "closed"), ("position", "0"), ("position", ""), ("colour", "danger")]
)
def test_a_mistake_is_named_and_nothing_is_saved(as_alice: Client, field: str, value: str) -> None:
    before = list(Stage.objects.values())
    assert "There is a problem" in save(as_alice, **{f"{field}_{stage('new').pk}": value, "new_name": "Another"})
    assert list(Stage.objects.values()) == before


def test_what_another_process_saved_is_seen_within_two_seconds(as_alice: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process remembers; the other one writes to the database alone."""
    settings.REMEMBER_SECONDS, now = 2, [1000.0]
    monkeypatch.setattr("leads.models.remembered.time.monotonic", lambda: now[0])
    try:
        clinic._stages.anew()
        Stage.objects.filter(slug="contacted").update(name="In touch")
        now[0] += 1.9
        assert "In touch" not in {each.name for each in Stage.objects.known()}
        now[0] += 0.1
        assert "In touch" in {each.name for each in Stage.objects.known()}
    finally:
        clinic._stages.last = None  # nothing of this test's database for the next


def test_the_lead_page_and_the_inbox_show_the_new_name(as_alice: Client) -> None:
    lead = make_lead()
    save(as_alice, **{f"name_{stage('new').pk}": "Just in"})
    for page in ("/desk/", f"/desk/leads/{lead.reference}/"):
        assert "Just in" in as_alice.get(page).content.decode()


def test_only_managers_have_the_page(as_bob: Client) -> None:
    assert as_bob.get(PAGE).status_code == 404
    assert as_bob.post(PAGE, {"new_name": "Mine"}).status_code == 404
