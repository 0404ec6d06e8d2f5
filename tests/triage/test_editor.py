"""A sequence is written on the desk: its mails, their order and hours, what stands against it, and publishing it."""

from html import unescape
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from leads.followup.crew import deliver_due
from leads.followup.drafts import edited, published
from leads.followup.plan_actions import make_draft, publish
from leads.models import Enrolment, Event, Message, Role, Sequence, StepText, User, Version
from tests.cast import PASSWORD, make_lead
from tests.followup.made import make_enquiry, make_enrolment
from tests.triage.editing import EDIT, fields, fields_of, save

pytestmark = pytest.mark.django_db
NEW = {"name": "Money", "starts": "by_itself", "topics": ["cost"], "languages": ["es"], "channels": [], "after": ""}
STEP = EDIT + "1/"
PUBLISH = "/desk/followups/after-enquiry/publish/"
MOVE = "/desk/followups/after-enquiry/move/"


def after_enquiry() -> Sequence:
    return Sequence.objects.get(slug="after-enquiry")


def draft() -> Version:
    version = edited(after_enquiry())
    assert version is not None
    return version


@pytest.fixture
def as_dana(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("dana@example.com", PASSWORD, name="Dana", role=Role.ADMINISTRATOR))
    return client


class TestANewSequence:
    def test_it_is_made_and_leads_to_its_editor(self, as_alice: Client) -> None:
        answer = as_alice.post("/desk/followups/new/", NEW)
        assert answer.headers["Location"] == "/desk/followups/money/edit/"
        assert "The English text is missing." in as_alice.get("/desk/followups/money/edit/").content.decode()
        assert "It is not published yet: nobody gets it." in as_alice.get("/desk/followups/").content.decode()

    @pytest.mark.parametrize("change", [{"name": ""}, {"name": "x" * 81}, {"starts": "never"}, {"topics": ["x"]}, {"after": "nobody"}])
    def test_a_mistake_keeps_what_was_typed(self, as_alice: Client, change: dict[str, Any]) -> None:
        shown = save(as_alice, "/desk/followups/new/", 400, NEW | {"channels": ["phone"]}, **change)
        assert fields_of(shown)["channels"] == "phone"
        assert not Sequence.objects.exclude(slug="after-enquiry").exists()

    def test_twice_makes_two(self, as_alice: Client) -> None:
        for _ in range(2):
            as_alice.post("/desk/followups/new/", NEW)
        assert set(Sequence.objects.values_list("slug", flat=True)) == {"after-enquiry", "money", "money-2"}


class TestWhoGetsIt:
    def test_it_is_changed_at_once(self, as_alice: Client) -> None:
        shown = save(as_alice, "/desk/followups/after-enquiry/rules/", topics=["cost"], name="Costs")
        assert "for people who agree to follow-up emails: Cost and insurance." in shown
        assert "Costs" in shown

    def test_not_over_somebody_elses_change(self, as_alice: Client, as_dana: Client) -> None:
        url = "/desk/followups/after-enquiry/rules/"
        held = fields(as_alice, url)
        save(as_dana, url, topics=["how"])
        shown = save(as_alice, url, 409, held, name="Mine")
        assert "Somebody changed this after you opened it." in shown
        assert 'value="Mine"' in shown
        assert after_enquiry().name != "Mine"


