"""What our mails say, in every language: warm, true, and nothing about anybody's health."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from leads.followup import own_link
from leads.followup.compose import compose
from leads.followup.letterhead import Letterhead
from leads.followup.mails import CATALOGUE
from leads.followup.referral_out import LETTER
from leads.models import Clinic, Enquiry, Message, User
from leads.policy.crisis import mentions_crisis
from tests.followup.made import make_enquiry, make_enrolment, make_followup, make_message, make_staff_mail

FOR_STAFF = {"staff-alert", "crisis-alert", "sign-in-link", "settings-test", "notice"}
pytestmark = pytest.mark.django_db

BANNED = re.compile(
    r"ketamin|infusi|depress|depresi|anxiety|ansiedad|ptsd|tept|\bocd\b|\btoc\b|bipolar|suicid|psychiatr|psiquiatr|therap|terapi"
    r"|treatment|tratamiento|clinic|clínica|patient|paciente|diagnos|mental",
    re.IGNORECASE,
)
LANGUAGES = ["en", "es"]


def parsed(message: Message) -> EmailMessage:
    return message_from_bytes(compose(message, Letterhead.current()).as_bytes(), policy=policy.default)


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def every_mail(language: str, bob: User) -> list[Message]:
    enquiry = make_enquiry(message="I have depression", language=language)
    enrolment = make_enrolment(enquiry.lead)
    return [
        make_message(enquiry, language=language),
        make_message(make_enquiry(crisis=True), language=language),
        *(make_followup(enrolment, step, mail=f"followup-{step}", language=language) for step in (1, 2, 3)),
        *(
            make_message(enquiry, kind="own_page", mail=name, language=language)
            for name in ("own-page-link", "new-address", "address-changed")
        ),
        make_staff_mail(bob, enquiry=enquiry, language=language),
        make_staff_mail(bob, language=language),
        make_staff_mail(bob, "sign_in_link", language=language),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_gives_anything_away(language: str, bob: User) -> None:
    for message in every_mail(language, bob):
        whole = compose(message, Letterhead.current()).as_bytes().decode()
        mail = parsed(message)
        said = "\n".join([whole, str(mail["Subject"]), str(mail["From"]), part(mail, "plain"), part(mail, "html")])
        assert not BANNED.search(said), BANNED.search(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_has_text_first_html_beside_it_and_its_headers(language: str, bob: User) -> None:
    for message in every_mail(language, bob):
        mail = parsed(message)
        assert [item.get_content_type() for item in mail.iter_parts()] == ["text/plain", "text/html"]
        assert mail["Message-ID"] == message.message_id
        assert mail["Auto-Submitted"] == ("auto-replied" if message.kind == "acknowledgement" else "auto-generated")
        assert mail["To"] == message.to_address
        assert all(mail[name] for name in ("Date", "From", "Reply-To", "Subject"))
        html = part(mail, "html")
        assert not re.search(r"<img|src=|<link|<script|@import|url\(", html)


def test_the_catalogue_and_the_templates_are_the_same_list() -> None:
    folders = {folder.name for folder in (Path(settings.BASE_DIR) / "templates" / "mail").iterdir() if folder.is_dir()}
    assert folders - {LETTER} == set(CATALOGUE), "the letter is one that staff send"


@pytest.mark.parametrize("name", sorted({*CATALOGUE, LETTER} - FOR_STAFF))
def test_what_visitors_get_is_there_in_every_language(name: str) -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "mail" / name
    for language, _ in settings.LANGUAGES:
        ending = "" if language == "en" else f".{language}"
        assert (folder / f"subject{ending}.txt").exists()
        assert (folder / f"body{ending}.txt").exists()


class TestAcknowledgement:
    @time_machine.travel(datetime(2026, 11, 23, 15, tzinfo=UTC), tick=False)
    def test_it_names_the_promise_on_the_clinics_clock_and_the_reference(self) -> None:
        enquiry = make_enquiry(promise_at=datetime(2026, 11, 23, 19, 15, tzinfo=UTC))
        text = part(parsed(make_message(enquiry)), "plain")
        assert "by Monday, November 23, 2:15 p.m." in text
        assert enquiry.reference in text
        assert text.startswith("Hello Vera Lind,")

    def test_it_makes_no_promise_that_is_already_broken(self) -> None:
        enquiry = make_enquiry(promise_at=timezone.now() - timedelta(hours=1))
        assert "as soon as we can" in part(parsed(make_message(enquiry)), "plain")

    def test_it_echoes_nothing_but_a_name_that_looks_like_one(self) -> None:
        enquiry = make_enquiry(name="Buy now https://example.net", message="Buy pills", phone="+15550100111")
        whole = compose(make_message(enquiry), Letterhead.current()).as_bytes().decode()
        assert "Hello,\r\n" in whole
        assert not re.search("Buy|example.net|pills|0111", whole)

    @pytest.mark.parametrize(("crisis", "first"), [(True, True), (False, False)])
    def test_numbers_to_call_come_last_and_in_a_crisis_first(self, crisis: bool, first: bool) -> None:
        text = part(parsed(make_message(make_enquiry(crisis=crisis))), "plain")
        assert "911" in text
        assert (text.index("988") < text.index("Thank you")) is first

    @pytest.mark.parametrize(("language", "ending"), [("en", ""), ("es", "?lang=es")])
    def test_its_only_link_is_that_to_their_own_page(self, language: str, ending: str) -> None:
        enquiry = make_enquiry()
        text = part(parsed(make_message(enquiry, language=language)), "plain")
        link = re.findall(r"https?://\S+", text)
        assert len(link) == 1
        found = re.fullmatch(rf"{re.escape(settings.PUBLIC_URL)}/my/([\w:-]+)/{re.escape(ending)}", link[0])
        assert found
        token = own_link.read(found[1])
        assert token
        assert token.reference == enquiry.reference
        assert token.went_to("vera@example.com")


class TestFollowUps:
    def test_they_can_be_stopped_with_one_click(self) -> None:
        mail = parsed(make_followup(make_enrolment(make_enquiry().lead), mail="followup-1"))
        url = re.fullmatch(rf"<({re.escape(settings.PUBLIC_URL)}/stop/[\w.=-]+/)>", mail["List-Unsubscribe"])
        assert url is not None
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert url[1] in part(mail, "plain")

    @pytest.mark.parametrize("step", [1, 2, 3])
    def test_they_carry_the_postal_address(self, step: int) -> None:
        mail = parsed(make_followup(make_enrolment(make_enquiry().lead), mail=f"followup-{step}"))
        assert Clinic.current().address in part(mail, "plain")


def test_staff_alerts_hold_a_link_and_nothing_about_anybody(bob: User) -> None:
    enquiry = make_enquiry()
    for message in (make_staff_mail(bob, enquiry=enquiry, lead=enquiry.lead), make_staff_mail(bob)):
        whole = compose(message, Letterhead.current()).as_bytes().decode()
        assert f"{settings.PUBLIC_URL}/desk/" in whole
        assert not re.search(f"Lind|{enquiry.reference}|first visit", whole)


hostile = st.text(max_size=60) | st.builds("{}\r\nBcc: all@example.com{}".format, st.text(max_size=5), st.text(max_size=5))


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=hostile, sender=hostile, address=hostile, to=hostile)
def test_no_line_break_ever_reaches_a_header(db: None, name: str, sender: str, address: str, to: str) -> None:
    enquiry = Enquiry(name=name, promise_at=timezone.now())
    clinic = Clinic.current()
    clinic.sender_name, clinic.address = sender, address
    head = Letterhead.of(clinic)
    mail = message_from_bytes(
        compose(Message(kind="acknowledgement", enquiry=enquiry, to_address=to, message_id="<a@b.example>"), head).as_bytes(),
        policy=policy.default,
    )
    assert mail.keys() == [
        "To", "Date", "Message-ID", "From", "Reply-To", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert [item.get_content_type() for item in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_of_our_words_alarms_us_when_they_quote_it(language: str, bob: User) -> None:
    for message in every_mail(language, bob):
        mail = parsed(message)
        assert not mentions_crisis(part(mail, "plain")), mail["Subject"]
