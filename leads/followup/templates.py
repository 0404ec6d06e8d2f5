"""Templates of what staff write by hand: filled in for one person, and what stands against keeping one."""

from leads.followup.proofreading import about_variables
from leads.followup.variables import rendered, words
from leads.models import Clinic, Lead, MailTemplate, Remembered
from leads.policy.names import greeting_name

kept = Remembered(lambda: list(MailTemplate.objects.all()))


def filled(template: MailTemplate, lead: Lead) -> tuple[str, str]:
    """Subject and text. It greets in the template's own language."""
    clinic = Clinic.current()
    known = words(
        name=greeting_name(lead.name),
        reference=lead.reference,
        phone=clinic.phone,
        sender=clinic.sender_name,
        language=template.language,
    )
    return rendered(template.subject, known), rendered(template.body, known).strip()


def for_lead(lead: Lead) -> list[MailTemplate]:
    """Those in their language first."""
    return sorted(kept(), key=lambda template: template.language != lead.language)


def findings(text: str) -> list[str]:
    """Unlike a step's, it may hold any words: a person reads it over, and is warned then of what others could read."""
    return list(about_variables(text))