class TestItsOrderAndHours:
    def test_mails_are_moved_removed_and_added(self, as_alice: Client) -> None:
        subjects = [step.texts.get(language="en").subject for step in draft().steps.all()]
        save(as_alice, EDIT, act="down-1")
        save(as_alice, EDIT, act="remove-3")
        save(as_alice, EDIT, act="add")
        now = [getattr(step.texts.filter(language="en").first(), "subject", "") for step in draft().steps.all()]
        assert now == [subjects[1], subjects[0], ""]

    def test_the_hours_of_each_day(self, as_alice: Client) -> None:
        shown = save(as_alice, EDIT, window_0="9-11", window_2="2 pm to 4 pm")
        assert draft().windows == {"0": [["09:00", "11:00"]], "2": [["14:00", "16:00"]]}
        assert "Mails leave Monday 9 a.m.–11 a.m.; Wednesday 2 p.m.–4 p.m." in shown

    def test_a_mistake_keeps_what_was_typed_and_changes_nothing(self, as_alice: Client) -> None:
        shown = save(as_alice, EDIT, 400, window_0="nine to five", act="remove-1")
        assert 'value="nine to five"' in shown
        assert "Write the hours like 9:00–17:00" in shown
        assert draft().number == 1

    def test_not_over_somebody_elses_change(self, as_alice: Client, as_dana: Client) -> None:
        held = fields(as_alice, EDIT)
        save(as_dana, EDIT, act="remove-1")
        shown = save(as_alice, EDIT, 409, held, window_0="9-11", act="remove-1")
        assert "Dana changed this just now, after you opened it. Nothing of yours is saved yet" in shown
        assert 'value="9-11"' in shown
        assert (draft().steps.count(), draft().windows) == (2, {})

    @pytest.mark.parametrize("act", ["up-1", "down-3", "up-9", "remove-", "remove-x", "dance", "-", "add-2-2"])
    def test_a_button_that_is_not_there_changes_no_order(self, as_alice: Client, act: str) -> None:
        before = list(draft().steps.values_list("wait", flat=True))
        save(as_alice, EDIT, act=act)
        assert list(draft().steps.values_list("wait", flat=True)) == before

    def test_there_is_an_end_to_mails(self, as_alice: Client) -> None:
        for _ in range(17):
            save(as_alice, EDIT, act="add")
        assert "A sequence has 20 mails at most." in save(as_alice, EDIT, 400, act="add")


class TestOneMail:
    def test_it_is_saved_with_what_stands_against_it(self, as_alice: Client) -> None:
        shown = save(as_alice, STEP, subject_en="Your ketamine", body_es="{{ name }}\r\n\r\nHola", wait="5", unit="hours")
        assert "Mail 1 is saved in the draft." in shown
        assert "These words tell what somebody is treated for: ketamin" in shown
        assert "These can be empty and need a word instead" in shown
        step = draft().steps.get(position=1)
        assert (step.wait, step.unit, step.texts.get(language="es").body) == (5, "hours", "{{ name }}\n\nHola")

    @pytest.mark.parametrize(
        "change", [{"wait": ""}, {"wait": "0"}, {"wait": "251"}, {"wait": "soon"}, {"unit": "years"}, {"subject_en": "x" * 201}]
    )
    def test_a_mistake_keeps_what_was_typed(self, as_alice: Client, change: dict[str, Any]) -> None:
        shown = save(as_alice, STEP, 400, **{"body_en": "What I wrote", **change})
        assert "What I wrote" in shown
        assert 'class="error"' in shown
        assert draft().number == 1

    def test_not_over_somebody_elses_change_and_then_in_its_place(self, as_alice: Client, as_dana: Client) -> None:
        held = fields(as_alice, STEP)
        save(as_dana, STEP, subject_en="By Dana")
        answer = as_alice.post(STEP, held | {"subject_en": "By Alice"})
        shown = answer.content.decode()
        assert answer.status_code == 409
        assert "Dana changed this just now, after you opened it." in shown
        assert "<strong>By Dana</strong>" in shown
        assert 'value="By Alice"' in shown
        seen = shown.split('name="seen" value="')[1].split('"')[0]
        save(as_alice, STEP, held=held, subject_en="By Alice", seen=seen)
        assert draft().steps.get(position=1).texts.get(language="en").subject == "By Alice"

    def test_published_meanwhile(self, as_alice: Client, alice: User) -> None:
        save(as_alice, STEP, subject_en="By Alice")
        held = fields(as_alice, STEP)
        publish(version=draft(), by=alice)
        shown = save(as_alice, STEP, 409, held, subject_en="Too late")
        assert "Alice published this just now, after you opened it." in shown
        assert 'value="Too late"' in shown
        assert not StepText.objects.filter(subject="Too late").exists()

    def test_removed_meanwhile(self, as_alice: Client, as_dana: Client) -> None:
        held = fields(as_alice, EDIT + "3/")
        save(as_dana, EDIT, act="remove-3")
        shown = save(as_alice, EDIT + "3/", 409, held, subject_en="Too late")
        assert "This mail is not in the draft any more" in shown
        assert 'value="Too late"' in shown
        assert as_alice.get(EDIT + "3/").status_code == 404

    def test_the_same_save_twice(self, as_alice: Client) -> None:
        held = fields(as_alice, STEP)
        save(as_alice, STEP, held=held, subject_en="Once")
        save(as_alice, STEP, 409, held, subject_en="Once")
        assert Version.objects.count() == 2


