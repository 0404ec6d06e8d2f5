"""Automatic follow-up: a plan (sequence) in its versions, one mail in it (step), one lead's way through it (enrolment)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.event import Event
from leads.models.lead import Lead


class Starts(models.TextChoices):
    BY_ITSELF = "by_itself", _("By itself")  # with an enquiry that consents to follow-up
    BY_HAND = "by_hand", _("By hand")


class Sequence(models.Model):
    """Whom it is for, and whether it runs. What it says is in its versions."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    starts = models.CharField(max_length=10, choices=Starts, default=Starts.BY_HAND)
    position = models.PositiveSmallIntegerField(default=0)  # of several that start by themselves and match, the first wins
    # Whom it takes in by itself: codes, and an empty list means all.
    topics = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    channels = models.JSONField(default=list, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)  # nothing leaves; who joins waits
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    is_default = models.BooleanField(default=False, db_default=False)  # the release before reads it; goes with the next one

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.CheckConstraint(condition=Q(starts__in=Starts.values), name="sequence_starts_known")]

    def __str__(self) -> str:
        return self.name

    def takes_in(self, *, topic: str, language: str, channel: str) -> bool:
        wanted = ((self.topics, topic), (self.languages, language), (self.channels, channel))
        return all(not codes or code in codes for codes, code in wanted)


class Version(models.Model):
    """What a sequence says and when. Once published it never changes; whoever is under way keeps the one they began with."""

    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="versions", db_index=False)  # one_version_a_number
    number = models.PositiveSmallIntegerField()  # from 1
    windows = models.JSONField(default=dict, blank=True)  # as Clinic.hours, on the lead's clock; empty: 9 to 17 when the clinic opens
    changed_at = models.DateTimeField(null=True, blank=True)  # as a draft, at last
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True, blank=True)  # empty: the draft
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sequence", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["sequence"], condition=Q(published_at=None), name="one_draft_a_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Unit(models.TextChoices):
    MINUTES = "minutes", _("Minutes")
    HOURS = "hours", _("Hours")
    DAYS = "days", _("Days")
    WORKING_DAYS = "working_days", _("Working days")


class Step(models.Model):
    """One mail of a version, so long after the mail before it; the first, after the enquiry."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="steps", db_index=False)  # one_step_a_position
    position = models.PositiveSmallIntegerField()  # from 1
    wait = models.PositiveSmallIntegerField(default=1)
    unit = models.CharField(max_length=12, choices=Unit, default=Unit.WORKING_DAYS)
    # The release before reads these; they go with the next one.
    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    mail = models.SlugField(null=True, blank=True, db_index=False)  # noqa: DJ001  # empty: a new step has none
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_step_a_position"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="step_unit_known"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"


class StepText(models.Model):
    """What a step says in one language: plain text with variables (leads/followup/variables.py)."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="texts", db_index=False)  # one_text_a_language
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "language"], name="one_text_a_language")]

    def __str__(self) -> str:
        return f"{self.step_id} ({self.language})"


class EnrolmentState(models.TextChoices):
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")
    FINISHED = "finished", _("Finished")


class StopReason(models.TextChoices):
    """Why a follow-up stopped; shown on the timeline."""

    STAGE = "stage", _("the stage changed")
    CONTACTED = "contacted", _("somebody was in contact")
    CLOSED = "closed", _("the lead was closed")
    BOOKED = "booked", _("a time was booked")
    REPLIED = "replied", _("they replied")
    OPTED_OUT = "opted_out", _("they opted out")
    BY_HAND = "by_hand", _("stopped by hand")
    HELD = "held", _("automation is on hold")
    SUPPRESSED = "suppressed", _("their address gets no mail")
    BOUNCED = "bounced", _("their address does not exist")
    COMPLAINED = "complained", _("they reported our mail as spam")
    DELETION = "deletion", _("they asked us to delete their details")
    NO_EMAIL = "no_email", _("they asked us not to email")
    MERGED = "merged", _("two leads of theirs became one")


class Enrolment(models.Model):
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="enrolments", db_index=False)  # one_enrolment_a_sequence
    sequence = models.ForeignKey(Sequence, on_delete=models.PROTECT, related_name="enrolments", db_index=False)
    version = models.ForeignKey(  # empty: begun by the release before, and the sequence's newest
        Version, on_delete=models.PROTECT, null=True, related_name="enrolments", db_index=False
    )
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.RUNNING)
    anchor_at = models.DateTimeField(default=timezone.now)  # the first step counts from here: when they wrote
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
            models.Index(fields=["version"], name="enrolment_of_version", condition=Q(version__isnull=False)),
            models.Index(fields=["stopped_by"], name="enrolment_stopped_by", condition=Q(stopped_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.sequence_id} for {self.lead_id}"
