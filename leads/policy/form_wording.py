"""What a clinic may word its own way on the contact form. Where it says nothing, our own words stand, translated.

What people agree to is not among it: each wording of a consent is kept as a version (policy/consent.py).
"""

from collections.abc import Mapping

PLACES = {"heading": 60, "intro": 300, "message_hint": 200, "button": 40, "thanks": 300}  # and the most characters of each

Wording = Mapping[str, str]
NOTHING: Wording = {}


def wording_in(language: str, wording: Mapping[str, Wording]) -> Wording:
    """Those of the places that are worded in this language."""
    return wording.get(language.partition("-")[0], NOTHING)