class TestPublishing:
    def test_people_under_way_keep_theirs_until_they_are_moved(self, as_alice: Client) -> None:
        make_enrolment(make_enquiry().lead)
        shown = save(as_alice, STEP, subject_en="Our news")
        shown = as_alice.get(EDIT).content.decode()
        assert "1 person is under way in version 1 and keeps theirs." in shown
        shown = save(as_alice, PUBLISH, held={"seen": fields(as_alice, EDIT)["seen"]})
        assert "Published: After an enquiry. Whoever joins from now on gets the new version." in shown
        assert "1 person is under way in version 1 and keeps theirs." in shown
        assert Enrolment.objects.get().version == Version.objects.get(number=1)
        shown = save(as_alice, MOVE, held={})
        assert "version 1 and keeps" not in shown
        assert Enrolment.objects.get().version == Version.objects.get(number=2)
        assert str(Event.objects.get(kind="followup_moved").by) == "Alice"

    def test_moving_twice_moves_once(self, as_alice: Client, alice: User) -> None:
        make_enrolment(make_enquiry().lead)
        publish(version=make_draft(sequence=after_enquiry(), by=alice), by=alice)
        for _ in range(2):
            save(as_alice, MOVE, held={})
        assert Event.objects.filter(kind="followup_moved").count() == 1

    def test_it_is_refused_with_every_reason(self, as_alice: Client) -> None:
        save(as_alice, STEP, subject_en="", body_en="")
        save(as_alice, EDIT + "2/", subject_es="Su depresión")
        shown = save(as_alice, PUBLISH, 409, {"seen": fields(as_alice, EDIT)["seen"]})
        assert "Mail 1, English: The English text is missing." in shown
        assert "Mail 2, Español: These words tell what somebody is treated for: depresion." in shown
        assert draft().published_at is None

    def test_not_what_somebody_changed_meanwhile(self, as_alice: Client, as_dana: Client) -> None:
        save(as_alice, STEP, subject_en="Mine")
        seen = fields(as_alice, EDIT)["seen"]
        save(as_dana, STEP, subject_en="Theirs")
        assert "Dana changed this just now" in save(as_alice, PUBLISH, 409, {"seen": seen})

    def test_twice(self, as_alice: Client) -> None:
        save(as_alice, STEP, subject_en="Mine")
        held = {"seen": fields(as_alice, EDIT)["seen"]}
        save(as_alice, PUBLISH, held=held)
        assert "There is no draft now." in save(as_alice, PUBLISH, 409, held)
        assert Version.objects.count() == 2

    def test_discarding(self, as_alice: Client) -> None:
        save(as_alice, STEP, subject_en="Mine")
        held = {"seen": fields(as_alice, EDIT)["seen"]}
        assert "The draft of After an enquiry is discarded." in save(as_alice, EDIT + "remove/", held=held)
        assert draft() == published(after_enquiry())
        save(as_alice, EDIT + "remove/", 409, held)


class TestTheDatesBefore:
    @time_machine.travel("2026-11-04T17:00:00Z", tick=False)
    def test_of_the_draft_if_somebody_writes_on_friday_at_four(self, as_alice: Client) -> None:
        save(as_alice, STEP, wait="9", subject_en="Much later")
        shown = as_alice.get(EDIT).content.decode()
        assert 'value="2026-11-06T16:00"' in shown
        assert "Friday 20 November 2026, 9 a.m." in shown.split('id="simulated"')[1].split("Much later")[0]

    def test_whenever_they_ask(self, as_alice: Client) -> None:
        shown = as_alice.get(EDIT, {"at": "2026-11-06T16:00", "zone": "America/Los_Angeles"}).content.decode()
        assert "on our clock: Thursday 12 November 2026, noon" in shown
        assert 'class="error"' in as_alice.get(EDIT, {"at": "soon", "zone": "Mars"}).content.decode()


