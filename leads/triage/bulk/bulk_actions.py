"""What can be done with many leads at once: one line each in BULK_ACTIONS. Each is a verb of the desk, called lead by lead.

A new one needs its name, what the button says, how a form becomes a value of codes, ids and times, and the verb. Its event must have a
noun with a way back (leads/triage/undo/undo.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leads.models import BulkChange, Category, CloseReason, Event, Lead, Stage, User
from leads.triage.decisions import actions, snoozes
from leads.triage.decisions.boxes import one_of
from leads.triage.decisions.forms import AssignmentForm, SnoozeForm, StageForm, checked
from leads.triage.decisions.outcomes import Calendar
from leads.triage.decisions.recording import Conflict

Value = dict[str, Any]
REMARK_LIMIT = 1000  # characters


@dataclass(frozen=True, eq=False)  # each is itself: comparing would word its button
class BulkAction:
    name: str
    button: str | Promise
    read: Callable[[QueryDict], Value]  # a Conflict where the form says nothing that can be done
    do: Callable[[User, Lead, BulkChange], Event | None]  # None where it was so already
    says: Callable[[Value], str]  # what is done, in words
    fields: str = ""  # the template of what has to be chosen for it
    settles: bool = True  # they wait for us no longer afterwards


def _assign(by: User, lead: Lead, bulk: BulkChange) -> Event | None:
    pk = bulk.value["owner"]
    owner = one_of(User.objects.all(), pk, _("Choose one of your colleagues.")) if pk else None
    return actions.assign(by=by, lead=lead, owner=owner)


def _owner(data: QueryDict) -> Value:
    owner = checked(AssignmentForm(data))["owner"]
    return {"owner": owner.pk if owner else None}


def _owner_in_words(value: Value) -> str:
    owner = User.objects.filter(pk=value["owner"]).first() if value["owner"] else None
    return _("Assign to %s") % (owner or _("nobody"))


def _move(by: User, lead: Lead, bulk: BulkChange) -> Event | None:
    return actions.change_stage(by=by, lead=lead, stage=_stage(bulk))


def _open_stage(data: QueryDict) -> Value:
    stage: Stage = checked(StageForm(data))["stage"]
    if stage.category == Category.CLOSED:
        raise Conflict(_("Use “Close” for that: it takes a reason."))
    return {"stage": stage.pk}


def _close(by: User, lead: Lead, bulk: BulkChange) -> Event | None:
    reason = CloseReason.objects.with_id(bulk.value.get("reason"))
    return actions.change_stage(by=by, lead=lead, stage=_stage(bulk), reason=reason, remark=bulk.text or "")


def _stage(bulk: BulkChange) -> Stage:
    return one_of(Stage.objects.in_use(), bulk.value["stage"], _("Choose one of the stages."))


def _closing(data: QueryDict) -> Value:
    """As on a lead's own page, a reason is asked for: the reports count by it."""
    stages = Stage.objects.known_to_close()
    reason = next((reason for reason in CloseReason.objects.known() if str(reason.pk) == data.get("reason")), None)
    if reason is None:
        raise Conflict(_("Choose why they are closed."))
    return {"stage": next((stage for stage in stages if stage.slug == data.get("closed")), stages[0]).pk, "reason": reason.pk}


def _stage_in_words(value: Value) -> str:
    return _("Move to %s") % _name_of_stage(value)


def _closing_in_words(value: Value) -> str:
    return _("Close as %s") % _name_of_stage(value)


def _name_of_stage(value: Value) -> str:
    return next((stage.name for stage in Stage.objects.known() if stage.pk == value["stage"]), "?")


def _until(data: QueryDict) -> Value:
    form = checked(SnoozeForm(data))
    until = snoozes.until(Calendar.today(), form["until"], form["day"])
    if until is None:
        raise Conflict(_("Choose until when."))
    return {"until": until.isoformat()}


def _until_in_words(value: Value) -> str:
    calendar = Calendar.today()
    return _("Snooze until %s") % calendar.when(datetime.fromisoformat(value["until"]))


BULK_ACTIONS: Mapping[str, BulkAction] = {
    action.name: action
    for action in (
        BulkAction("assign", gettext_lazy("Assign"), _owner, _assign, _owner_in_words, "leads/triage/bulk/owner.html", settles=False),
        BulkAction("stage", gettext_lazy("Move"), _open_stage, _move, _stage_in_words, "leads/triage/bulk/stage.html"),
        BulkAction(
            "snooze",
            gettext_lazy("Snooze"),
            _until,
            lambda by, lead, bulk: actions.snooze(by=by, lead=lead, until=datetime.fromisoformat(bulk.value["until"])),
            _until_in_words,
            "leads/triage/bulk/until.html",
        ),
        BulkAction(
            "done",
            gettext_lazy("Done"),
            lambda _data: {},
            lambda by, lead, _bulk: actions.mark_done(by=by, lead=lead),
            lambda _value: _("Done for now"),
        ),
        BulkAction("close", gettext_lazy("Close"), _closing, _close, _closing_in_words, "leads/triage/bulk/closing.html"),
    )
}


def remark_in(data: QueryDict) -> str:
    """What there is to add where they are closed; sealed, as all that people write."""
    remark = data.get("remark", "").replace("\r\n", "\n").strip()
    if len(remark) > REMARK_LIMIT:
        raise Conflict(_("Shorten it to %(limit)d characters or fewer.") % {"limit": REMARK_LIMIT})
    return remark
