"""One row of a file becomes a person as they will stand on the desk, or the reason why it can't."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Self, TypeVar

from leads.access import Right, staff_with
from leads.capture.forms import MESSAGE_LENGTH
from leads.capture.importing.records import Record
from leads.models import Clinic, Outcome, Stage, Topic
from leads.policy.hours import opening_hours
from leads.policy.identity import LONGEST_PHONE, identity_key, normal_email, normal_phone
from leads.policy.names import LONGEST_NAME
from leads.policy.reachable import EMAIL_LENGTH, can_be_email, can_be_phone
from leads.policy.typed_text import clean_line, clean_text

Found = TypeVar("Found")
LONGEST_SOURCE = 100
FIRST_YEAR = 1990
MONTH_FIRST = {"US", "PH"}  # where 5/31 is written
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?")
TOPICS = {
    "how": "how it works como funciona",
    "cost": "cost price insurance cost and insurance coste costo precio seguro",
    "suitability": "suitability suitable whether it might be suitable idoneidad",
    "referral": "referral referring somebody derivacion remision",
}


@dataclass(slots=True)
class Person:
    number: int
    name: str
    email: str  # normalised, both
    phone: str
    key: str  # who it is, as policy.identity says
    typed_email: str = ""
    typed_phone: str = ""
    topic: str = ""
    message: str = ""
    note: str = ""
    source: str = ""
    received_at: datetime | None = None
    owner_id: int | None = None
    stage: Stage | None = None


class Unusable(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True)
class World:
    """What the words of a row are looked up in; as it stood when the work began."""

    country: str
    zone: tzinfo
    now: datetime
    stages: dict[str, Stage] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)

    @classmethod
    def at(cls, now: datetime) -> Self:
        stages = {name.casefold(): stage for stage in Stage.objects.all() for name in (stage.slug, stage.name)}
        owners = {name.casefold(): user.pk for user in staff_with(Right.WORK_LEADS) for name in (user.email, str(user))}
        return cls(Clinic.current().country, opening_hours().zone, now, stages, owners)


@dataclass(frozen=True)
class Reader:
    """Reads rows by what somebody said of each column."""

    columns: Sequence[str]
    world: World

    def person(self, record: Record) -> Person:
        """Unusable says why it is none."""
        if record.problem:
            raise Unusable(record.problem)
        given = self._given(record.cells)
        name, typed_email, typed_phone = self._name(given), clean_line(given.get("email", "")), clean_line(given.get("phone", ""))
        email, phone = self._email(typed_email), self._phone(typed_phone)
        if not email and not phone:
            raise Unusable(Outcome.NO_ADDRESS)
        return Person(
            record.number,
            name,
            email,
            phone,
            identity_key(name, email, phone),
            typed_email,
            typed_phone,
            topic=_topic(clean_line(given.get("topic", ""))),
            message=_text(given.get("message", "")),
            note=_text(given.get("note", "")),
            source=clean_line(given.get("source", ""))[:LONGEST_SOURCE],
            received_at=self._moment(clean_line(given.get("received", ""))),
            owner_id=_among(self.world.owners, given.get("owner", ""), Outcome.NO_OWNER),
            stage=_among(self.world.stages, given.get("stage", ""), Outcome.NO_STAGE),
        )

    def _given(self, cells: list[str]) -> dict[str, str]:
        """Whatever a row has more or fewer than the others, its cells may stand in the wrong columns. Empty ones at its end do no harm."""
        expected = len(self.columns)
        if len(cells) > expected and any(cell.strip() for cell in cells[expected:]):
            raise Unusable(Outcome.TOO_MANY)
        if len(cells) < expected:
            raise Unusable(Outcome.TOO_FEW)
        return {code: cell for code, cell in zip(self.columns, cells, strict=False) if code}

    @staticmethod
    def _name(given: dict[str, str]) -> str:
        name = clean_line(" ".join(given.get(part, "") for part in ("name", "first", "last")))
        if not name:
            raise Unusable(Outcome.NO_NAME)
        if len(name) > LONGEST_NAME:
            raise Unusable(Outcome.LONG_NAME)
        return name

    @staticmethod
    def _email(typed: str) -> str:
        if not typed:
            return ""
        if len(typed) > EMAIL_LENGTH or not can_be_email(typed):
            raise Unusable(Outcome.BAD_EMAIL)
        return normal_email(typed)

    def _phone(self, typed: str) -> str:
        if not typed:
            return ""
        if len(typed) > LONGEST_PHONE or not can_be_phone(typed):
            raise Unusable(Outcome.BAD_PHONE)
        return normal_phone(typed, self.world.country)

    def _moment(self, text: str) -> datetime | None:
        if not text:
            return None
        moment = _read_moment(text, self.world)
        if moment is None or not (moment.year >= FIRST_YEAR and moment <= self.world.now):
            raise Unusable(Outcome.BAD_DATE)
        return moment


def _read_moment(text: str, world: World) -> datetime | None:
    formats: Iterable[str] = ("%m/%d/%Y", "%m/%d/%y") if world.country in MONTH_FIRST else ("%d/%m/%Y", "%d/%m/%y")
    try:
        if _ISO.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=world.zone)
    except ValueError:
        return None
    for form in (*formats, "%d.%m.%Y"):
        for clock in ("", " %H:%M", " %H:%M:%S", " %I:%M %p"):
            try:
                return datetime.strptime(text, form + clock).replace(tzinfo=world.zone)
            except ValueError:
                continue
    return None


def _text(text: str) -> str:
    text = clean_text(text)
    if len(text) > MESSAGE_LENGTH:
        raise Unusable(Outcome.LONG_TEXT)
    return text


def _topic(text: str) -> str:
    """A topic that is none of ours is "something not listed"."""
    words = text.casefold()
    for code, names in TOPICS.items():
        if words == code or (words and words in names):
            return code
    return Topic.OTHER.value if words else ""


def _among(known: dict[str, Found], text: str, otherwise: Outcome) -> Found | None:
    words = clean_line(text).casefold()
    if not words:
        return None
    if words not in known:
        raise Unusable(otherwise)
    return known[words]