class TestPreviewing:
    def test_as_it_will_be_sent(self, as_alice: Client) -> None:
        save(as_alice, STEP, subject_es="Novedades para {{ name|usted }}", body_es="{{ greeting }}\n\n<b>Todo</b> bien.", then="preview")
        shown = as_alice.get(STEP + "preview/", {"language": "es"}).content.decode()
        assert "Novedades para Vera" in shown
        assert shown.count("<iframe sandbox ") == 3
        framed = as_alice.get(STEP + "preview/es/").content.decode()
        assert "Hola, Vera:" in framed
        assert "&lt;b&gt;Todo&lt;/b&gt; bien." in framed
        assert not Message.objects.exists()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_in_the_light_and_in_the_dark(self, as_alice: Client, scheme: str) -> None:
        framed = as_alice.get(STEP + "preview/en/", {"scheme": scheme}).content.decode()
        assert f'<meta name="color-scheme" content="{scheme}">' in framed

    def test_a_language_without_a_text_says_so(self, as_alice: Client) -> None:
        save(as_alice, STEP, subject_es="", body_es="")
        assert "There is no text in Español: people get the English one." in as_alice.get(STEP + "preview/?language=es").content.decode()
        save(as_alice, STEP, subject_en="", body_en="")
        assert "There is nothing to show yet." in as_alice.get(STEP + "preview/").content.decode()
        assert as_alice.get(STEP + "preview/en/").status_code == 404

    @pytest.mark.parametrize("path", ["preview/fr/", "preview/?language=fr", "preview/en/?scheme=%00"])
    def test_what_nobody_could_ask_for(self, as_alice: Client, path: str) -> None:
        assert as_alice.get(STEP + path).status_code in (200, 404)

    def test_a_test_mail_goes_to_oneself(self, as_alice: Client) -> None:
        shown = save(as_alice, STEP + "test/", held={"language": "en", "to_address": "vera@example.com", "user": "1"})
        assert "Sent to alice@example.com." in shown
        deliver_due()
        assert [(each.to, each.subject.startswith("Test: ")) for each in mail.outbox] == [(["alice@example.com"], True)]

    def test_ten_are_enough(self, as_alice: Client) -> None:
        for _ in range(10):
            save(as_alice, STEP + "test/", held={"language": "en"})
        assert "You have had 10 test mails within ten minutes." in save(as_alice, STEP + "test/", held={"language": "en"})
        assert Message.objects.count() == 10


class TestWhoPausedIt:
    def test_the_page_says_who_and_when(self, as_alice: Client) -> None:
        with time_machine.travel("2026-11-04T17:00:00Z", tick=False) as clock:
            as_alice.post("/desk/followups/after-enquiry/pause/")
            clock.shift(240)
            shown = " ".join(unescape(as_alice.get("/desk/followups/").content.decode()).split())
        assert "Paused by Alice," in shown
        assert ">4 min ago</time>" in shown


def test_the_front_desk_has_no_editor(as_bob: Client) -> None:
    shown = as_bob.get("/desk/followups/").content.decode()
    assert EDIT not in shown
    assert "/desk/followups/new/" not in shown
    assert as_bob.get(EDIT).status_code == 404


def test_a_lead_says_that_it_was_moved(as_alice: Client, alice: User) -> None:
    lead = make_enquiry(make_lead(email="other@example.com")).lead
    make_enrolment(lead)
    publish(version=make_draft(sequence=after_enquiry(), by=alice), by=alice)
    as_alice.post(MOVE)
    assert "Follow-up goes on in its newest version" in as_alice.get(reverse("lead", args=[lead.reference])).content.decode()
