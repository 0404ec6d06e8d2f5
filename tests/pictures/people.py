"""Who is in the pictures: the cast of our tests, and what happened at the desk until this morning. By the verbs that the pages call."""

import sys
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from leads.capture.actions import Receipt
from leads.capture.importing.actions import choose, upload
from leads.capture.importing.work import work
from leads.capture.token import sent
from leads.clinic.actions import confirm_crisis_numbers, create_key, end_first_run, save_hours, save_template
from leads.clinic.custom_fields import save_field
from leads.clinic.tags import save_tag
from leads.followup.crew import deliver_due
from leads.followup.own_link import token_of
from leads.models import (
    ApiKey,
    BookingKind,
    CallOutcome,
    Clinic,
    CustomField,
    Enquiry,
    FieldKind,
    Lead,
    MailTemplate,
    Role,
    Tag,
    Tone,
    User,
)
from leads.triage.bookings.bookings import book
from leads.triage.decisions.actions import add_note, assign, log_call, mark_contacted, open_story
from leads.triage.decisions.tasks_of_lead import add_task
from leads.triage.details.field_values import set_field
from leads.triage.details.tags import add_tag
from leads.triage.lists.saved_views import save_view
from tests.cast import PASSWORD, vera_writes

LEADS = 600
FILE = "Name,Email,Phone,Wrote on,Notes\n" + "".join(
    f"{name},{name.split()[0].lower()}@example.{end},,2026-04-{day:02},{note}\n"
    for day, (name, end, note) in enumerate(
        [
            ("Greta Marshfield", "org", "Prefers mornings"),
            ("Omar Fernwood", "net", ""),
            ("Selma Brookdale", "com", "Asked about parking"),
            ("Vera Lind", "com", ""),
            ("Nobody", "", "No address was written down"),
        ],
        start=6,
    )
)


def arrive() -> dict[str, Any]:
    """The cookie by which Alice is signed in, and the addresses of pages that belong to somebody."""
    alice, bob = _person("Alice", Role.ADMINISTRATOR), _person("Bob", Role.FRONT_DESK)
    _person("Charlie", Role.NONE)
    _set_up(alice)
    call_command("seed", leads=LEADS, stdout=sys.stderr)
    _nobody_is_forgotten(alice)
    vera = _vera(alice, bob)
    _words_of_the_clinic(alice, vera)
    save_view(by=alice, name="Calls to make", shared=True, query="view=needs_us&topic=cost")
    create_key(by=alice, name="Website", scopes=["leads:write"])
    ApiKey.objects.update(prefix="lw_8mQ2xT")  # drawn, too
    import_page = _import(alice)
    call_command("summarise", stdout=sys.stderr)
    lead = {"reference": vera.reference}
    pages = {
        "lead": reverse("lead", kwargs=lead),
        "merge": f"{reverse('lead_merging', kwargs=lead)}?with={_her_double(vera).reference}",
        "closing": reverse("lead_closing", kwargs=lead),
        "how-to-reach-them": reverse("lead_reach", kwargs=lead),
        "thank-you": reverse("contact_sent", kwargs={"sent": _sent(vera)}),
        "referral": reverse("referral", kwargs={"sent": _sent(_refers())}),
        "own-page": reverse("own_page", kwargs={"token": token_of(vera.reference, vera.email)}),
        "import-file": import_page,
    }
    return {"cookie": _session(alice), "pages": pages}


def _person(name: str, role: str) -> User:
    """Who came this morning: how they signed in stands in their session."""
    return User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name, role=role, last_login=timezone.now())


