"""Whatever arrives, cleaning ends in text that a database and a mail header can take, or in a sentence."""

import unicodedata

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leads.capture.contact_form import ContactForm
from leads.capture.forms import EnquiryForm
from leads.policy.typed_text import clean_line, clean_text

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
slow_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
wild = st.text(alphabet=st.characters())  # surrogates and control characters included


@slow_machine
@given(wild)
def test_a_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert clean_line(line) == line
    line.encode()


@slow_machine
@given(wild)
def test_a_text_keeps_its_lines_and_nothing_worse(text: str) -> None:
    cleaned = clean_text(text)
    assert "\x00" not in cleaned
    assert "\r" not in cleaned
    assert clean_text(cleaned) == cleaned
    cleaned.encode()


@slow_machine
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert clean_text(text) == clean_line(text) == text


@slow_machine
@given(st.dictionaries(st.sampled_from(list(EnquiryForm.base_fields)), anything | wild))
def test_any_json_ends_in_clean_data_or_in_sentences(data: dict[str, object]) -> None:
    form = EnquiryForm(data)
    if form.is_valid():
        assert set(form.cleaned_data) == set(EnquiryForm.base_fields)
    assert all(len(sentences) == 1 for sentences in form.errors.values())


@slow_machine
@given(st.dictionaries(st.sampled_from([*EnquiryForm.base_fields, "token", "website", "email_choice", "email_offered"]), wild))
def test_the_page_reads_any_form(data: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(data)
    form = ContactForm(query, channels=["email"])
    assert form.is_ready in (True, False)
    assert form.token_for_page()
    assert isinstance(form.suspicions, list)
