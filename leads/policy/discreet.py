"""Words that would tell a stranger what somebody is treated for. None of them may stand where others can read over the shoulder."""

import re
import unicodedata

# Beginnings of words, without accents, in English and Spanish (guarantees M4).
DISCLOSING = (
    "ketamin", "esketamin", "spravato", "infusi", "depress", "depres", "anxi", "ansied", "ptsd", "tept", "ocd", "bipolar", "suicid",
    "psychiatr", "psiquiatr", "psychedel", "psicodel", "psycholog", "psicolog", "psychother", "psicoter", "trauma", "mental", "therap",
    "terap", "chronic pain", "dolor cronico", "addict", "adicci",
)  # fmt: skip
_WORD = re.compile(r"\b(?:" + "|".join(map(re.escape, DISCLOSING)) + r")\w*")


PREHEADER = 100  # characters of a mail that a list of mails shows


def said_outside(subject: str, text: str) -> list[str]:
    """Words that would tell a stranger, where a locked phone shows them: in the subject, and where the text begins."""
    return disclosing_words(f"{subject} {text[:PREHEADER]}")


def disclosing_words(text: str) -> list[str]:
    """Those in `text`, in lower case, each once."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))
    return list(dict.fromkeys(_WORD.findall(plain)))
