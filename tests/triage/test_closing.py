"""Closing says why, in kind words; who is not a fit can be told where else to turn."""

import pytest
from django.test import Client

from leads.models import Category, Clinic, CloseReason, Event, EventKind, Lead, MailTemplate, ReadRecord, Stage, User
from leads.policy.discreet import disclosing_words, said_outside
from leads.triage.lead.drafts import keep_draft
from tests.cast import make_lead, vera_writes
from tests.triage.lead_page import url
from tests.triage.test_templates import boxes

pytestmark = pytest.mark.django_db


def reason(slug: str = "unreachable") -> CloseReason:
    return CloseReason.objects.get(slug=slug)


def close(client: Client, lead: Lead, **typed: object) -> Lead:
    client.post(url("close", lead), {"reason": reason().pk} | typed)
    lead.refresh_from_db()
    return lead


def test_the_page_offers_the_reasons_and_changes_nothing(as_bob: Client, lead: Lead) -> None:
    html = as_bob.get(url("closing", lead)).content.decode()
    for each in CloseReason.objects.all():
        assert each.name in html
    lead.refresh_from_db()
    assert lead.is_open


def test_a_lead_is_closed_with_its_reason(as_bob: Client, lead: Lead) -> None:
    close(as_bob, lead)
    assert (lead.category, lead.close_reason) == (Category.CLOSED, reason())
    event = lead.events.get(kind=EventKind.STAGE)
    assert event.data["after"]["close_reason"] == reason().pk
    page = as_bob.get(f"/desk/leads/{lead.reference}/").content.decode()
    assert page.count("Could not reach them") == 3  # as a chip, in the timeline, and as what was just done


