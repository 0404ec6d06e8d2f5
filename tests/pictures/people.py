"""Who is in the pictures: the cast of our tests, and what happened at the desk until this morning. By the verbs that the pages call."""

import sys
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import time_machine
from allauth.usersessions.models import UserSession
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
from leads.followup.own_page import token_of
from leads.models import (
    ApiKey,
    BookingKind,
    CallOutcome,
    Clinic,
    CustomField,
    Enquiry,
    FieldKind,
    Import,
    ImportState,
    Lead,
    MailTemplate,
    Outcome,
    Role,
    Tag,
    Tone,
    User,
)
from leads.triage.bookings.bookings import book
from leads.triage.decisions.actions import add_note, assign, log_call, mark_contacted, open_story
from leads.triage.decisions.tasks_of_lead import add_task
from leads.triage.details.field_values import set_field
from leads.triage.details.lead_details import change_detail
from leads.triage.details.tags import add_tag
from leads.triage.lists.saved_views import save_view
from tests.cast import PASSWORD, vera_writes

LEADS = 600
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 Safari/537.36"
TELEPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/604.1"
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


def set_up() -> dict[str, Any]:
    """The first morning: Alice alone, and nobody has written."""
    return {"cookie": _session(_person("Alice", Role.ADMINISTRATOR)), "pages": {}}


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
    with _ago(minutes=185):
        _session(alice, TELEPHONE)
    okafor, imports = _refers(bob), _imports(alice)
    call_command("summarise", stdout=sys.stderr)
    lead = {"reference": vera.reference}
    pages = {
        "lead": reverse("lead", kwargs=lead),
        "merge": f"{reverse('lead_merging', kwargs=lead)}?with={_her_double(vera).reference}",
        "closing": reverse("lead_closing", kwargs=lead),
        "how-to-reach-them": reverse("lead_reach", kwargs=lead),
        "thank-you": reverse("contact_sent", kwargs={"sent": _sent(vera)}),
        "referral": reverse("referral", kwargs={"sent": _sent(okafor)}),
        "own-page": reverse("own_page", kwargs={"token": token_of(vera.reference, vera.email)}),
        "changed-meanwhile": reverse("lead_detail", args=[okafor.reference, "name"]),
    }
    return {"cookie": _session(alice), "pages": pages | imports}


def _person(name: str, role: str) -> User:
    """Who came this morning: how they signed in stands in their session."""
    return User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name, role=role, last_login=timezone.now())


def _session(user: User, browser: str = COMPUTER) -> str:
    """As if they had just typed their password there: an export asks for that."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    UserSession.objects.create(user=user, session_key=session.session_key, ip="198.51.100.7", user_agent=browser)
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


def _refers(bob: User) -> Lead:
    """Vera's doctor, an hour ago; Bob says who it is. Who refers somebody is asked about them on a second page."""
    with _ago(minutes=61):
        lead = _named(vera_writes(name="Okafor", email="okafor@example.org", topic="referral"), "4P8D-31KZ")
    with _ago(minutes=40):
        change_detail(by=bob, lead=lead, field="name", value="Dr. Okafor", opened="Okafor")
    return lead


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


def _imports(alice: User) -> dict[str, str]:
    """One that was tried out, one under way, and one whose file broke off."""
    found = upload(by=alice, file=SimpleUploadedFile("people.csv", FILE.encode()))
    choose(by=alice, found=found, columns=found.columns, same_person="skip", arrives="needs_us")
    work()
    return {
        "import-file": reverse("import", args=[found.pk]),
        "import-under-way": _that_came_to(ImportState.RUNNING, alice, {Outcome.MADE: 1180, Outcome.TWICE: 54}),
        "import-failed": _that_came_to(ImportState.FAILED, alice, {Outcome.MADE: 212, Outcome.BAD_EMAIL: 3}),
    }


def _that_came_to(state: ImportState, alice: User, counts: dict[str, int]) -> str:
    """No worker is here to bring it further."""
    about = {"encoding": "utf-8", "delimiter": ",", "rows": 4000, "rows_done": 1234, "counts": counts}
    done_at = timezone.now() if state == ImportState.FAILED else None
    return reverse("import", args=[Import.objects.create(by=alice, state=state, done_at=done_at, **about).pk])
