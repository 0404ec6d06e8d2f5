"""The tables that made-up leads fill, written together."""

from django.db import transaction

from leads.models import Answer, Enquiry, Enrolment, Event, Lead, Message, Suppression
from leads.models.many_rows import Row, Table


class Tables:
    """In the order in which they refer to each other."""

    def __init__(self) -> None:
        self.leads, self.enquiries, self.events = Table(Lead), Table(Enquiry), Table(Event)
        self.enrolments, self.messages, self.answers = Table(Enrolment), Table(Message), Table(Answer)
        self.suppressions = Table(Suppression)
        self.all = list(vars(self).values())

    def take(self) -> list[list[Row]]:
        """What has come together, for `write`; the tables begin again."""
        taken = [table.rows for table in self.all]
        for table in self.all:
            table.rows = []
        return taken

    @transaction.atomic
    def write(self, taken: list[list[Row]]) -> int:
        """All or nothing. How many rows."""
        for table, rows in zip(self.all, taken, strict=True):
            table.write(rows)
        return sum(map(len, taken))
