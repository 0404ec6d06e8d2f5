"""Whose turn it is to call somebody: for a few minutes nobody else in call mode is given the same lead."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from leads.models.lead import Lead
from leads.models.staff import User

LASTS = timedelta(minutes=10)


class CallTurnManager(models.Manager["CallTurn"]):
    def take(self, lead_id: int, user: User, now: datetime) -> bool:
        """Whether it is `user`'s from now on. The row count decides, so of two who ask at once one gets it."""
        self.get_or_create(lead_id=lead_id, defaults={"user": user, "until": now})
        free = self.filter(Q(until__lte=now) | Q(user=user), lead_id=lead_id)
        return free.update(user=user, until=now + LASTS) == 1

    def end(self, lead_id: int, user: User) -> bool:
        """Whether it was `user`'s until now: of two presses at once one ends it."""
        return self.filter(lead_id=lead_id, user=user).delete()[0] == 1

    def give_back(self, user: User) -> None:
        self.filter(user=user).delete()


class CallTurn(models.Model):
    lead = models.OneToOneField(Lead, on_delete=models.CASCADE, primary_key=True, related_name="call_turn")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="call_turns")
    until = models.DateTimeField()

    objects = CallTurnManager()

    def __str__(self) -> str:
        return f"{self.lead_id} until {self.until}"
