"""Automatic follow-up: a plan (sequence), one mail in it (step), one lead's way through it (enrolment)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.event import Event
from leads.models.lead import Lead


class Sequence(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    is_default = models.BooleanField(default=False)  # joins leads that consented, by itself

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()  # from 1
    mail = models.SlugField(db_index=False)  # templates/mail/<mail>/
    working_days = models.PositiveSmallIntegerField()  # after the enquiry

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["sequence", "position"], name="one_step_a_position")]

    def __str__(self) -> str:
        return f"{self.position}"


class EnrolmentState(models.TextChoices):
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")
    FINISHED = "finished", _("Finished")


class StopReason(models.TextChoices):
    """Why a follow-up stopped; shown on the timeline."""

    STAGE = "stage", _("the stage changed")
    CONTACTED = "contacted", _("somebody was in contact")
    CLOSED = "closed", _("the lead was closed")
    OPTED_OUT = "opted_out", _("they opted out")
    BY_HAND = "by_hand", _("stopped by hand")
    HELD = "held", _("automation is on hold")
    SUPPRESSED = "suppressed", _("their address gets no mail")


class Enrolment(models.Model):
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="enrolments", db_index=False)  # one_enrolment_a_sequence
    sequence = models.ForeignKey(Sequence, on_delete=models.PROTECT, related_name="enrolments", db_index=False)
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.RUNNING)
    anchor_at = models.DateTimeField(default=timezone.now)  # the steps' working days count from here
    next_step = models.PositiveSmallIntegerField(default=1)  # position of the next mail
    due_at = models.DateTimeField(null=True)  # when it leaves; empty once finished
    stop_reason = models.CharField(max_length=12, choices=StopReason, blank=True)
    stopped_by = models.ForeignKey(
        Event, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )  # undoing that event resumes

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lead", "sequence"], name="one_enrolment_a_sequence"),
            models.CheckConstraint(condition=Q(state__in=EnrolmentState.values), name="enrolment_state_known"),
            models.CheckConstraint(condition=~Q(state="running") | Q(due_at__isnull=False), name="running_enrolment_is_due"),
            models.CheckConstraint(condition=~Q(state="stopped") | ~Q(stop_reason=""), name="stopped_enrolment_has_reason"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="enrolment_due", condition=Q(state="running")),
            models.Index(fields=["stopped_by"], name="enrolment_stopped_by", condition=Q(stopped_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.sequence_id} for {self.lead_id}"