def test_the_remark_is_sealed(as_bob: Client, lead: Lead) -> None:
    close(as_bob, lead, remark="a private word")
    event = Event.objects.get(kind=EventKind.STAGE)
    assert event.text == "a private word"
    assert "private" not in str(event.data)


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "0"}, {"reason": "nonsense"}, {"remark": "x" * 1001}])
def test_without_a_reason_it_stays_open_and_the_page_says_so(as_bob: Client, lead: Lead, typed: dict[str, str]) -> None:
    sent = {"reason": reason().pk, "remark": "Moved to Chicago.", "next": "/desk/board/?more=new:2", "shown": "2026-05-12T14:40:00+00:00"}
    answer = as_bob.post(url("close", lead), sent | typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error:" in page
    assert "error-summary" in page
    assert typed.get("remark", "Moved to Chicago.") in page
    assert 'name="next" value="/desk/board/?more=new:2"' in page
    assert 'name="shown" value="2026-05-12T14:40:00+00:00"' in page
    lead.refresh_from_db()
    assert lead.is_open
    assert ReadRecord.objects.get().page == "lead_closing"


def test_a_reason_that_is_no_longer_offered_cannot_be_chosen(as_bob: Client, lead: Lead) -> None:
    CloseReason.objects.update(offered=False)
    assert close(as_bob, lead).is_open


def test_closing_twice_is_closing_once(as_bob: Client, lead: Lead) -> None:
    close(as_bob, lead)
    close(as_bob, lead, reason=reason("other").pk)
    assert lead.close_reason == reason()
    assert lead.events.filter(kind=EventKind.STAGE).count() == 1


def test_undo_opens_it_and_takes_the_reason_back(as_bob: Client, lead: Lead) -> None:
    close(as_bob, lead)
    as_bob.post(url("stage_remove", lead))
    lead.refresh_from_db()
    assert (lead.is_open, lead.close_reason) == (True, None)


def test_moving_it_to_an_open_stage_clears_the_reason(as_bob: Client, lead: Lead) -> None:
    close(as_bob, lead)
    as_bob.post(url("stage", lead), {"stage": "contacted"})
    lead.refresh_from_db()
    assert (lead.is_open, lead.close_reason) == (True, None)


def test_who_writes_again_is_open_without_a_reason(as_bob: Client, clinic: Clinic) -> None:
    lead = Lead.objects.get(reference=vera_writes().reference)
    close(as_bob, lead)
    vera_writes(message="One more question.")
    lead.refresh_from_db()
    assert (lead.is_open, lead.close_reason) == (True, None)


def test_which_closed_stage_is_asked_where_there_are_two(as_bob: Client, lead: Lead) -> None:
    other = Stage.objects.create(slug="referred", name="Referred on", category=Category.CLOSED, position=9)
    assert "Referred on" in as_bob.get(url("closing", lead)).content.decode()
    assert close(as_bob, lead, stage=other.pk).stage == other


def test_for_those_without_rights_it_is_not_there(as_charlie: Client, lead: Lead) -> None:
    assert as_charlie.get(url("closing", lead)).status_code == 404
    assert as_charlie.post(url("close", lead), {"reason": reason().pk}).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_letter_is_filled_in_and_nothing_is_sent(as_bob: Client, clinic: Clinic, language: str) -> None:
    lead = make_lead(language=language)
    subject, text = boxes(as_bob.post(url("referring_out", lead)))
    assert "Vera Lind" in text
    assert clinic.crisis_line in text
    assert said_outside(subject, text) == disclosing_words(text) == []
    lead.refresh_from_db()
    assert (lead.is_open, lead.messages.count()) == (True, 0)


def test_what_was_typed_on_their_page_is_there_when_the_letter_comes(as_bob: Client, bob: User, lead: Lead) -> None:
    keep_draft(by=bob, lead=lead, note="Ring her sister.", subject="About Tuesday", text="I looked it up.")
    page = as_bob.post(url("referring_out", lead))
    subject, text = boxes(page)
    assert "Ring her sister." in page.content.decode()
    assert (subject, text.startswith("I looked it up.\n\n")) == ("About Tuesday", True)


def test_the_letter_speaks_their_language(as_bob: Client, clinic: Clinic) -> None:
    assert boxes(as_bob.post(url("referring_out", make_lead(language="es"))))[1].startswith("Hola, Vera Lind:")


def test_the_clinics_own_letter_goes_before_ours_and_still_tells_where_to_turn(as_bob: Client, lead: Lead, clinic: Clinic) -> None:
    MailTemplate.objects.create(name="Elsewhere", language="en", subject="Our answer", body="{{ greeting }} Ask Dr. Quay.", refers_out=True)
    subject, text = boxes(as_bob.post(url("referring_out", lead)))
    assert (subject, text.startswith("Hello Vera Lind, Ask Dr. Quay.")) == ("Our answer", True)
    assert clinic.crisis_line in text


def test_a_letter_that_gives_something_away_is_not_kept(as_alice: Client) -> None:
    typed = {"name": "Elsewhere", "language": "en", "subject": "About ketamine", "body": "Hello.", "refers_out": "on"}
    page = as_alice.post("/desk/settings/templates/", typed).content.decode()
    assert "Say it without “ketamine”" in page
    assert not MailTemplate.objects.exists()


def test_without_an_email_address_the_letter_is_not_offered(as_bob: Client) -> None:
    lead = make_lead(email="", phone="+15550100177")
    assert "Write to them first" not in as_bob.get(url("closing", lead)).content.decode()
    assert as_bob.post(url("referring_out", lead)).status_code == 400


def test_the_lead_page_closes_only_where_it_is_asked_why(as_bob: Client, lead: Lead) -> None:
    html = as_bob.get(f"/desk/leads/{lead.reference}/").content.decode()
    assert '<option value="closed"' not in html
    assert f'href="{url("closing", lead)}"' in html
    close(as_bob, lead)
    html = as_bob.get(f"/desk/leads/{lead.reference}/").content.decode()
    assert '<option value="closed" selected>' in html  # it says where it stands
    assert url("closing", lead) not in html
