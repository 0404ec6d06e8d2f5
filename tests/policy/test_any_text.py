"""Whatever somebody types, the rules answer, keep to their lengths, and answer the same when given their own answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from leads.policy.crisis import mentions_crisis
from leads.policy.identity import first_word, identity_key, normal_email, normal_phone
from leads.policy.names import greeting_name
from leads.policy.spam import content_suspicions
from leads.policy.typo import likely_domain

anything = st.text(max_size=300)
nearly_emails = st.emails() | st.builds("{}@{}".format, st.text(max_size=64), st.text(max_size=100)) | anything
nearly_phones = (
    st.from_regex(r"[+0-9()./ x#;extp,-]{0,40}", fullmatch=True) | st.text("+0123456789 ()-.xext;=٣٤５６", max_size=40) | anything
)
letters = settings(deadline=None, max_examples=300)


@letters
@given(nearly_emails)
def test_an_email_is_normalised_once(text: str) -> None:
    assert normal_email(normal_email(text)) == normal_email(text)


@letters
@given(nearly_phones, st.sampled_from(["US", "DE", "GB", "MX", "", "ZZ"]))
def test_a_phone_is_normalised_once_and_fits(text: str, country: str) -> None:
    phone = normal_phone(text, country)
    assert normal_phone(phone, country) == phone
    assert len(phone) <= 40


@letters
@given(anything, nearly_emails, nearly_phones)
def test_an_identity_key_fits_its_column(name: str, email: str, phone: str) -> None:
    key = identity_key(name[:120], normal_email(email)[:254], normal_phone(phone, "US"))
    assert len(key) <= 400


@letters
@given(anything)
def test_a_first_word_is_letters_and_its_own_first_word(name: str) -> None:
    word = first_word(name)
    assert first_word(word) == word
    assert not word or word.isalnum()


@letters
@given(st.sampled_from("aeiounéüñ").flatmap(lambda letter: st.sampled_from([letter, letter.upper()])), anything)
def test_a_greeting_is_a_name_or_nothing(letter: str, text: str) -> None:
    for name in (text, letter + text):
        greeting = greeting_name(name)
        assert len(greeting) <= 40
        assert not set(greeting) & set('\r\n\t<>@:/%{}[]()"=0123456789')
        assert greeting_name(greeting) == greeting


@letters
@given(anything, anything)
def test_a_cry_is_heard_in_any_company(before: str, after: str) -> None:
    assert mentions_crisis(f"{before} \n I want to die. \n {after}")
    mentions_crisis(before + after)


@letters
@given(anything, anything)
def test_suspicions_and_slips_never_raise(text: str, name: str) -> None:
    assert isinstance(content_suspicions(text, name), list)
    assert likely_domain(text) != ""
