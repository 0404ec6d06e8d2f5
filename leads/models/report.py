"""What reports are made of: counts a day, kept so that no report scans the leads. Nothing here says who anybody is.

`Tally` answers for everybody and for one topic, source, owner and so on by itself; `MixDay` for several of them together (decision 0026).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leads.models.clinic import Category
from leads.models.sequence import StopReason


class Cut(models.TextChoices):
    """By what a count is split; `value` says which one."""

    ALL = "all", _("All")
    TOPIC = "topic", _("Topic")
    SOURCE = "source", _("Source")
    OWNER = "owner", _("Owner")
    STAGE = "stage", _("Stage")
    REASON = "reason", _("Close reason")  # of closed leads
    LANGUAGE = "language", _("Language")  # in no Tally: there it is ALL, and the language is its value


class Measure(models.TextChoices):
    ENQUIRIES = "enquiries", _("Enquiries")
    HOUR = "hour", _("Enquiries by hour")  # bucket: weekday-hour, Monday is 0
    ANSWERS = "answers", _("Answers")
    IN_TIME = "in_time", _("Answered within the promise")
    WAIT = "wait", _("Time to first answer")  # bucket: the place of its step in leads/reports/waits.py
    BOOKED = "booked", _("Consultations booked")
    REACHED = "reached", _("Leads that came so far")  # bucket: a category; counted on the day of the lead's first enquiry
    SENT = "sent", _("Follow-ups sent")
    STOPPED = "stopped", _("Follow-ups stopped")  # bucket: a StopReason


class Tally(models.Model):
    """How many on one day of the clinic's calendar. Of ALL, "" is everybody and "es" is everybody whose language that is."""

    day = models.DateField()
    cut = models.CharField(max_length=8, choices=Cut)
    value = models.CharField(max_length=50, blank=True)
    measure = models.CharField(max_length=10, choices=Measure)
    bucket = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cut", "value", "day", "measure", "bucket"], name="one_tally_a_count"),
            models.CheckConstraint(condition=Q(cut__in=[cut for cut in Cut.values if cut != Cut.LANGUAGE]), name="tally_cut_known"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="tally_measure_known"),
        ]
        indexes = [
            models.Index(fields=["day"], name="tally_of_day"),
            models.Index(fields=["measure", "day"], name="tally_of_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.measure}"


NOT_CLOSED = "open"  # as a mix's close reason: "" is closed, but without one


class Mix(models.Model):
    """A topic, a source, an owner, a stage, a close reason and a language that some lead has, or had, together."""

    topic = models.CharField(max_length=50, blank=True)
    source = models.CharField(max_length=50)
    owner = models.CharField(max_length=50, blank=True)
    stage = models.CharField(max_length=50)
    reason = models.CharField(max_length=50, blank=True)
    language = models.CharField(max_length=50)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "source", "owner", "stage", "reason", "language"], name="one_mix_of_each"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.source}"


HOURS, WAIT_STEPS = range(24), range(21)  # of the day; of leads/reports/waits.py
FUNNEL = (Category.NEW, Category.WORKING, Category.BOOKED, Category.WON)


def column(measure: Measure, bucket: str) -> str:
    """Where a day of a mix keeps it. A day has one weekday: of its hours the number is enough."""
    return "_".join(filter(None, (measure.value, bucket.rpartition("-")[2])))


PLAIN = (Measure.ENQUIRIES, Measure.ANSWERS, Measure.IN_TIME, Measure.BOOKED, Measure.SENT)
BUCKETS: dict[Measure, tuple[str, ...]] = {
    Measure.HOUR: tuple(f"{hour}" for hour in HOURS),
    Measure.WAIT: tuple(f"{step}" for step in WAIT_STEPS),
    Measure.REACHED: tuple(category.value for category in FUNNEL),
    Measure.STOPPED: tuple(StopReason.values),
}
COLUMNS: dict[str, tuple[Measure, str]] = {column(measure, ""): (measure, "") for measure in PLAIN} | {
    column(measure, bucket): (measure, bucket) for measure, buckets in BUCKETS.items() for bucket in buckets
}


class MixDay(models.Model):
    """All that one mix counts on one day, in a row: a column for each measure and bucket, added below. What is nothing takes no room."""

    mix = models.ForeignKey(Mix, on_delete=models.CASCADE, db_index=False)
    day = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mix", "day"], name="one_day_of_a_mix")]

    def __str__(self) -> str:
        return f"{self.day} {self.mix_id}"


for _column in COLUMNS:
    MixDay.add_to_class(_column, models.PositiveIntegerField(null=True))


class DayToCount(models.Model):
    """A day on which something changed since it was counted."""

    day = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.day}"


class Counting(models.Model):
    """How far the counting has come: one row, which whoever counts holds locked."""

    seen_until = models.DateTimeField(null=True)  # events up to here have marked their days; empty: none yet
    counted_at = models.DateTimeField(null=True)  # when no day was left to count

    def __str__(self) -> str:
        return f"{self.counted_at}"
