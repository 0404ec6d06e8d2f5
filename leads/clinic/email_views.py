"""Settings: how mail leaves and comes in here, and a test mail that shows it."""

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leads.access import DeskRequest, Right, desk
from leads.followup.mailbox_trouble import mailbox_trouble
from leads.followup.rehearsal import send_settings_test
from leads.models import COMING, Clinic, Message, MessageKind, MessageState, User
from leads.policy.refused import Refused


@dataclass(frozen=True)
class Test:
    words: str
    tone: str
    is_under_way: bool


@require_safe
@desk(Right.EDIT_CLINIC)
def email(request: DeskRequest) -> HttpResponse:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    context = {
        "test": _last_test(request.user),
        "sender": f"{Clinic.current().sender_name} <{sender}>",
        "domain": sender.rpartition("@")[2],
        "relay": _relay(),
        "in_files": settings.EMAIL_BACKEND.startswith("leads."),
        "folder": settings.EMAIL_FILE_PATH,
        "reply_address": settings.REPLY_ADDRESS or sender,
        "fetches": bool(settings.INBOX),
        "unfetched": bool(mailbox_trouble().unfetched_since(timezone.now())),
        "hooks": bool(settings.MAIL_WEBHOOK_SECRET),
        "waiting": Message.objects.due(timezone.now()).count(),
    }
    return render(request, "leads/clinic/email.html", context)


@require_POST
@desk(Right.EDIT_CLINIC)
def email_test(request: DeskRequest) -> HttpResponse:
    """To oneself, and to nobody else."""
    try:
        send_settings_test(by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("email")


def _last_test(user: User) -> Test | None:
    message = Message.objects.filter(kind=MessageKind.TEST, mail="settings-test", user=user).order_by("-id").first()
    return _in_words(message) if message else None


def _in_words(message: Message) -> Test:
    if message.state in COMING:
        tries = _("It was tried already, and is tried again.") if message.attempts > 1 else ""
        return Test(f"{_('The test email is on its way.')} {tries}".strip(), "info", is_under_way=True)
    if message.state == MessageState.SENT and message.sent_at:
        seconds = max((message.sent_at - message.created_at).total_seconds(), 0)
        said = _("It left %(seconds).1f seconds after you pressed the button, to %(address)s. Look into that mailbox.")
        return Test(said % {"seconds": seconds, "address": message.to_address}, "ok", is_under_way=False)
    why = message.reason or message.get_state_display()
    return Test(_("It did not leave: %s. The worker’s log says more.") % why, "danger", is_under_way=False)


def _relay() -> str:
    """Where mail is handed over, without what opens it."""
    if settings.EMAIL_BACKEND.startswith("anymail."):
        return settings.EMAIL_BACKEND.split(".")[2].capitalize()
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
