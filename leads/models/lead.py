"""The lead: the person that staff work on."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models.clinic import Category, Stage
from leads.models.close_reason import CloseReason
from leads.models.ids import new_reference


class Attention(models.TextChoices):
    NEEDS_US = "needs_us", _("Needs us")
    SNOOZED = "snoozed", _("Snoozed")
    DONE = "done", _("Done for now")


class Screening(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    CHECK = "check", _("In check")
    SPAM = "spam", _("Spam")
    MERGED = "merged", _("Merged into another lead")  # kept for un-merging; everywhere else the other one stands for it


class Topic(models.TextChoices):
    HOW = "how", _("How it works")
    COST = "cost", _("Cost and insurance")
    SUITABILITY = "suitability", _("Whether it might be suitable")
    REFERRAL = "referral", _("Referring somebody")
    OTHER = "other", _("Something not listed")


class ReplyBy(models.TextChoices):
    EMAIL = "email", _("Email")
    CALL = "call", _("Phone call")
    TEXT = "text", _("Text message")


class LeadQuerySet(models.QuerySet["Lead"]):
    def accepted(self) -> Self:
        return self.filter(screening=Screening.ACCEPTED)

    def open(self) -> Self:
        return self.accepted().exclude(category=Category.CLOSED)

    def in_check(self) -> Self:
        return self.filter(screening=Screening.CHECK)

    def spam(self) -> Self:
        return self.filter(screening=Screening.SPAM)

    def not_accepted(self) -> Self:
        return self.filter(screening__in=[Screening.CHECK, Screening.SPAM])

    def needs_us(self) -> Self:
        return self.open().filter(attention=Attention.NEEDS_US)

    def snoozed(self) -> Self:
        return self.open().filter(attention=Attention.SNOOZED)

    def assigned_to(self, user: object) -> Self:
        return self.open().filter(owner=user)

    def unassigned(self) -> Self:
        return self.needs_us().filter(owner=None)

    def sleeping_past(self, now: datetime) -> Self:
        """Snoozed or done for now, and due again."""
        return self.open().exclude(attention=Attention.NEEDS_US).filter(due_at__lte=now)

    def locked(self) -> Self:
        """For changing them. Rows that point at a lead can still be written: whoever holds one of those never waits for us in turn.

        What was merged into another lead meanwhile is not among them, so that nothing is changed where nobody looks.
        """
        return self.filter(merged_into=None).select_for_update(no_key=True)

    def same_address_as(self, lead: "Lead") -> Self:
        """Possibly the same person: another lead with this email or phone."""
        same = Q(pk__in=[])
        if lead.email:
            same |= Q(email=lead.email)
        if lead.phone:
            same |= Q(phone=lead.phone)
        return self.accepted().filter(same).exclude(pk=lead.pk)


class Lead(models.Model):
    reference = models.CharField(max_length=12, default=new_reference)
    # The same person (policy.identity). NULL while in check, because any number of leads may be without one.
    identity_key = models.CharField(max_length=400, null=True)  # noqa: DJ001
    screening = models.CharField(max_length=10, choices=Screening, default=Screening.ACCEPTED)

    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True)  # normalised
    phone = models.CharField(max_length=40, blank=True)  # E.164 where it could be read as a number
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=40, blank=True, default="", db_default="")  # where we know it; else the clinic's counts
    topic = models.CharField(max_length=12, choices=Topic, blank=True)  # of the newest enquiry
    source = models.CharField(max_length=10, blank=True, default="", db_default="")  # the channel of the first enquiry
    reply_by = models.CharField(max_length=8, choices=ReplyBy, blank=True)
    may_leave_voicemail = models.BooleanField(default=False)
    no_email = models.BooleanField(default=False, db_default=False)  # so says their contact rule: nothing automatic is mailed

    asked_hours = models.CharField(max_length=40, blank=True, default="", db_default="")  # so says their contact rule (ContactRule.hours)

    # The lead that it is part of now; never one that is merged itself. `screening` says "merged" then; all else stays as it was.
    merged_into = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="merged", db_index=False
    )  # lead_merged

    is_example = models.BooleanField(default=False, db_default=False)  # nobody: shown to try things out, and removed with one click

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="leads")
    category = models.CharField(max_length=10, choices=Category)  # the stage's, copied so that constraints and indexes can use it
    close_reason = models.ForeignKey(  # of a closed lead, where somebody said it
        CloseReason, on_delete=models.PROTECT, null=True, blank=True, related_name="leads", db_index=False
    )  # lead_close_reason
    attention = models.CharField(max_length=10, choices=Attention, default=Attention.NEEDS_US)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    next_action = models.CharField(max_length=40, blank=True)  # reply, check_back, look_again, …: a code, worded by the desk
    due_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="leads")
    given_at = models.DateTimeField(null=True, blank=True)  # when it was given to somebody in turn: once, until they can't have it any more
    read_first = models.BooleanField(default=False)  # crisis words, and nobody has dealt with them yet
    held_at = models.DateTimeField(null=True, blank=True)  # automation stands still until a person releases it

    created_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)  # of the newest enquiry
    waiting_since = models.DateTimeField(null=True, blank=True)  # the oldest enquiry that nobody has answered

    objects = LeadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_lead_a_reference"),
            models.UniqueConstraint(fields=["identity_key"], name="one_lead_a_person"),
            # Nobody is forgotten: an open lead always has a next action and a time for it.
            models.CheckConstraint(
                condition=Q(category=Category.CLOSED) | (Q(due_at__isnull=False) & ~Q(next_action="")),
                name="open_lead_has_next_action",
            ),
            models.CheckConstraint(
                condition=Q(attention__in=[Attention.NEEDS_US, Attention.DONE], snoozed_until__isnull=True)
                | Q(attention=Attention.SNOOZED, snoozed_until__isnull=False),
                name="lead_snoozed_until_a_time",
            ),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="lead_category_known"),
            models.CheckConstraint(condition=Q(screening__in=Screening.values), name="lead_screening_known"),
            models.CheckConstraint(
                condition=Q(screening="merged", merged_into__isnull=False) | (~Q(screening="merged") & Q(merged_into__isnull=True)),
                name="merged_lead_has_another",
            ),
        ]
        indexes = [
            models.Index(
                # The owner comes last: how many are unassigned is counted without a look at the rows.
                fields=["-read_first", "due_at", "id", "owner"], name="lead_needs_us",
                condition=Q(screening="accepted", attention="needs_us") & ~Q(category="closed"),
            ),
            models.Index(
                fields=["owner", "-read_first", "due_at", "id"], name="lead_of_owner",
                condition=Q(screening="accepted") & ~Q(category="closed"),
            ),
            models.Index(
                fields=["due_at", "id"], name="lead_sleeping",
                condition=Q(screening="accepted") & ~Q(category="closed") & ~Q(attention="needs_us"),
            ),
            models.Index(
                fields=["due_at", "id"], name="lead_snoozed",
                condition=Q(screening="accepted", attention="snoozed") & ~Q(category="closed"),
            ),
            models.Index(fields=["-received_at", "-id"], name="lead_everyone", condition=Q(screening="accepted")),
            models.Index(fields=["-read_first", "-received_at", "-id"], name="lead_in_check", condition=Q(screening="check")),
            models.Index(fields=["-received_at", "-id"], name="lead_spam", condition=Q(screening="spam")),
            models.Index(
                fields=["stage", "-read_first", "due_at", "id"], name="lead_board",
                condition=Q(screening="accepted") & ~Q(category="closed"),
            ),
            # Of the forms that most people use the newest are found among everybody; the rest are few.
            models.Index(
                fields=["source", "-received_at", "-id"], name="lead_source",
                condition=Q(screening="accepted") & ~Q(source__in=["", "form"]),
            ),
            models.Index(
                fields=["waiting_since"], name="lead_waiting", condition=Q(screening="accepted", waiting_since__isnull=False)
            ),
            models.Index(fields=["merged_into"], name="lead_merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["id"], name="lead_example", condition=Q(is_example=True)),
            models.Index(
                # The oldest wait in the head of a column.
                fields=["stage", "waiting_since"], name="lead_board_wait",
                condition=Q(screening="accepted", attention="needs_us", waiting_since__isnull=False) & ~Q(category="closed"),
            ),
            models.Index(fields=["close_reason"], name="lead_close_reason", condition=Q(close_reason__isnull=False)),
            models.Index(fields=["email"], name="lead_email", condition=~Q(email="")),
            models.Index(fields=["phone"], name="lead_phone", condition=~Q(phone="")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.category != Category.CLOSED

    @property
    def standing(self) -> "Lead":
        """The lead that stands for this person: itself, or the one it was merged into."""
        return self.merged_into or self
