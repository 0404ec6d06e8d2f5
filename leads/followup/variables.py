"""The variables of a text that staff write: {{ name|fallback }}. A list and a regular expression: stored text is never a template."""

import re
from collections.abc import Mapping

VARIABLE = re.compile(r"\{\{ *(\w*) *(?:\|([^{}\n]*))?\}\}")
KNOWN = ("greeting", "name", "reference", "phone", "sender")
CAN_BE_EMPTY = ("name",)  # not everybody types something that looks like one
FALLBACKS = {"name": {"en": "you", "es": "usted"}}  # as we offer them
# With a name and without, as a first line. A language without a line of its own greets in English.
GREETINGS = {"en": ("Hello {},", "Hello,"), "es": ("Hola, {}:", "Hola:")}


def rendered(text: str, words: Mapping[str, str]) -> str:
    """A variable that has no word says its fallback. One that is not known says nothing: publishing refused it."""
    return VARIABLE.sub(lambda found: words.get(found[1], "") or (found[2] or "").strip(), text)


def words(*, name: str, reference: str, phone: str, sender: str, language: str) -> dict[str, str]:
    """What KNOWN stands for."""
    return {"greeting": greeting(name, language), "name": name, "reference": reference, "phone": phone, "sender": sender}


def as_typed(name: str, language: str) -> str:
    """As it stands in a text."""
    fallback = FALLBACKS.get(name, {}).get(language, "")
    return f"{{{{ {name}|{fallback} }}}}" if fallback else f"{{{{ {name} }}}}"


def greeting(name: str, language: str) -> str:
    named, nameless = GREETINGS.get(language, GREETINGS["en"])
    return named.format(name) if name else nameless


def unknown(text: str) -> list[str]:
    """What stands in braces and is no variable, each once."""
    names = [found[1] for found in VARIABLE.finditer(text) if found[1] not in KNOWN]
    return list(dict.fromkeys(names + re.findall(r"\{\{|\}\}", VARIABLE.sub("", text))))


def without_fallback(text: str) -> list[str]:
    found = VARIABLE.finditer(text)
    return list(dict.fromkeys(one[1] for one in found if one[1] in CAN_BE_EMPTY and not (one[2] or "").strip()))
