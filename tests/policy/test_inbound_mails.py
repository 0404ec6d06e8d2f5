"""Mails as people's programs write them, each sorted right: what it is, what they wrote, and what is only quoted."""

from pathlib import Path

import pytest

from leads.policy.inbound import Failure, InboundMail, Kind, read_mail

MAILS = Path(__file__).with_name("mails")
OURS = "<01936c5a7b1e7c3f8a4d2e6f90b1c2d3@clinic.example.com>"
TOKEN = "7k3m92qxabcdefghijklmnopqrstuvwxyz"

REPLIES = {
    "gmail_top_posting": "Tuesday suits me.\nThank you!",
    "gmail_html_only": "Tuesday suits me.\nThank you!",
    "gmail_inline": "Hi,\n\nTuesday.\n\nYes, after 5.",
    "gmail_spanish": "Muchas gracias, el martes me va bien.",
    "gmail_german": "Dienstag passt mir gut.",
    "gmail_french": "Mardi me convient.",
    "gmail_forwarded": "My husband got this from you, can you call him?",
    "google_group": "Tuesday suits me.",
    "gmail_attachments": "Here are the papers.",
    "gmail_emoji_base64": "Great 😊 see you Tuesday.",
    "outlook_classic": "Tuesday is fine.\n\nVera",
    "outlook_classic_original": "Tuesday is fine.",
    "outlook_german": "Dienstag passt.",
    "outlook_spanish": "El martes está bien.",
    "outlook_french": "Mardi, c'est bien.",
    "outlook_new_html_only": "Tuesday is fine.\nBest, Vera",
    "outlook_new_plain": "Tuesday is fine.\n\nGet Outlook for iOS<https://aka.example.com/o0ukef>",
    "outlook_windows_1252": "It’s fine — “Tuesday”.",
    "outlook_suppresses_answers": "We at the practice would like to refer somebody.",
    "exchange_changed_id": "Tuesday is fine.",
    "apple_mail": "Tuesday is perfect.",
    "apple_mail_html_only": "Tuesday is perfect.",
    "apple_mail_forwarded": "This came for me.",
    "iphone": "Yes please\nSent from my iPhone",
    "iphone_spanish": "Sí, por favor\nEnviado desde mi iPhone",
    "iphone_german": "Ja bitte\nVon meinem iPhone gesendet",
    "android_samsung": "Yes, call me tomorrow.\n\nSent from my Galaxy",
    "android_gmail": "Ok",
    "yahoo": "Hello,\nTuesday works for me.",
    "yahoo_html_only": "Tuesday works for me.",
    "yahoo_phone": "Works for me.\n\nSent from Yahoo Mail on Android",
    "thunderbird": "Tuesday.\nAnd please call my mobile.",
    "new_mail_without_thread": "Do you take new patients?",
    "encoded_subject_and_name": "Hello",
    "answers_an_out_of_office": "I am back now. Please call me.",
    "not_automatic_says_the_sender": "I wrote this myself.",
    "no_header_at_all": "Just some words.",
    "boundary_that_never_comes": "Still here.",
    "unknown_charset": "Grüße",
}
AUTOMATIC = [
    *("ooo_exchange_english", "ooo_exchange_german", "ooo_gmail_spanish", "ooo_gmail_english", "ooo_french"),
    *("ooo_by_subject_english", "ooo_by_subject_spanish", "ooo_by_subject_german", "ooo_by_subject_french"),
    *("vacation_sieve", "ticket_system", "mailing_list", "loop", "read_receipt", "dsn_delivered"),
]
BOUNCES = {
    "dsn_postfix_hard": Failure("vera@example.com", "5.1.1", hard=True),
    "dsn_exchange_hard": Failure("vera@example.com", "5.1.10", hard=True),
    "dsn_gmail_hard": Failure("vera@example.com", "5.1.1", hard=True),
    "dsn_postfix_delayed": Failure("vera@example.com", "4.4.1"),
    "dsn_postfix_expired": Failure("vera@example.com", "4.4.1"),
    "dsn_exchange_full": Failure("vera@example.com", "4.2.2"),
    "dsn_gmail_delayed": Failure("vera@example.com", "4.4.1"),
    "dsn_in_plain_words": Failure(),
}
QUOTES_NOTHING = {
    "google_group",
    *("gmail_attachments", "gmail_emoji_base64", "outlook_windows_1252", "outlook_suppresses_answers", "exchange_changed_id"),
    *("new_mail_without_thread", "encoded_subject_and_name", "answers_an_out_of_office", "not_automatic_says_the_sender"),
    *("no_header_at_all", "boundary_that_never_comes", "unknown_charset"),
}


def read(name: str) -> InboundMail:
    return read_mail((MAILS / f"{name}.eml").read_bytes())


def test_every_mail_here_is_looked_at() -> None:
    assert {path.stem for path in MAILS.glob("*.eml")} == {*REPLIES, *AUTOMATIC, *BOUNCES, "complaint"}


@pytest.mark.parametrize("name", REPLIES)
def test_a_persons_words_stand_alone(name: str) -> None:
    mail = read(name)
    assert (mail.kind, mail.text) == (Kind.REPLY, REPLIES[name])
    assert mail.failure is None


@pytest.mark.parametrize("name", sorted(REPLIES.keys() - QUOTES_NOTHING))
def test_what_they_quote_is_kept_apart(name: str) -> None:
    assert "The clinic" in read(name).quoted


@pytest.mark.parametrize("name", sorted(QUOTES_NOTHING))
def test_where_nothing_is_quoted_nothing_is_hidden(name: str) -> None:
    assert read(name).quoted == ""


@pytest.mark.parametrize("name", AUTOMATIC)
def test_a_machine_is_known_as_one(name: str) -> None:
    assert read(name).kind == Kind.AUTO_REPLY


@pytest.mark.parametrize("name", BOUNCES)
def test_a_report_says_whom_it_is_about_and_whether_for_good(name: str) -> None:
    mail = read(name)
    assert (mail.kind, mail.failure) == (Kind.BOUNCE, BOUNCES[name])
    assert OURS in mail.answers or name == "dsn_in_plain_words"


def test_a_complaint_names_our_mail() -> None:
    mail = read("complaint")
    assert (mail.kind, mail.failure, mail.answers) == (Kind.COMPLAINT, Failure("vera@example.com"), (OURS,))


@pytest.mark.parametrize("name", [*REPLIES, *AUTOMATIC, *BOUNCES])
def test_line_ends_make_no_difference(name: str) -> None:
    as_it_travels = (MAILS / f"{name}.eml").read_bytes().replace(b"\n", b"\r\n")
    assert read_mail(as_it_travels) == read(name)


def test_the_header_is_read() -> None:
    mail = read("encoded_subject_and_name")
    assert (mail.from_name, mail.from_address, mail.subject) == ("Véra Lind", "vera@example.com", "Re: Grüße")
    assert (mail.message_id, mail.answers, mail.tokens) == ("<CAF7x=abc123@mail.example.com>", (OURS,), (TOKEN,))


def test_a_relay_may_change_the_id_and_the_token_is_still_there() -> None:
    mail = read("exchange_changed_id")
    assert OURS not in mail.answers
    assert mail.tokens == (TOKEN,)


def test_attachments_are_counted() -> None:
    assert read("gmail_attachments").attachments == 2
    assert read("gmail_top_posting").attachments == 0
