"""How and when to be reached, said on their own page: at once where the link proves who it is, else once a colleague has looked."""

import re
from typing import Any

import pytest
from django.test import Client

from leads.capture.limits import CHANGES
from leads.followup.actions import opt_out
from leads.followup.compose import compose
from leads.followup.letterhead import Letterhead
from leads.models import Clinic, ContactRule, Enquiry, Lead, Message, Suppression
from tests.capture.visiting import from_mail, from_thanks, look, press, text_of, visitor, without_tokens
from tests.cast import make_lead, vera_writes

pytestmark = pytest.mark.django_db

CALL = {"channels": ["call"], "times": ["morning", "evening"], "days": "weekdays", "may_leave_voicemail": "on"}
EMAIL = {"channels": ["email"], "days": "any"}


def vera_wrote(**typed: Any) -> Lead:
    return Lead.objects.get(reference=vera_writes(**{"phone": "(212) 555-0123"} | typed).reference)


def say(address: str, **wishes: Any) -> str:
    return press(f"{address}contact/", **EMAIL | wishes)


def mails(lead: Lead) -> list[tuple[str, str]]:
    return list(lead.messages.filter(kind="own_page").order_by("created_at").values_list("mail", "to_address"))


def link_to_new_address() -> str:
    message = Message.objects.filter(mail="new-address").latest("created_at")
    found = re.search(r"(/my/[\w:-]+/)\s", compose(message, Letterhead.current()).text)
    assert found
    return found[1]


class TestByTheLinkInOurMail:
    def test_what_they_say_holds_at_once(self) -> None:
        lead = vera_wrote()
        assert "Saved. It holds from now on." in say(from_mail(lead), **CALL)
        lead.refresh_from_db()
        rule = lead.contact_rules.in_use().get()
        assert (rule.channels, rule.times, rule.days) == (["call"], ["morning", "evening"], "weekdays")
        assert (rule.may_leave_voicemail, rule.may_say_name) == (True, False)
        assert (lead.reply_by, lead.may_leave_voicemail, lead.no_email) == ("call", True, True)
        assert lead.events.filter(kind="contact_rule", by=None).count() == 1

    def test_no_email_means_no_automatic_mail(self) -> None:
        lead = vera_wrote()
        say(from_mail(lead), **CALL)
        assert lead.enrolments.get().stop_reason == "no_email"
        vera_writes(message="Me again.", address="198.51.100.9")
        lead.refresh_from_db()
        assert lead.messages.filter(kind="acknowledgement").count() == 1  # of the first
        assert lead.enrolments.filter(state="running").count() == 0

    def test_twice_is_as_good_as_once(self) -> None:
        lead = vera_wrote()
        for _ in range(2):
            say(from_mail(lead), **CALL)
        assert ContactRule.objects.count() == 1
        assert lead.events.filter(kind="contact_rule").count() == 1

    def test_a_new_phone_number_is_used_and_the_enquiry_stays_as_it_was(self) -> None:
        lead = vera_wrote()
        say(from_mail(lead), phone="(212) 555-0177")
        lead.refresh_from_db()
        assert lead.phone == "+12125550177"
        assert Enquiry.objects.get().phone == "(212) 555-0123"

    def test_the_form_shows_what_holds_and_no_address_in_full(self) -> None:
        lead = vera_wrote()
        say(from_mail(lead), **CALL)
        page = look(f"{from_mail(lead)}contact/")
        assert re.search(r'value="evening"[^>]*checked', page)
        assert "We have v•••@example.com and the number ending in 23." in page
        assert "vera@" not in page

    def test_looking_changes_nothing(self) -> None:
        look(f"{from_mail(vera_wrote())}contact/")
        assert not ContactRule.objects.exists()


