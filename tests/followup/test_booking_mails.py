"""What people are told of a booking: at once, again when it changes, and on the day before."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.core import mail

from leads.followup.actions import hold, opt_out, release_hold
from leads.followup.claim import claim, requeue_expired
from leads.followup.compose import compose
from leads.followup.contact import use_what_they_asked
from leads.followup.crew import deliver_due
from leads.followup.letterhead import Letterhead
from leads.models import Booking, ContactRule, Lead, Message, Suppression, User
from leads.policy.discreet import disclosing_words
from leads.triage.bookings.bookings import cancel, move
from tests.cast import asks_to_be_reached, make_lead
from tests.followup.made import mark_sending
from tests.followup.test_mails import BANNED, part
from tests.triage.booked import DAY, FRIDAY, HOUR, TUESDAY, booked

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=11)
MONDAY_MORNING = TUESDAY - DAY - 5 * HOUR  # 9:00 in New York


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def vera(clock: Any, db: None) -> Lead:
    return make_lead()


def at(clock: Any, moment: datetime) -> list[str]:
    """What has left once everything due at that moment was delivered."""
    clock.move_to(moment)
    deliver_due()
    return [str(letter.subject) for letter in mail.outbox]


def parsed(message: Message) -> EmailMessage:
    return message_from_bytes(compose(message, Letterhead.current()).as_bytes(), policy=policy.default)


def newest(kind: str = "booking") -> Message:
    return Message.objects.filter(kind=kind).latest("created_at")


def states(kind: str = "booking") -> list[tuple[str, str, str]]:
    return list(Message.objects.filter(kind=kind).order_by("about_booking__revision").values_list("mail", "state", "reason"))


def entry_in(message: Message) -> str:
    found = next(one for one in parsed(message).walk() if one.get_content_type() == "text/calendar")
    return str(found.get_content())


# What they say


def test_the_confirmation_says_when_on_their_clock(vera: Lead, bob: User) -> None:
    Lead.objects.update(time_zone="America/Chicago")
    vera.refresh_from_db()
    booked(vera, bob)
    text = part(parsed(newest()), "plain")
    assert text.startswith("Hello Vera Lind,")
    assert "We will call you on Tuesday, December 1, 1 p.m. (CST), for about 30 minutes." in text
    assert re.search(r"https?://\S+/my/\S+", text)


def test_without_a_zone_of_theirs_on_ours(vera: Lead, bob: User) -> None:
    booked(vera, bob, kind="consultation")
    assert "You have a consultation with us on Tuesday, December 1, 2 p.m. (EST)" in part(parsed(newest()), "plain")


def test_in_spanish(clock: Any, bob: User) -> None:
    lead = make_lead(language="es", time_zone="Europe/Madrid")
    booked(lead, bob)
    letter = parsed(newest())
    assert "Le llamaremos el martes, 1 de diciembre, 20:00 (CET), durante unos 30 minutos." in part(letter, "plain")
    assert letter["Subject"] == "martes, 1 de diciembre, 20:00 (CET)"


def test_a_zone_with_a_number_for_a_name(clock: Any, bob: User) -> None:
    booked(make_lead(time_zone="America/Sao_Paulo"), bob)
    assert "4 p.m. (UTC-03)" in part(parsed(newest()), "plain")


def every_booking_mail(lead: Lead, by: User) -> list[Message]:
    for kind in ("call", "consultation"):
        booking = booked(lead, by, kind=kind)
        Message.objects.filter(kind="booking").update(state="sent")
        move(by=by, booking=booking, starts_at=TUESDAY + DAY, minutes=45)
        Message.objects.filter(kind="booking").update(state="sent")
        cancel(by=by, booking=booking)
    return list(
        Message.objects.filter(kind__in=["booking", "reminder"]).order_by("about_booking__booking__kind", "about_booking__revision")
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_none_gives_anything_away(clock: Any, bob: User, language: str) -> None:
    messages = every_booking_mail(make_lead(language=language, time_zone="Europe/Madrid"), bob)
    assert {message.mail for message in messages} == {"booking", "booking-moved", "booking-cancelled", "booking-reminder"}
    for message in messages:
        whole = compose(message, Letterhead.current()).as_bytes().decode()
        letter = parsed(message)
        said = "\n".join([whole, str(letter["Subject"]), str(letter["From"]), part(letter, "plain"), part(letter, "html")])
        assert not BANNED.search(said), BANNED.search(said)
        assert not disclosing_words(said)
        assert not re.search("call|consult|llama", str(letter["Subject"]), re.IGNORECASE)
        assert letter["Auto-Submitted"] == "auto-generated"


# The calendar's entry


def test_it_comes_beside_the_text_and_as_a_file(vera: Lead, bob: User) -> None:
    booked(vera, bob)
    letter = parsed(newest())
    assert [one.get_content_type() for one in letter.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics")
    ]
    calendar, file = list(letter.walk())[4:]
    assert calendar.get_param("method") == "REQUEST"
    assert (file.get_filename(), file.get_content_disposition()) == ("invite.ics", "attachment")
    entry = str(calendar.get_content()).replace("\r\n", "\n")
    assert file.get_content().decode().replace("\r\n", "\n") == entry
    booking = Booking.objects.get()
    assert f"UID:{booking.pk.hex}@" in entry.replace("\n ", "")
    assert "DTSTART:20261201T190000Z\nDTEND:20261201T193000Z\nSUMMARY:Harbor\n" in entry


def test_each_change_is_the_same_entry_with_a_higher_number(vera: Lead, bob: User) -> None:
    entries = [entry_in(message) for message in every_booking_mail(vera, bob) if message.kind == "booking"][:3]
    assert [re.findall("(?:METHOD|SEQUENCE|STATUS):(.*)\r?\n", entry.replace("\r", "")) for entry in entries] == [
        *(["REQUEST", "0", "CONFIRMED"], ["REQUEST", "1", "CONFIRMED"], ["CANCEL", "2", "CANCELLED"])
    ]
    uids = [re.findall("UID:(.+)", entry) for entry in entries]
    assert uids == [uids[0]] * 3
    assert len(uids[0]) == 1


def test_a_reminder_changes_no_calendar(vera: Lead, bob: User) -> None:
    booked(vera, bob)
    assert [one.get_content_type() for one in parsed(newest("reminder")).walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_a_provider_gets_it_as_a_file(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    at(clock, FRIDAY + SOON)
    (letter,) = mail.outbox
    file = next(one for one in letter.message().walk() if one.get_content_type() == "text/calendar")
    assert (file.get_param("method"), file.get_filename()) == ("REQUEST", "invite.ics")
    assert b"SUMMARY:Harbor\r\n" in file.get_payload(decode=True)


# When they leave


def test_it_leaves_after_ten_seconds_and_once(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    assert at(clock, FRIDAY + timedelta(seconds=5)) == []
    assert at(clock, FRIDAY + SOON) == at(clock, FRIDAY + HOUR) == ["Tuesday, December 1, 2 p.m. (EST)"]


def test_who_is_cancelled_within_ten_seconds_hears_nothing(vera: Lead, bob: User, clock: Any) -> None:
    cancel(by=bob, booking=booked(vera, bob))
    assert at(clock, TUESDAY) == []
    assert {state for _, state, _ in states() + states("reminder")} == {"cancelled"}


def test_what_is_moved_within_ten_seconds_was_there_from_the_beginning(vera: Lead, bob: User, clock: Any) -> None:
    move(by=bob, booking=booked(vera, bob), starts_at=TUESDAY + DAY, minutes=30)
    assert at(clock, FRIDAY + SOON) == ["Wednesday, December 2, 2 p.m. (EST)"]
    assert states() == [("booking", "cancelled", "moved"), ("booking", "sent", "")]


def test_a_move_is_told_and_reminded_of_at_the_new_time_only(vera: Lead, bob: User, clock: Any) -> None:
    booking = booked(vera, bob)
    at(clock, FRIDAY + SOON)
    move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)
    assert at(clock, FRIDAY + 2 * SOON)[1:] == ["New time: Wednesday, December 2, 2 p.m. (EST)"]
    assert len(at(clock, TUESDAY + 2 * DAY)) == 2  # too late to remind
    assert states("reminder") == [("booking-reminder", "cancelled", "moved"), ("booking-reminder", "suppressed", "too_late")]


def test_a_cancellation_is_told_and_nobody_is_reminded(vera: Lead, bob: User, clock: Any) -> None:
    booking = booked(vera, bob)
    at(clock, FRIDAY + SOON)
    cancel(by=bob, booking=booking)
    assert at(clock, TUESDAY)[1:] == ["Cancelled: Tuesday, December 1, 2 p.m. (EST)"]


def test_the_day_before_they_are_reminded_once(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    assert len(at(clock, MONDAY_MORNING - timedelta(seconds=1))) == 1
    assert at(clock, MONDAY_MORNING)[1:] == at(clock, TUESDAY)[1:] == ["Reminder: Tuesday, December 1, 2 p.m. (EST)"]


@pytest.mark.parametrize("change", ["move", "cancel"])
def test_a_change_after_the_reminder_is_told_all_the_same(vera: Lead, bob: User, clock: Any, change: str) -> None:
    booking = booked(vera, bob)
    at(clock, FRIDAY + SOON)
    at(clock, MONDAY_MORNING)
    if change == "move":
        move(by=bob, booking=booking, starts_at=TUESDAY + 7 * DAY, minutes=30)
        assert at(clock, MONDAY_MORNING + SOON)[2:] == ["New time: Tuesday, December 8, 2 p.m. (EST)"]
        assert at(clock, MONDAY_MORNING + 7 * DAY)[3:] == ["Reminder: Tuesday, December 8, 2 p.m. (EST)"]
    else:
        cancel(by=bob, booking=booking)
        assert at(clock, TUESDAY)[2:] == ["Cancelled: Tuesday, December 1, 2 p.m. (EST)"]


def test_who_books_for_tomorrow_has_just_been_told(vera: Lead, bob: User, clock: Any) -> None:
    clock.move_to(MONDAY_MORNING + HOUR)
    booked(vera, bob)
    assert not Message.objects.filter(kind="reminder").exists()


def test_a_reminder_that_was_held_up_waits_for_the_morning(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    assert len(at(clock, MONDAY_MORNING + 9 * HOUR)) == 1  # 18:00
    assert newest("reminder").due_at == TUESDAY - 5 * HOUR
    assert len(at(clock, TUESDAY - 5 * HOUR)) == 2


def test_after_the_time_itself_it_never_leaves(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    at(clock, TUESDAY)
    assert states("reminder") == [("booking-reminder", "suppressed", "too_late")]


def test_nor_does_a_confirmation(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    at(clock, TUESDAY)
    assert states() == [("booking", "suppressed", "too_late")]


def test_their_contact_rule_says_when(vera: Lead, bob: User, clock: Any) -> None:
    asks_to_be_reached(vera, times=["evening"])
    booked(vera, bob)
    assert newest("reminder").due_at == MONDAY_MORNING + 8 * HOUR


def test_a_rule_that_came_later_counts(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    asks_to_be_reached(vera, times=["afternoon"])
    assert len(at(clock, MONDAY_MORNING)) == 1
    assert len(at(clock, MONDAY_MORNING + 3 * HOUR)) == 2


# Who is not told, and why


@pytest.mark.parametrize(
    ("fields", "code"), [({"email": ""}, "no_address"), ({"no_email": True}, "no_email"), ({"email": "gone@example.com"}, "suppressed")]
)
def test_where_nothing_can_be_mailed_it_is_said(clock: Any, bob: User, fields: dict[str, Any], code: str) -> None:
    Suppression.objects.create(address="gone@example.com", reason="bounced")
    lead = make_lead(**fields)
    booking = booked(lead, bob)
    assert booking.untold == code
    assert lead.events.get().data["untold"] == code
    assert not lead.messages.exists()
    move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)
    assert booking.untold == code
    cancel(by=bob, booking=booking)
    assert Booking.objects.get().untold == code


def test_who_was_told_by_phone_and_has_an_address_now_is_told_of_the_change(clock: Any, bob: User) -> None:
    booking = booked(lead := make_lead(email=""), bob)
    Lead.objects.update(email="vera@example.com")
    lead.refresh_from_db()
    cancel(by=bob, booking=booking)
    assert at(clock, FRIDAY + SOON) == ["Cancelled: Tuesday, December 1, 2 p.m. (EST)"]


def test_opting_out_of_follow_up_stops_neither(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    opt_out(by=None, lead=vera)
    assert len(at(clock, FRIDAY + SOON)) == 1
    assert len(at(clock, MONDAY_MORNING)) == 2


def test_a_hold_stops_the_reminder_and_no_answer_of_a_person(vera: Lead, bob: User, clock: Any) -> None:
    hold(lead=vera, by=None)
    booked(vera, bob)
    assert len(at(clock, FRIDAY + SOON)) == len(at(clock, MONDAY_MORNING)) == 1
    assert states("reminder") == [("booking-reminder", "suppressed", "held")]


def test_a_hold_that_was_released_before_stops_nothing(vera: Lead, bob: User, clock: Any) -> None:
    hold(lead=vera, by=None)
    booked(vera, bob)
    release_hold(lead=vera, by=bob)
    assert len(at(clock, FRIDAY + SOON)) == 1
    assert len(at(clock, MONDAY_MORNING)) == 2


@pytest.mark.parametrize("reason", ["bounced", "complained", "by_hand"])
def test_an_address_that_gets_no_mail_gets_neither(vera: Lead, bob: User, clock: Any, reason: str) -> None:
    booked(vera, bob)
    Suppression.objects.create(address=vera.email, reason=reason)
    assert at(clock, FRIDAY + SOON) == at(clock, MONDAY_MORNING) == []
    assert [why for _, _, why in states() + states("reminder")] == ["suppressed", "suppressed"]


def test_who_asked_us_not_to_email_gets_neither(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    Lead.objects.update(no_email=True)
    assert at(clock, FRIDAY + SOON) == at(clock, MONDAY_MORNING) == []
    assert [why for _, _, why in states() + states("reminder")] == ["no_email", "no_email"]


# At the last moment


def stops(lead: Lead, bob: User) -> dict[str, Any]:
    booking = Booking.objects.get()
    return {
        "hold": lambda: hold(lead=lead, by=bob),
        "no email": lambda: Lead.objects.update(no_email=True),
        "bounce": lambda: Suppression.objects.create(address=lead.email, reason="bounced"),
        "move": lambda: move(by=bob, booking=booking, starts_at=TUESDAY + 3 * DAY, minutes=30),
        "cancel": lambda: cancel(by=bob, booking=booking),
    }


@pytest.mark.parametrize("stop", ["hold", "no email", "bounce", "move", "cancel"])
def test_between_claim_and_handing_over(vera: Lead, bob: User, clock: Any, stop: str) -> None:
    booked(vera, bob)
    at(clock, FRIDAY + SOON)
    clock.move_to(MONDAY_MORNING)
    (claimed,) = claim()
    stops(vera, bob)[stop]()
    assert mark_sending(claimed) is False


def test_nothing_is_marked_once_the_time_has_come(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    at(clock, FRIDAY + SOON)
    clock.move_to(TUESDAY - timedelta(seconds=1))
    (claimed,) = claim()
    clock.move_to(TUESDAY)
    assert mark_sending(claimed) is False


def test_what_was_being_handed_over_is_not_tried_again_with_an_old_time(vera: Lead, bob: User, clock: Any) -> None:
    booking = booked(vera, bob)
    clock.move_to(FRIDAY + SOON)
    (claimed,) = claim()
    assert mark_sending(claimed)
    move(by=bob, booking=booking, starts_at=TUESDAY + DAY, minutes=30)
    Message.objects.filter(pk=claimed.pk).update(state="queued", claim=None)  # the relay said: later
    assert at(clock, FRIDAY + 2 * SOON) == ["New time: Wednesday, December 2, 2 p.m. (EST)"]
    assert states()[0] == ("booking", "suppressed", "replaced")


@pytest.mark.parametrize(("kind", "state"), [("booking", "queued"), ("reminder", "unknown")])
def test_in_doubt_a_confirmation_goes_again_and_a_reminder_waits_for_a_person(
    vera: Lead, bob: User, clock: Any, kind: str, state: str
) -> None:
    booked(vera, bob)
    Message.objects.exclude(kind=kind).delete()
    clock.move_to(MONDAY_MORNING)
    (claimed,) = claim()
    assert mark_sending(claimed)
    requeue_expired(MONDAY_MORNING + DAY)
    assert newest(kind).state == state


def test_a_new_address_gets_what_has_not_left(vera: Lead, bob: User, clock: Any) -> None:
    booked(vera, bob)
    rule = ContactRule.objects.create(lead=vera, channels=["email"], email="new@example.com")
    use_what_they_asked(rule=rule, by=bob)
    assert {message.to_address for message in Message.objects.filter(kind__in=["booking", "reminder"])} == {"new@example.com"}
