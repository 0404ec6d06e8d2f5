"""What reports are made of: counts a day, kept so that no report scans the leads. Nothing here says who anybody is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Cut(models.TextChoices):
    """By what a count is split; `value` says which one."""

    ALL = "all", _("All")
    TOPIC = "topic", _("Topic")
    SOURCE = "source", _("Source")
    OWNER = "owner", _("Owner")
    STAGE = "stage", _("Stage")
    REASON = "reason", _("Close reason")  # of closed leads


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
    """How many on one day of the clinic's calendar."""

    day = models.DateField()
    cut = models.CharField(max_length=8, choices=Cut)
    value = models.CharField(max_length=50, blank=True)
    measure = models.CharField(max_length=10, choices=Measure)
    bucket = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cut", "value", "day", "measure", "bucket"], name="one_tally_a_count"),
            models.CheckConstraint(condition=Q(cut__in=Cut.values), name="tally_cut_known"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="tally_measure_known"),
        ]
        indexes = [
            models.Index(fields=["day"], name="tally_of_day"),
            models.Index(fields=["measure", "day"], name="tally_of_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.measure}"


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