class TestANewEmailAddress:
    def test_it_waits_for_whoever_reads_it_to_open_the_link(self) -> None:
        lead = vera_wrote()
        assert "We have sent a link to the new address" in say(from_mail(lead), email="Vera@New.example")
        lead.refresh_from_db()
        assert lead.email == "vera@example.com"
        assert mails(lead) == [("new-address", "vera@new.example")]
        page = look(link_to_new_address())
        assert "Use this email address?" in page
        assert "We have your message" not in page

    def test_once_confirmed_it_is_used_the_old_one_is_told_and_its_link_ends(self) -> None:
        lead = vera_wrote()
        old = from_mail(lead)
        say(old, email="vera@new.example")
        new = link_to_new_address()
        assert "From now on we write to this address." in press(f"{new}address/")
        lead.refresh_from_db()
        assert (lead.email, lead.identity_key) == ("vera@new.example", "vera@new.example|vera")
        assert mails(lead)[1:] == [("address-changed", "vera@example.com")]
        assert lead.events.filter(kind="address").count() == 1
        assert "This link has run out" in look(old)
        assert "We have your message" in look(new)
        assert Enquiry.objects.get().email == "vera@example.com"

    def test_that_they_asked_us_to_stop_goes_along_whatever_else_is_known_about_the_new_address(self) -> None:
        lead = vera_wrote()
        opt_out(lead=lead, by=None)
        for reason in ("bounced", "complained"):
            Suppression.objects.create(address="vera@new.example", reason=reason)
        say(from_mail(lead), email="vera@new.example")
        press(f"{link_to_new_address()}address/")
        reasons = Suppression.objects.filter(address="vera@new.example").values_list("reason", flat=True)
        assert set(reasons) == {"bounced", "complained", "opted_out"}

    def test_pressing_twice_is_as_good_as_once(self) -> None:
        lead = vera_wrote()
        say(from_mail(lead), email="vera@new.example")
        for _ in range(2):
            press(f"{link_to_new_address()}address/")
        assert lead.events.filter(kind="address").count() == 1

    def test_a_scanner_that_follows_the_link_changes_nothing(self) -> None:
        lead = vera_wrote()
        say(from_mail(lead), email="vera@new.example")
        look(link_to_new_address())
        answer = visitor().get(f"{link_to_new_address()}address/")
        assert answer.status_code == 303
        lead.refresh_from_db()
        assert lead.email == "vera@example.com"

    @pytest.mark.parametrize("noun", ["contact/", "stop/", "message/"])
    def test_before_that_its_link_opens_nothing_else(self, noun: str) -> None:
        lead = vera_wrote()
        say(from_mail(lead), email="vera@new.example")
        rules = ContactRule.objects.count()
        visitor().post(f"{link_to_new_address()}{noun}", {**CALL, "message": "Hello"})
        assert ContactRule.objects.count() == rules
        assert not Suppression.objects.exists()
        assert Enquiry.objects.count() == 1

    def test_it_goes_on_waiting_while_they_change_something_else(self) -> None:
        lead = vera_wrote()
        say(from_mail(lead), email="vera@new.example")
        say(from_mail(lead), times=["morning"])
        assert len(mails(lead)) == 1
        assert "We wait for somebody to open the link we sent to v•••@new.example." in look(f"{from_mail(lead)}contact/")
        press(f"{link_to_new_address()}address/")
        lead.refresh_from_db()
        assert lead.email == "vera@new.example"

    def test_a_later_one_takes_its_place(self) -> None:
        lead = vera_wrote()
        say(from_mail(lead), email="vera@wrong.example")
        first = link_to_new_address()
        say(from_mail(lead), email="vera@right.example")
        assert "This link has run out" in look(first)
        press(f"{link_to_new_address()}address/")
        lead.refresh_from_db()
        assert lead.email == "vera@right.example"

    def test_nobody_takes_the_place_of_somebody_we_know(self) -> None:
        other = make_lead(email="vera@new.example", identity_key="vera@new.example|vera")
        lead = vera_wrote()
        say(from_mail(lead), email="vera@new.example")
        press(f"{link_to_new_address()}address/")
        lead.refresh_from_db()
        other.refresh_from_db()
        assert (lead.email, lead.identity_key) == ("vera@new.example", "vera@example.com|vera")
        assert other.identity_key == "vera@new.example|vera"

    def test_who_asked_us_to_stop_did_not_mean_one_mailbox(self) -> None:
        lead = vera_wrote()
        press(f"{from_mail(lead)}stop/")
        say(from_mail(lead), email="vera@new.example")
        press(f"{link_to_new_address()}address/")
        assert set(Suppression.objects.values_list("address", flat=True)) == {"vera@example.com", "vera@new.example"}


