"""Tags in lists, and the inbox narrowed by tags and by the clinic's own fields."""

import pytest
from django.test import Client
from django.urls import reverse

from leads.models import CustomField, FieldChoice, Lead, LeadTag, Tag, User
from leads.triage.details.field_values import set_field
from tests.cast import make_lead
from tests.triage.made_fields import one_of_each
from tests.triage.queries import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(db: None) -> dict[str, CustomField]:
    return one_of_each()


@pytest.fixture
def vera(bob: User, fields: dict[str, CustomField]) -> Lead:
    lead = make_lead()
    for kind, text in {"number": "12.5", "date": "2026-06-30", "choice": "Aetna", "yes_no": "yes", "text": "secret"}.items():
        set_field(by=bob, lead=lead, field=fields[kind], text=text)
    return lead


@pytest.fixture
def other(bob: User, fields: dict[str, CustomField]) -> Lead:
    lead = make_lead(name="Olga Berg", email="olga@example.com")
    set_field(by=bob, lead=lead, field=fields["yes_no"], text="no")
    return lead


def inbox(client: Client, query: str = "") -> str:
    response = client.get(f"/desk/?{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def shown(client: Client, query: str) -> set[str]:
    page = inbox(client, query)
    return {name for name in ("Vera Lind", "Olga Berg") if f">{name}</a>" in page}


VERA, OLGA = {"Vera Lind"}, {"Olga Berg"}
BOTH = VERA | OLGA


@pytest.mark.parametrize(("query", "found"), [
    ("f_yes_no=yes", VERA), ("f_yes_no=no", OLGA), ("f_choice=aetna", VERA),
    ("f_number_from=12.5", VERA), ("f_number_from=13", set()), ("f_number_to=12.5", VERA), ("f_number_to=12", set()),
    ("f_date_from=2026-06-30&f_date_to=2026-06-30", VERA), ("f_date_to=2026-06-29", set()),
    ("f_yes_no=yes&f_number_from=1", VERA), ("f_yes_no=no&f_number_from=1", set()),
    ("f_yes_no=maybe", BOTH), ("f_number_from=x", BOTH), ("f_choice=Nobody", BOTH), ("f_text=secret", BOTH), ("f_=1&f_x=1&tag=9", BOTH),
    ("f_number_from=%00", BOTH), ("f_choice=" + "9" * 40, BOTH),
])  # fmt: skip
def test_the_inbox_is_narrowed(as_bob: Client, vera: Lead, other: Lead, query: str, found: set[str]) -> None:
    assert shown(as_bob, query) == found


def test_a_choice_is_asked_for_by_its_number(as_bob: Client, vera: Lead, other: Lead) -> None:
    choice = FieldChoice.objects.get(label="Aetna")
    assert shown(as_bob, f"f_choice={choice.pk}") == VERA
    assert f'<option value="{choice.pk}" selected>Aetna</option>' in inbox(as_bob, f"f_choice={choice.pk}")


def test_the_inbox_is_narrowed_by_a_tag_and_says_so(as_bob: Client, vera: Lead, other: Lead) -> None:
    tag = Tag.objects.create(name="VIP")
    LeadTag.objects.create(lead=vera, tag=tag)
    assert shown(as_bob, f"tag={tag.pk}") == VERA
    page = inbox(as_bob, f"tag={tag.pk}")
    assert f'<option value="{tag.pk}" selected>VIP</option>' in page
    assert "Show all" in page


def test_what_was_asked_for_stays_in_the_form(as_bob: Client, vera: Lead) -> None:
    assert 'name="f_number_from" value="12"' in inbox(as_bob, "f_number_from=12")


def test_sealed_text_offers_no_filter(as_bob: Client, vera: Lead) -> None:
    page = inbox(as_bob)
    assert "Our text" not in page
    assert "secret" not in page


def test_rows_and_cards_show_the_first_few_tags(as_bob: Client, vera: Lead) -> None:
    for name in ("Alpha", "Beta", "Gamma", "Delta", "<b>"):
        LeadTag.objects.create(lead=vera, tag=Tag.objects.create(name=name, tone="info"))
    for page in (inbox(as_bob), " ".join(as_bob.get(reverse("board")).content.decode().split())):
        assert '<span class="chip info">Alpha</span>' in page
        assert '<span class="chip info">&lt;b&gt;</span>' in page
        assert '<span class="chip info">Gamma</span>' not in page
        assert "2 more tags" in page


def test_tags_cost_one_query_a_page(as_bob: Client, bob: User) -> None:
    tag = Tag.objects.create(name="VIP")
    LeadTag.objects.create(lead=make_lead(owner=bob), tag=tag)
    few = queries(as_bob, "/desk/")
    for number in range(20):
        LeadTag.objects.create(lead=make_lead(email=f"{number}@example.com", owner=bob), tag=tag)
    assert queries(as_bob, "/desk/") == few <= 6
    assert queries(as_bob, "/desk/board/") <= 10


def test_fields_and_tags_cost_the_lead_page_one_query(as_bob: Client, vera: Lead) -> None:
    LeadTag.objects.create(lead=vera, tag=Tag.objects.create(name="VIP"))
    address = reverse("lead", args=[vera.reference])
    assert queries(as_bob, address) <= 15
