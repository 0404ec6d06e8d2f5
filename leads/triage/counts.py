"""How many, as far as it matters: never a count of a whole table."""

from leads.models import LeadQuerySet

MANY = 1000


def capped(leads: LeadQuerySet) -> str:
    number = leads.order_by().values("pk")[:MANY].count()
    return f"{MANY - 1}+" if number >= MANY else str(number)
