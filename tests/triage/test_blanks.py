"""Templates that are rendered once and filled in: the same page as Django would render, and nothing that a person typed gets through."""

from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from leads.models import Lead, User
from leads.triage.words.blanks import _with_blanks, filled
from tests.cast import make_lead

BOLD = "<b onclick=\"x()\">%s {name} & 'Vera'</b>"
TEXTS = st.text(max_size=20) | st.sampled_from(["", BOLD, "%", "%s", "{url}", "&amp;"])
ROW = (
    "reference url name topic reach state state_tone stage stage_tone owner owner_name received received_iso received_full csrf_token next"
).split()
FLAGS = ("read_first", "works")


@pytest.mark.parametrize("template", ["leads/triage/row.html", "leads/triage/card.html"])
@given(data=st.data())
def test_it_is_what_the_template_would_have_said(template: str, data: st.DataObject) -> None:
    values = {name: data.draw(TEXTS) for name in ROW} | {name: data.draw(st.booleans()) for name in FLAGS}
    values["moves"] = SafeString("<button>Booked</button>")
    assert filled(template, values) == render_to_string(template, values)


@pytest.mark.parametrize(("template", "values"), [
    ("leads/triage/keys.html", {"csrf_token": "t", "next": "/desk/?q=<b>", "single_keys": True}),
    ("leads/triage/keys.html", {"csrf_token": "t", "next": "/desk/", "single_keys": False}),
    ("leads/triage/search.html", {"q": BOLD}),
    ("leads/triage/search.html", {"q": BOLD, "in_check": True}),
    ("leads/triage/filters.html", {"view": "mine", "q": BOLD, "narrowed": True}),
    ("leads/clinic/idle.html", {"csrf_token": "t", "seconds": "900"}),
    ("leads/triage/sidebar.html", {"clinic": BOLD, "name": BOLD, "waiting": "999+"}),
])  # fmt: skip
def test_so_is_the_frame(template: str, values: dict[str, Any]) -> None:
    assert filled(template, values) == render_to_string(template, values)


def test_markup_that_is_safe_stays_markup() -> None:
    button = SafeString("<button>Booked</button>")
    assert button in filled("leads/triage/card.html", {"moves": button})


def test_each_language_has_its_own() -> None:
    template = "leads/parts/crisis_line.html"
    for language, said in (("en", "In crisis"), ("es", "En una crisis"), ("en", "In crisis")):
        with translation.override(language):
            assert said in filled(template, {})


def test_one_value_never_stays_for_the_next() -> None:
    first = filled("leads/triage/row.html", {"name": "Vera"})
    assert "Vera" not in filled("leads/triage/row.html", {"name": "Dana"})
    assert filled("leads/triage/row.html", {"name": "Vera"}) == first


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/desk/", "/desk/board/", "/desk/settings/"])
def test_what_one_request_filled_in_is_not_kept_for_the_next(as_bob: Client, lead: Lead, page: str) -> None:
    """A token that were given, not filled in, would stay in the process and cost each request a rendering."""
    with time_machine.travel("2026-06-01 14:00Z", tick=False):
        as_bob.get(page, follow=True)
        kept = _with_blanks.cache_info().currsize
        as_bob.get(page, follow=True)
    assert _with_blanks.cache_info().currsize == kept > 0


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/desk/", "/desk/?view=everyone", "/desk/?q=%3Cb%3E", "/desk/board/"])
def test_what_people_typed_is_never_markup(as_bob: Client, bob: User, page: str) -> None:
    User.objects.filter(pk=bob.pk).update(name="<i>Bob</i>")
    make_lead(name="<b>Vera</b>", owner=bob)
    shown = as_bob.get(page).content.decode()
    assert "&lt;b&gt;Vera&lt;/b&gt;" in shown
    assert "&lt;i&gt;Bob&lt;/i&gt;" in shown
    assert "<b>" not in shown
    assert "<i>" not in shown