class TestFromTheThankYouPage:
    def test_it_is_asked_for_and_holds_once_a_colleague_has_looked(self, as_bob: Client, bob: Any) -> None:
        address = from_thanks(email="vera@gmial.example")
        lead = Lead.objects.get()
        assert "A person at our front desk will see to it." in say(address, email="vera@gmail.example", phone="(212) 555-0177", **CALL)
        lead.refresh_from_db()
        assert (lead.email, lead.phone, lead.no_email) == ("vera@gmial.example", "", False)
        assert mails(lead) == []
        desk = f"/desk/leads/{lead.reference}/"
        assert "New email address, not confirmed yet: vera@gmail.example." in as_bob.get(desk).content.decode()
        as_bob.post(f"{desk}contact-rule/")
        lead.refresh_from_db()
        assert (lead.email, lead.phone, lead.no_email) == ("vera@gmail.example", "+12125550177", True)
        assert mails(lead) == [("address-changed", "vera@gmial.example")]
        assert lead.contact_rules.get().used_by == bob
        page = as_bob.get(desk).content.decode()
        assert "They asked to be reached differently" not in page
        assert "By phone call only" in page
        assert "Monday to Friday, in the morning or in the evening." in page
        assert "Don’t say the clinic’s name." in page

    def test_twice_lets_it_hold_once(self, as_bob: Client) -> None:
        say(from_thanks(), phone="(212) 555-0177")
        lead = Lead.objects.get()
        for _ in range(2):
            as_bob.post(f"/desk/leads/{lead.reference}/contact-rule/")
        assert lead.events.filter(kind="contact_rule", data__asked=False).count() == 1

    def test_what_waits_in_check_is_released_first(self, as_bob: Client) -> None:
        say(from_thanks(suspicions=["too_fast"]), email="vera@new.example")
        lead = Lead.objects.get()
        desk = f"/desk/leads/{lead.reference}/"
        assert "Let it hold" not in as_bob.get(desk).content.decode()
        as_bob.post(f"{desk}contact-rule/")
        lead.refresh_from_db()
        assert (lead.email, lead.identity_key) == ("vera@example.com", None)
        assert not Message.objects.exists()

    def test_what_they_said_since_by_our_mail_goes_before_it(self, as_bob: Client) -> None:
        say(from_thanks(), phone="(212) 555-0199")
        lead = Lead.objects.get()
        say(from_mail(lead), phone="(212) 555-0177")
        as_bob.post(f"/desk/leads/{lead.reference}/contact-rule/")
        lead.refresh_from_db()
        assert lead.phone == "+12125550177"

    def test_who_has_a_new_number_only_is_known_by_it(self, as_bob: Client) -> None:
        typed = {"email": "", "phone": "(212) 555-0123"}
        say(from_thanks(**typed), channels=["call"], phone="(212) 555-0177")
        lead = Lead.objects.get()
        as_bob.post(f"/desk/leads/{lead.reference}/contact-rule/")
        vera_writes(email="", phone="(212) 555-0177", message="It is me.")
        assert Lead.objects.get() == lead

    def test_a_stranger_in_her_name_changes_nothing_and_learns_nothing(self) -> None:
        vera = vera_wrote(email="vera@example.com")
        say(from_mail(vera), **CALL)
        answers = [
            (look(f"{address}contact/"), say(address, phone="(212) 555-0199", email="evil@example.net"), look(f"{address}contact/"))
            for address in (from_thanks(message="Call me there."), from_thanks(message="Call me there.", name="Nora"))
        ]
        known, new = ([without_tokens(page) for page in pages] for pages in answers)
        assert known == new
        vera.refresh_from_db()
        assert (vera.email, vera.phone) == ("vera@example.com", "+12125550123")
        assert not Message.objects.filter(kind="own_page").exists()


@pytest.mark.parametrize(
    ("wishes", "mistake"),
    [
        ({"channels": []}, "Select at least one way to reach you"),
        ({"channels": ["pigeon"]}, "Choose from the ways to reach you"),
        ({"channels": ["text"]}, "Choose from the ways to reach you"),  # not offered by this clinic
        ({"times": ["midnight"]}, "Choose from the times listed"),
        ({"days": "never"}, "Choose one of the days listed"),
        ({"email": "vera@"}, "Enter an email address in the correct format, like name@example.com"),
        ({"phone": "12"}, "Enter a phone number with all its digits"),
        ({"channels": ["call"]}, "Enter a phone number so we can call or text you"),
    ],
)
def test_mistakes_are_said_and_what_was_typed_stays(clinic: Clinic, wishes: dict[str, Any], mistake: str) -> None:
    lead = vera_wrote(phone="")
    page = text_of(visitor().post(f"{from_mail(lead)}contact/", EMAIL | {"email": "new@example.com"} | wishes))
    assert page.count(mistake) == 2  # in the list of mistakes, and at the field
    assert "Error: How and when we reach you" in page
    assert not ContactRule.objects.exists()


def test_nobody_changes_it_without_end() -> None:
    address = from_mail(vera_wrote())
    for number in range(CHANGES):
        say(address, phone=f"(212) 555-01{number:02}")
    answer = visitor().post(f"{address}contact/", EMAIL)
    assert answer.status_code == 429
    assert "988" in answer.content.decode()
    assert ContactRule.objects.count() == CHANGES


@pytest.mark.parametrize("noun", ["contact/", "address/"])
def test_a_forged_link_and_another_verb_change_nothing(clinic: Clinic, noun: str) -> None:
    assert "This link has run out" in text_of(visitor().post(f"/my/a:b:c/{noun}", EMAIL))
    assert visitor().delete(f"{from_mail(vera_wrote())}{noun}").status_code == 405
    assert not ContactRule.objects.exists()
