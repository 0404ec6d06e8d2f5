"""Tells the workers that mail is due. Only a doorbell: what it says may vanish or come twice, and neither matters.

A visitor never waits for the broker: `ring()` sets a flag, and one daemon thread a process does the talking,
at most every 100 ms however many rang. The sweep finds whatever a lost ring left behind.
"""

import logging
import os
import threading
import time
from contextlib import suppress

from celery import current_app
from kombu import Connection

logger = logging.getLogger(__name__)

PAUSE = 0.1  # seconds between two rings: one enqueue costs about as much as a whole capture
REST = 30.0  # seconds for which a broker that failed is left alone
EXPIRES = 30  # seconds after which a ring that nobody took is worth nothing
DELIVER = "leads.followup.tasks.deliver"
BULK = "leads.triage.tasks.bulk"  # many leads are to be changed


class Line:
    """The connection to the broker, kept from ring to ring: making one costs as much as a capture."""

    def __init__(self, task: str = DELIVER) -> None:
        self._task = task
        self._connection: Connection | None = None

    def send(self) -> None:
        connection = self._connection or current_app.connection_for_write()
        self._connection = None  # what breaks in this attempt can't spoil the next
        try:
            current_app.send_task(self._task, connection=connection, retry=False, ignore_result=True, expires=EXPIRES)
        except BaseException:
            with suppress(Exception):
                connection.release()
            raise
        self._connection = connection

    @property
    def is_kept(self) -> bool:
        return self._connection is not None


def publish(line: Line) -> None:
    """A line that broke since the last ring says nothing about the broker: then a new one is tried at once."""
    if line.is_kept:
        with suppress(Exception):
            line.send()
            return
    line.send()


class Doorbell:
    """One a process and task. Its thread starts with the first ring and is a daemon, so that it never holds up the end."""

    def __init__(self, task: str = DELIVER) -> None:
        self._rung = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._silent = False
        self._line = Line(task)

    def ring(self) -> None:
        self._rung.set()
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="doorbell", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._rung.wait()
            self._rung.clear()  # Before publishing: a ring from now on is a ring of its own.
            if self._publish():
                time.sleep(PAUSE)
            else:
                self._rung.set()
                time.sleep(REST)

    def _publish(self) -> bool:
        try:
            publish(self._line)
        except Exception as error:  # whatever a broker's library raises, the sweep makes up for it
            self._complain(error)
            return False
        self._silent = False
        return True

    def _complain(self, error: Exception) -> None:
        """Once for each outage, and without the broker's address, which may hold a password."""
        if not self._silent:
            logger.warning("The doorbell is out of order (%s); the sweep carries on.", type(error).__name__)
        self._silent = True


_doorbell = Doorbell()
_bulk_bell = Doorbell(BULK)


def ring() -> None:
    """Mail is due. Call it in `transaction.on_commit(ring, robust=True)`; returns at once and never raises."""
    _doorbell.ring()


def ring_for_bulk() -> None:
    """The same for a change of many leads; `leads.triage.tasks.bulk` comes by every ten seconds in any case."""
    _bulk_bell.ring()


def _hang_a_new_one() -> None:
    """A fork copies no thread, and a lock perhaps in mid-air."""
    global _bulk_bell, _doorbell
    _doorbell, _bulk_bell = Doorbell(), Doorbell(BULK)


os.register_at_fork(after_in_child=_hang_a_new_one)
