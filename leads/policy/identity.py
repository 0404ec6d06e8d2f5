"""The same person: equal address (email, else phone) and equal first word of the name, accents and case aside."""

import unicodedata

import phonenumbers
from email_validator import EmailNotValidError, validate_email

LONGEST_PHONE = 40
LONGEST_WORD = 120
# Two doctors behind one address are two people: a title is nobody's first name.
TITLES = frozenset(
    [
        "dr",
        "dra",
        "doctor",
        "doctora",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "madam",
        "sr",
        "sra",
        "srta",
        "don",
        "dona",
    ]
)


def identity_key(name: str, email: str, phone: str) -> str:
    """`email` and `phone` normalised. "" without either: nothing tells such a person from a namesake, so they join nobody."""
    address = email or phone
    return f"{address}|{first_word(name)}" if address else ""


def first_word(name: str) -> str:
    """Of the name, titles skipped, as plain letters and digits: "Dr. Véra Lindgren" and "vera" are both "vera"."""
    words = [word for word in map(_plain, name.split()) if word]
    given = [word for word in words if word not in TITLES]
    return (given or words or [""])[0][:LONGEST_WORD]


def _plain(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def normal_email(text: str) -> str:
    """Lower case, full-width letters as plain ones, an international domain in its ASCII form. Dots and +tags stay: they can be people."""
    email = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower()).strip()
    if email.isascii():
        return email
    try:
        parts = validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return email
    return f"{parts.local_part}@{parts.ascii_domain}".lower()


def normal_phone(text: str, country: str) -> str:
    """E.164 (with `;ext=` where one was typed, as in a tel: link); the trimmed text where it can't be read as a number."""
    trimmed = " ".join(text.split())[:LONGEST_PHONE].strip()
    try:
        number = phonenumbers.parse(trimmed, country)
    except phonenumbers.NumberParseException:
        return trimmed
    if not phonenumbers.is_possible_number(number):
        return trimmed
    extension = f";ext={number.extension}" if number.extension else ""
    return (phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension)[:LONGEST_PHONE]
