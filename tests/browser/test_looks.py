"""What is held over every page finds a mistake where there is one: in either theme, at either width."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_every_stop_is_seen, assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)

MISTAKES = {
    "pale in the dark alone": ("document.querySelector('h1').style.color = 'light-dark(#000, #182026)'", "color-contrast"),
    "pale in the light alone": ("document.querySelector('h1').style.color = 'light-dark(#ddd, #fff)'", "color-contrast"),
    "a field without a name": ("document.querySelector('label[for=id_name]').remove()", "label"),
    "too wide for a phone": ("document.querySelector('h1').style.width = '400px'", "px wide on a screen of 320"),
}
STOPS = {
    "without a ring": ("document.querySelector('#id_name').style.outline = 'none'", "has no ring"),
    "out of turn": ("document.querySelector('#id_name').tabIndex = 3", "has a turn of its own"),
    "below something": ("Object.assign(document.querySelector('h1').style, { position: 'fixed', inset: 0, zIndex: 99 })", "is covered"),
    "not to be reached": ("document.querySelector('#main').inert = true", "does not take the focus"),
}


@pytest.mark.parametrize(("script", "complaint"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_found(open_page: OpenPage, script: str, complaint: str) -> None:
    page = open_page("/contact/")
    page.evaluate(script)
    with pytest.raises(AssertionError, match=complaint):
        assert_looks_right(page)


def test_without_one_nothing_is_found(open_page: OpenPage) -> None:
    page = open_page("/contact/")
    assert_looks_right(page)
    page.reload()
    assert_looks_right(page)


@pytest.mark.parametrize(("script", "complaint"), STOPS.values(), ids=STOPS.keys())
def test_a_stop_that_is_not_seen_is_found(open_page: OpenPage, script: str, complaint: str) -> None:
    page = open_page("/contact/")
    assert_every_stop_is_seen(page)
    page.evaluate(script)
    with pytest.raises(AssertionError, match=complaint):
        assert_every_stop_is_seen(page)
