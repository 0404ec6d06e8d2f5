"""What becomes of people from a file: a new lead, the lead they have, or nothing. One rule, tried out and for good."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models.functions import Coalesce

from leads.capture.importing.people import Person
from leads.models import TAKEN, Import, ImportRow, Lead, Outcome, SamePerson


@dataclass(slots=True)
class Placed:
    person: Person
    outcome: Outcome
    lead_id: int | None = None  # of the lead that it joins, where that was there before this batch
    anonymous: bool = False  # a lead of its own beside the one of the same person: it can't have the key, too

    @property
    def digest(self) -> str:
        return digest(self.person.key)


def digest(key: str) -> str:
    """Says whether two rows are the same person's, and not whose."""
    return hmac.digest(settings.SECRET_KEY.encode(), key.encode(), "sha256").hex()[:32]


def place(found: Import, people: Sequence[Person], *, lock: bool = False) -> list[Placed]:
    """`lock`: the leads that are joined stay as they are until the transaction ends."""
    known, earlier, here = _known(people, lock=lock), _seen(found, people), set[str]()
    placed = []
    for person in people:
        # Once it is done for good, a lead that an earlier row made and that is gone or another person's by now takes nobody in.
        in_file = person.key in here or (digest(person.key) in earlier and (person.key in known or not lock))
        placed.append(_placed(found, person, known.get(person.key), in_file))
        here.add(person.key)
    return placed


def _placed(found: Import, person: Person, lead: int | None, in_file: bool) -> Placed:
    if found.same_person == SamePerson.OWN:
        return Placed(person, Outcome.MADE, anonymous=in_file or lead is not None)
    joins = found.same_person == SamePerson.JOIN
    if in_file:
        return Placed(person, Outcome.REPEATED if joins else Outcome.TWICE, lead)
    if lead is not None:
        return Placed(person, Outcome.JOINED if joins else Outcome.KNOWN, lead)
    return Placed(person, Outcome.MADE)


def _known(people: Sequence[Person], *, lock: bool) -> dict[str, int]:
    """Whose lead was merged into another has that one. Where one is merged this moment, the key is refused and all looks again."""
    known = Lead.objects.filter(identity_key__in={person.key for person in people})
    if lock:
        standing = known.values_list(Coalesce("merged_into", "pk"), flat=True)
        held = set(Lead.objects.locked().filter(pk__in=list(standing)).order_by("pk").values_list("pk", flat=True))
    found = known.values_list("identity_key", Coalesce("merged_into", "pk"))
    return {key: pk for key, pk in found if key and (not lock or pk in held)}


def _seen(found: Import, people: Sequence[Person]) -> set[str]:
    """Who stands in an earlier row of this file."""
    digests = {digest(person.key) for person in people}
    return set(ImportRow.objects.filter(imported=found, person__in=digests, outcome__in=TAKEN).values_list("person", flat=True))
