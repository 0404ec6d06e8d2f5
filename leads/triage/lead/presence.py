"""Who else has a lead's page open, told by the page itself every few seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leads.models import Lead, Presence, User

STAYS = timedelta(seconds=25)  # without a sign of life; the page gives one every eight
WRITES = timedelta(seconds=20)  # after the last key


@dataclass(frozen=True, slots=True)
class Here:
    name: str
    writes: bool


def be_here(*, by: User, lead: Lead, writes: bool, now: datetime) -> None:
    """One statement, whether they were here before or not: two pages of theirs never meet."""
    sign, changed = Presence(lead=lead, user=by, seen_at=now), ["seen_at"]
    if writes:
        sign.wrote_at = now
        changed.append("wrote_at")
    Presence.objects.bulk_create([sign], update_conflicts=True, unique_fields=["lead", "user"], update_fields=changed)


def leave(*, by: User, lead: Lead) -> None:
    Presence.objects.filter(lead=lead, user=by).delete()


def others_here(lead: Lead, user: User, now: datetime) -> list[Here]:
    """By name, whoever writes first."""
    signs = Presence.objects.filter(lead=lead, seen_at__gt=now - STAYS, user__is_active=True).exclude(user=user).select_related("user")
    here = [Here(str(sign.user), bool(sign.wrote_at and sign.wrote_at > now - WRITES)) for sign in signs]
    return sorted(here, key=lambda each: (not each.writes, each.name))
