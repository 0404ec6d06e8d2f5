"""The lead page: timeline, details in plain sentences, and what can be decided here."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from leads.followup.answers import signature_of
from leads.followup.ledger import still_allowed
from leads.followup.plans import running
from leads.followup.rules import may_follow_up
from leads.followup.templates import for_lead
from leads.models import CallOutcome, CloseReason, EnrolmentState, Lead, Screening, Sequence, Stage, Tag, User
from leads.triage.bookings.booking_panel import BookingPanel
from leads.triage.decisions.mentions import mentionable
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.snoozes import choices
from leads.triage.decisions.typed_mail import NO_FILES, usual_subject
from leads.triage.details import details
from leads.triage.history.contact_rules import HowToReach
from leads.triage.history.event_words import Names
from leads.triage.lead.editables import details_of, fields_of
from leads.triage.lead.material import Material
from leads.triage.lead.own_words import OwnWords
from leads.triage.lead.privacy_requests import open_requests
from leads.triage.lead.timeline import future, past
from leads.triage.lists.rows import Row
from leads.triage.same_person.alike import alike
from leads.triage.same_person.merged_words import partable
from leads.triage.task_list.task_panel import TaskPanel
from leads.triage.task_list.to_do import ToDo
from leads.triage.words.staff import colleagues


def page(user: User, lead: Lead, *, story_open: bool = False, typed: QueryDict | None = None) -> tuple[dict[str, Any], list[Lead]]:
    """What the template needs, and every lead it shows. `typed`: what stands in the boxes already."""
    calendar = Calendar.today()
    material = Material.of(lead, story_open=story_open)
    own, to_do = OwnWords.of(lead), ToDo.of(lead)
    others = alike(user, lead)
    context = {
        "lead": lead,
        "shown": calendar.now.isoformat(),
        "address": reverse("lead", args=[lead.reference]),
        "row": Row.of(lead, lead.stage, lead.owner, calendar),
        "phone": details.readable_phone(lead.phone),
        "lines": details_of(lead),
        "own_lines": fields_of(lead, own.values),
        "tags": own.tags,
        "known_tags": [tag for tag in Tag.objects.known() if tag not in own.tags],
        "in_check": lead.screening != Screening.ACCEPTED,
        "story_open": story_open,
        "future": future(material, calendar),
        "close_reason": CloseReason.objects.with_id(lead.close_reason_id),
        "closable": lead.is_open and lead.screening == Screening.ACCEPTED,
        "past": past(material, Names.of(calendar), user.pk, to_do.texts()),
        "stages": Stage.objects.known_to_move(lead.stage_id),
        "colleagues": colleagues(),
        "snoozes": choices(calendar),
        "today": calendar.hours.local_day(calendar.now).isoformat(),
        "alike": [other for other in others if not other.household],
        "household": [other for other in others if other.household],
        "partable": partable(material.events, calendar.now),
        "reach": HowToReach.of(lead, calendar),
        "requests": open_requests(to_do.requests, calendar),
        "tasks": TaskPanel.of(lead, to_do, user, calendar, typed),
        "bookings": BookingPanel.of(lead, calendar, typed),
    }
    return context | _composer(user, lead) | _details(material, calendar), [lead, *(other.lead for other in others)]


def _composer(user: User, lead: Lead) -> dict[str, Any]:
    return {
        "signature": signature_of(user),
        "no_files": NO_FILES,
        "usual_subject": usual_subject(lead.language),
        "templates": for_lead(lead) if lead.email else [],
        "outcomes": CallOutcome.choices,
        "mentionable": mentionable(user),
    }


def _details(material: Material, calendar: Calendar) -> dict[str, Any]:
    stopped = any(plan.state == EnrolmentState.STOPPED for plan in material.enrolments)
    return {
        "consents": details.consents(material.enquiries, calendar),
        "source": details.source(material.enquiries),
        "suspicions": details.suspicions(material.enquiries),
        "plan": details.plan(material.enrolments),
        "can_stop": any(plan.state == EnrolmentState.RUNNING for plan in material.enrolments),
        "startable": _startable(material),
        "can_resume": stopped and may_follow_up(material.lead),
    }


def _startable(material: Material) -> list[Sequence]:
    """What may be started by hand: of those that run, the ones they have not had."""
    if not material.lead.is_open or not still_allowed(material.enquiries, material.messages):
        return []
    had = {plan.sequence_id for plan in material.enrolments}
    return [plan.version.sequence for plan in running() if plan.version.sequence_id not in had]
