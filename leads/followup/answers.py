"""What staff write by hand: queued for ten seconds, so that it can be taken back, and written out as a person's mail."""

from datetime import datetime, timedelta
from email.utils import format_datetime

from django.db.models import Q
from django.utils import timezone

from leads.followup import outbox
from leads.followup.frame import Frame
from leads.followup.html_part import as_html
from leads.followup.letter import Letter
from leads.followup.letterhead import Letterhead
from leads.followup.mime import one_line
from leads.followup.reply_address import reply_address
from leads.models import Clinic, Lead, Message, MessageKind, MessageState, ReplyKind, StaffMail, Suppression, SuppressionReason, User

TIME_TO_UNDO = timedelta(seconds=10)


def queue_answer(*, by: User | None, lead: Lead, subject: str, text: str, now: datetime) -> Message:
    """In the caller's transaction. It leaves with the first sweep after its time."""
    message = outbox.queue(
        kind=MessageKind.ANSWER, lead=lead, to_address=lead.email, language=lead.language, created_at=now, due_at=now + TIME_TO_UNDO
    )
    StaffMail.objects.create(
        message=message, by=by, subject=one_line(subject), text=text, signature=signature_of(by), answers=_thread(lead)
    )
    return message


def signature_of(by: User | None) -> str:
    """Their own, else their name and that of the sender."""
    return by.signature if by and by.signature else _usual_signature(by, Clinic.current().sender_name)


def _usual_signature(by: User | None, sender_name: str) -> str:
    return "\n".join(filter(None, (str(by or ""), sender_name)))


def take_back(*, message: Message) -> bool:
    """False where it is being handed over, or has left."""
    return bool(Message.objects.filter(pk=message.pk).take_back("undone"))


def gets_no_mail(lead: Lead) -> bool:
    """Who only asked us to stop still gets a person's answer."""
    return Suppression.objects.filter(address=lead.email).exclude(reason=SuppressionReason.OPTED_OUT).exists()


def _thread(lead: Lead) -> list[str]:
    """What the newest mail by them answered, and that mail; else the newest of ours: their program then shows it all as one talk."""
    theirs = Q(kind=ReplyKind.REPLY) & ~Q(message_id="")
    newest = lead.replies.filter(theirs).select_related("about").defer("subject", "text", "quoted").order_by("-received_at").first()
    if newest:
        return [*([newest.about.message_id] if newest.about else []), newest.message_id]
    return list(lead.messages.filter(state=MessageState.SENT, user=None).order_by("-created_at").values_list("message_id", flat=True)[:1])


def letter(message: Message, head: Letterhead) -> Letter:
    """No `Auto-Submitted`: a person wrote it. Nothing of it is kept in a cache, and no mark in it is filled in."""
    written = message.written
    own = {"To": message.to_address, "Date": format_datetime(timezone.now()), "Message-ID": message.message_id}
    reply_to = reply_address(message).get("reply_to", head.address)
    headers = {"From": head.sender, "Reply-To": reply_to, "Subject": one_line(written.subject)}
    if written.answers:
        headers |= {"In-Reply-To": written.answers[-1], "References": " ".join(written.answers)}
    signature = written.signature if written.signature is not None else _usual_signature(written.by, head.words["sender_name"])
    text = f"{written.text.strip()}\n\n{signature}\n"
    return Letter(head.address, message.to_address, own, Frame(headers, text, as_html(text, message.language)))
