"""Mail leaves: take as many mails as lines are free, mark them as being handed over, hand them over, settle what came of it.

Marking is committed before the relay hears a word, together with settling the mails before it: one commit for all lines that have
come so far, and at any moment each line has at most one mail about which a crash leaves a doubt.
"""

import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leads.followup.letter import Letter
from leads.followup.letterhead import Letterhead
from leads.followup.outcome import Outcome, Result, Unreachable
from leads.followup.outlet import Outlet
from leads.followup.settle import settle, suppress
from leads.followup.tray import Tray
from leads.followup.turn import turn
from leads.followup.waiting import Line, finished
from leads.models import Message

logger = logging.getLogger(__name__)

RELAY_AWAY = timedelta(seconds=30)
SENT = Outcome(Result.SENT)

Taken = tuple[Outlet, Message, Letter]
Gone = list[tuple[Message, Outcome]]


def drain(tray: Tray, crew: Sequence[Outlet]) -> None:
    """What time or the relay does not allow for goes back to the queue as it was."""
    free = list(crew)
    _hand_over_all(tray, free)
    tray.release(None if free else timezone.now() + RELAY_AWAY)


def _hand_over_all(tray: Tray, free: list[Outlet]) -> None:
    """A line that can't be opened any more leaves `free` for good. An answer waits for others about as long as a commit takes."""
    busy: dict[Line, tuple[Outlet, Message]] = {}
    gone: Gone = []
    try:
        while (taken := _taken(tray, free)) or busy:
            start = time.monotonic()
            marked = _settled_and_marked(gone, [message for _, message, _ in taken], tray.head)
            linger = time.monotonic() - start
            gone = _begun(taken, marked, free, busy)
            for line, outcome in finished(busy, linger):
                outlet, message = busy.pop(line)
                free.append(outlet)
                gone.append((message, outcome))
    finally:
        _settled_and_marked(gone, [], tray.head)


def _taken(tray: Tray, free: list[Outlet]) -> list[Taken]:
    taken: list[Taken] = []
    while free and tray:
        if not opened(free[-1]):
            free.pop()
        elif written := tray.take():
            taken.append((free.pop(), *written))
    return taken


def opened(outlet: Outlet) -> bool:
    try:
        outlet.open()
    except Unreachable as error:
        logger.warning("The mail relay can't be reached (%s).", error)
        return False
    return True


def _settled_and_marked(gone: Gone, following: list[Message], head: Letterhead) -> set[UUID]:
    """Which of `following` may be handed over. Almost all mails are simply sent: one statement for them, and one commit for all."""
    others = [(message, outcome) for message, outcome in gone if outcome != SENT]
    sent = [message for message, outcome in gone if outcome == SENT]
    if not others:
        return turn(sent, following)
    with transaction.atomic():
        for message, outcome in sorted(others, key=_address):  # in one order, for two workers may stop the same leads
            settle(message, outcome, head)
        return turn(sent, following)


def _address(gone: tuple[Message, Outcome]) -> str:
    return gone[0].to_address


def _begun(taken: list[Taken], marked: set[UUID], free: list[Outlet], busy: dict[Line, tuple[Outlet, Message]]) -> Gone:
    """Hands over what is marked. What some outlets have done at once."""
    gone: Gone = []
    for outlet, message, letter in taken:
        if message.pk not in marked:
            suppress(message)
        elif isinstance(answer := outlet.send(letter), Outcome):
            gone.append((message, answer))
        else:
            busy[answer] = (outlet, message)
            continue
        free.append(outlet)
    return gone
