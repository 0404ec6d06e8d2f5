"""What is held over every page finds a mistake where there is one: in either theme, at either width."""

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.looks import assert_looks_right

pytestmark = pytest.mark.django_db(transaction=True)

MISTAKES = {
    "pale in the dark alone": ("document.querySelector('h1').style.color = 'light-dark(#000, #182026)'", "color-contrast"),
    "pale in the light alone": ("document.querySelector('h1').style.color = 'light-dark(#ddd, #fff)'", "color-contrast"),
    "a field without a name": ("document.querySelector('label[for=id_name]').remove()", "label"),
    "too wide for a phone": ("document.querySelector('h1').style.width = '400px'", "px wide on a screen of 320"),
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
