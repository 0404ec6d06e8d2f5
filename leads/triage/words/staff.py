"""The people behind the desk, to look at: what is known of them may be a moment old."""

from leads.access import Right, may
from leads.models import RememberedById, User

people = RememberedById(lambda: User.objects.only("email", "name", "role", "is_active").in_bulk())
"""Everybody, those who left, too: leads may still be theirs."""


def colleagues() -> list[User]:
    """Who works on leads, by name; whoever left or has no rights isn't offered."""
    return sorted((user for user in people().values() if may(user, Right.WORK_LEADS)), key=str)
