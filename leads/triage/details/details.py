"""What we know about a person, in plain sentences."""

import phonenumbers
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leads.models import Channel, Enquiry, Enrolment, EnrolmentState, StopReason
from leads.policy.consent import followups_allowed
from leads.triage.decisions.outcomes import Calendar

SUSPICIONS = {
    "honeypot": gettext_lazy("A field that people don’t see was filled in."),
    "no_token": gettext_lazy("It did not come from our contact page."),
    "bad_token": gettext_lazy("The page that it came from was not ours, or older than a day."),
    "too_fast": gettext_lazy("The form was sent faster than people type."),
    "link_in_name": gettext_lazy("There is a link where the name belongs."),
    "many_links": gettext_lazy("The message holds many links."),
    "link_markup": gettext_lazy("The message holds the markup of a web page."),
    "repetition": gettext_lazy("The message repeats itself like a machine."),
    "by_mail": gettext_lazy("It came by email, and answers nothing that we sent."),
    "in_check": gettext_lazy("What they wrote before waits here, too."),
    "limit_email": gettext_lazy("Many enquiries came with this email address today."),
}


def readable_phone(number: str) -> str:
    """An E.164 number in groups; any other text as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


def suspicions(enquiries: list[Enquiry]) -> list[str]:
    """Why these are in check, each reason once."""
    codes = dict.fromkeys(code for enquiry in enquiries for code in enquiry.screening_reasons)
    return list(dict.fromkeys(str(SUSPICIONS.get(code, _("Many enquiries came from one place."))) for code in codes))


def consents(enquiries: list[Enquiry], calendar: Calendar) -> list[str]:
    """What they agreed to, and when."""
    if not enquiries:
        return []
    agreed = next((enquiry for enquiry in enquiries if enquiry.consent_reply), None)  # from their own page nobody is asked again
    sentences = [_("We may reply (agreed %s).") % _day(agreed, calendar)] if agreed else []
    asked = next((enquiry for enquiry in enquiries if enquiry.consent_followup), None)
    if asked is None:
        return [*sentences, _("No follow-up emails.")]
    many = followups_allowed(asked.consent_version)
    up_to = ngettext("Up to %(n)d follow-up email", "Up to %(n)d follow-up emails", many) % {"n": many}
    return [*sentences, _("%(mails)s (agreed %(day)s).") % {"mails": up_to, "day": _day(asked, calendar)}]


def _day(enquiry: Enquiry, calendar: Calendar) -> str:
    return date_format(enquiry.received_at.astimezone(calendar.hours.zone), "j M Y")


def source(enquiries: list[Enquiry]) -> str:
    """Where the first enquiry came from."""
    if not enquiries:
        return ""
    first = enquiries[-1]
    campaign = first.utm.get("utm_source") or first.utm.get("source") or ""
    channel = str(Channel(first.channel).label)
    return f"{channel} · {campaign}" if campaign else channel


def plan(enrolments: list[Enrolment]) -> str:
    """How the follow-up stands."""
    if not enrolments:
        return _("None planned.")
    newest = enrolments[-1]
    if newest.state == EnrolmentState.STOPPED:
        return _("Stopped: %s.") % StopReason(newest.stop_reason).label
    if newest.state == EnrolmentState.RUNNING and newest.sequence.paused_at:
        return _("The sequence is paused.")
    return _("Under way.") if newest.state == EnrolmentState.RUNNING else _("Finished.")
