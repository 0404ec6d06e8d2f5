"""A lead's timeline: what comes, the soonest first; then what was, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leads.followup.again import can_be_sent_again
from leads.followup.ledger import Coming
from leads.models import COMING, Enquiry, Enrolment, Event, EventKind, Lead, Message, MessageKind, MessageState, Reply, Screening, StaffMail
from leads.triage.decisions.mentions import marked
from leads.triage.decisions.outcomes import Calendar
from leads.triage.history.changed_words import written_with
from leads.triage.history.event_words import TONES, Names, words
from leads.triage.history.mail_words import name_of, step_name, tone
from leads.triage.history.readers import Reader, readers_of
from leads.triage.lead.material import Material, became, planned, steps_of
from leads.triage.lists.states import next_action
from leads.triage.undo.undo import is_offered
from leads.triage.undo.undoable import undoable
from leads.triage.words.times import Moment, on_another_clock, when

HIDDEN = {EventKind.STORY_READ}  # said once, beside the story
WORDS_OF_THEIRS = {EventKind.REPLIED, EventKind.AUTO_REPLIED}  # sealed until somebody opens them


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    moment: Moment
    title: str
    by: str = ""
    rest: str = ""  # the sentence after the title
    tone: str = ""
    text: str = ""  # a note, or why a lead was closed; safe where a name in it is marked
    undo: str = ""  # the address that takes it back
    stop: bool = False  # whether "Stop" stands beside it
    theirs: str = ""  # the time on the clock they live by, where it is another
    enrolment: int = 0  # whose next mail this is: "Send now" and "Skip" stand beside it
    enquiry: Enquiry | None = None
    reply: Reply | None = None
    written: StaffMail | None = None  # by one of us
    left_out: str = ""  # the sentence about files that came along
    readers: tuple[Reader, ...] = ()  # of the enquiry or reply
    doubt: str = ""  # the mail of which nobody knows whether it arrived
    failed: str = ""  # the mail that can be sent again


def future(material: Material, calendar: Calendar) -> list[Entry]:
    entries = [_coming(message, material, calendar) for message in material.messages if message.state in COMING]
    entries += [_to_come(mail, plan, material.lead, calendar) for mail, plan in planned(material, calendar)]
    if material.lead.due_at and material.lead.screening == Screening.ACCEPTED:
        at = material.lead.due_at
        entries.append(Entry(at, calendar.upcoming(at), next_action(material.lead.next_action), rest=_("due"), tone="due"))
    return sorted(entries, key=lambda entry: entry.at)


def _coming(message: Message, material: Material, calendar: Calendar) -> Entry:
    moment = calendar.upcoming(message.due_at)
    stop = message.kind == MessageKind.FOLLOWUP and message.state != MessageState.SENDING
    theirs, rest = theirs_of(message.due_at, material.lead, calendar), became(message, material, calendar)
    return Entry(message.due_at, moment, name_of(message, material.steps(message)), rest=rest, stop=stop, theirs=theirs)


def _to_come(mail: Coming, plan: Enrolment, lead: Lead, calendar: Calendar) -> Entry:
    is_next, moment = mail.step == plan.next_step, calendar.upcoming(mail.at)
    paused = plan.sequence.paused_at is not None
    return Entry(
        at=mail.at,
        moment=moment,
        title=step_name(mail.step, steps_of(plan)),
        rest=_("waits, the sequence is paused; planned for") if paused else _("will be sent"),
        stop=is_next,
        theirs=theirs_of(mail.at, lead, calendar),
        enrolment=plan.pk if is_next else 0,
    )


def theirs_of(at: datetime, lead: Lead, calendar: Calendar) -> str:
    if not lead.time_zone or not on_another_clock(at, lead.time_zone, calendar.hours.zone):
        return ""
    return _("%s for them") % when(at, calendar.now, ZoneInfo(lead.time_zone))


def past(material: Material, names: Names, me: int, tasks: Mapping[str, str]) -> list[Entry]:
    """`me`: whose notes can be taken back here. `tasks`: what each of them says, by id."""
    calendar = names.calendar
    newest = undoable(material.events, calendar.now)
    undo = {event.pk: _undo_url(noun, material.lead) for noun, event in newest.items() if is_offered(event, me)}
    theirs = _theirs(material)
    entries = [
        _event(event, names, material, theirs.get(_source(event)), undo.get(event.pk, ""), tasks.get(event.data.get("task", ""), ""))
        for event in material.events
        if event.kind not in HIDDEN
    ]
    again = can_be_sent_again(material.messages) if material.lead.is_open else set()
    entries += [
        _mail(message, material, calendar, failed=message.pk in again) for message in material.messages if message.state not in COMING
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _theirs(material: Material) -> dict[str, Enquiry | Reply]:
    """What they sent, by id."""
    everything: list[Enquiry | Reply] = [*material.enquiries, *material.replies]
    return {str(each.pk): each for each in everything}


def _source(event: Event) -> str:
    """The id of what they sent, for the event that says so."""
    if event.kind in (EventKind.ENQUIRY, EventKind.IMPORTED):
        return str(event.data.get("enquiry", ""))
    return str(event.data.get("reply", "")) if event.kind in WORDS_OF_THEIRS else ""


def _undo_url(noun: str, lead: Lead) -> str:
    return reverse(f"lead_{noun}_remove", args=[lead.reference])


def _event(event: Event, names: Names, material: Material, shown: Enquiry | Reply | None, undo: str, task: str) -> Entry:
    return Entry(
        at=event.at,
        moment=names.calendar.since(event.at),
        title=words(event, names),
        by=str(event.by) if event.by else "",
        tone=TONES.get(event.kind, ""),
        text=marked(event) if event.kind == EventKind.NOTE else written_with(event) or task,
        undo=undo,
        enquiry=shown if isinstance(shown, Enquiry) else None,
        reply=shown if isinstance(shown, Reply) else None,
        written=next((mail for mail in material.written if str(mail.pk) == event.data.get("message")), None),
        left_out=_left_out(shown, material) if shown else "",
        readers=readers_of(shown, material.events, names.calendar) if shown else (),
    )


def _left_out(shown: Enquiry | Reply, material: Material) -> str:
    files = sum(reply.attachments for reply in material.replies if shown.pk in (reply.pk, reply.enquiry_id))
    sentence = ngettext("An attachment was left out: %(n)d file.", "Attachments were left out: %(n)d files.", files)
    return sentence % {"n": files} if files else ""


def _mail(message: Message, material: Material, calendar: Calendar, *, failed: bool) -> Entry:
    at = message.sent_at or message.due_at
    title = name_of(message, material.steps(message))
    moment, rest = calendar.since(at), became(message, material, calendar)
    theirs = theirs_of(at, material.lead, calendar) if message.kind == MessageKind.FOLLOWUP and message.sent_at else ""
    doubt = str(message.pk) if message.state == MessageState.UNKNOWN else ""
    again = str(message.pk) if failed else ""
    return Entry(at, moment, title, rest=rest, tone=tone(message), doubt=doubt, failed=again, theirs=theirs)
