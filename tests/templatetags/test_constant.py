"""Constant texts and addresses are worked out once, and say what Django would say."""

from collections.abc import Callable

import pytest
from django.template import Context, Engine, Template, engines
from django.utils import translation

SAYS = """{% load i18n static %}{% translate "Privacy" %} {% translate "100% sure & <b>" %} {% translate name %}
{% translate "Name" as kept %}{{ kept }} {% translate "Name" noop %} {% translate "Name"|upper %}
{% static "leads/icon.svg" %} {% static path %}"""
VALUES = {"name": "Name", "path": "leads/tokens.css"}


@pytest.fixture
def ours() -> Callable[[], str]:
    template = engines["django"].from_string(SAYS)
    return lambda: template.render(VALUES)


@pytest.mark.parametrize("language", ["en", "es"])
def test_they_say_what_django_says(ours: Callable[[], str], language: str) -> None:
    djangos = Template(SAYS, engine=Engine(libraries={"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}))
    with translation.override(language):
        assert ours() == ours() == djangos.render(Context(VALUES))


def test_each_language_has_its_own(ours: Callable[[], str]) -> None:
    for language, word in [("en", "Privacy"), ("es", "Privacidad"), ("en", "Privacy")]:
        with translation.override(language):
            assert ours().startswith(word)
