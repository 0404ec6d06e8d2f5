"""The letter to somebody who is helped better elsewhere: the clinic's own template where it has written one, else ours."""

from django.template import Context

from leads.followup.compose import template_for
from leads.followup.templates import filled, kept
from leads.followup.variables import words
from leads.models import Clinic, Lead
from leads.policy.names import greeting_name

LETTER = "referral-out"


def letter(lead: Lead) -> tuple[str, str]:
    """Subject and text, in their language where we have it. Where to turn in a crisis stands below, whoever wrote the rest."""
    own = next((template for template in kept() if template.refers_out and template.language == lead.language), None)
    subject, text = filled(own, lead) if own else (_ours("subject", lead), _ours("body", lead))
    return subject, f"{text}\n\n{_ours('crisis', lead)}"


def _ours(part: str, lead: Lead) -> str:
    clinic, name = Clinic.current(), greeting_name(lead.name)
    known = words(name=name, reference=lead.reference, phone=clinic.phone, sender=clinic.sender_name, language=lead.language)
    numbers = {
        "emergency_number": clinic.emergency_number,
        "crisis_line": clinic.crisis_line,
        "crisis_line_takes_texts": clinic.crisis_line_takes_texts,
    }
    return str(template_for(LETTER, part, lead.language).render(Context({**known, **numbers}, autoescape=False))).strip()