def _session(user: User) -> str:
    """As if they had just typed their password: an export asks for that."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _set_up(alice: User) -> None:
    clinic = Clinic.current()
    save_hours(by=alice, closures={}, hours=clinic.hours)
    confirm_crisis_numbers(by=alice, crisis_line=clinic.crisis_line)
    end_first_run(by=alice)


def _nobody_is_forgotten(alice: User) -> None:
    """Whoever wrote longer ago than a week and still waits is called on Monday."""
    with _ago(minutes=24 * 60):
        for lead in Lead.objects.open().needs_us().filter(received_at__lt=timezone.now() - timedelta(days=7)).order_by("id"):
            mark_contacted(by=alice, lead=lead)


def _vera(alice: User, bob: User) -> Lead:
    """She wrote this morning. Bob read it, tried to call, and asks Alice."""
    tomorrow_at_eleven = timezone.now() + timedelta(days=1, minutes=20)
    with _ago(minutes=82):
        receipt = vera_writes(phone="(555) 010-0177", reply_by="call", may_leave_voicemail=True)
        vera = _named(receipt, "7K3M-92QX")
        _mail_leaves()
    with _ago(minutes=55):
        assign(by=bob, lead=vera, owner=bob)
        open_story(by=bob, lead=vera)
    with _ago(minutes=50):
        log_call(by=bob, lead=vera, outcome=CallOutcome.NO_ANSWER, text="Rang for a while. Nobody picked up.")
    with _ago(minutes=12):
        add_note(by=bob, lead=vera, text="@Alice, she asks how a first visit goes. Can you tell her about parking, too?")
        book(by=bob, lead=vera, kind=BookingKind.CALL, starts_at=tomorrow_at_eleven, minutes=20)
        add_task(
            by=bob, lead=vera, text="Send her the list of what a visit costs", due_at=timezone.now() + timedelta(hours=5), assignee=alice
        )
    with _ago(minutes=11):
        _mail_leaves()
    return vera


def _refers() -> Lead:
    """Vera's doctor, an hour ago. Who refers somebody is asked about them on a second page."""
    with _ago(minutes=61):
        return _named(vera_writes(name="Dr. Okafor", email="okafor@example.org", topic="referral"), "4P8D-31KZ")


def _sent(lead: Lead) -> str:
    """What stands in the address of the page that thanks them."""
    return sent(lead.enquiries.get().pk)


def _mail_leaves() -> None:
    """To nobody: only the rows tell of it."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        deliver_due()


def _ago(*, minutes: int) -> AbstractContextManager[object]:
    """There the clock goes on, so that what follows comes later, in every run; not so far that another minute begins."""
    return time_machine.travel(timezone.now() - timedelta(minutes=minutes, seconds=20), tick=True)


def _her_double(vera: Lead) -> Lead:
    """From a telephone in another name: somebody has to say whether it is she."""
    with _ago(minutes=9):
        receipt = vera_writes(name="V. Lind", phone="(555) 010-0177", message="Me again, from my phone.", topic="cost")
        _mail_leaves()
    return _named(receipt, "9T4C-06WH")


def _named(receipt: Receipt, reference: str) -> Lead:
    """References are drawn, and every run's pictures are to show the same."""
    Enquiry.objects.filter(reference=receipt.reference).update(reference=reference)
    Lead.objects.filter(reference=receipt.reference).update(reference=reference)
    return Lead.objects.get(reference=reference)


def _words_of_the_clinic(alice: User, vera: Lead) -> None:
    for name, tone in (("Insurance", Tone.INFO), ("Spanish", Tone.ACCENT), ("Transport", Tone.WARN)):
        save_tag(by=alice, tag=Tag(name=name, tone=tone))
    tags = list(Tag.objects.all())
    for place, lead in enumerate([vera, *Lead.objects.open().needs_us().order_by("-id")[:14:3]]):
        with _ago(minutes=30 + place):
            add_tag(by=alice, lead=lead, tag=tags[place % len(tags)])
    field = CustomField(key="referred-by", label="Referred by", kind=FieldKind.TEXT, help="The doctor, or whoever sent them.")
    save_field(by=alice, field=field)
    with _ago(minutes=8):
        set_field(by=alice, lead=vera, field=field, text="Dr. Okafor")
    body = "{{ greeting }}\n\nThank you for writing. A first visit takes about an hour. Tell us which days suit you.\n"
    save_template(by=alice, template=MailTemplate(name="How a first visit goes", subject="Your question", body=body))


def _import(alice: User) -> str:
    found = upload(by=alice, file=SimpleUploadedFile("people.csv", FILE.encode()))
    choose(by=alice, found=found, columns=found.columns, same_person="skip", arrives="needs_us")
    work()
    return reverse("import", kwargs={"pk": found.pk})
