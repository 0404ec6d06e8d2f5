"""The clinic itself and the stages it works with: settings that staff edit, one row each."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from leads.models.remembered import Remembered, RememberedById


def weekday_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, 9 to 5: {weekday 0 to 6 as text: [[opens, closes], …]} in the clinic's time zone."""
    return {str(day): [["09:00", "17:00"]] for day in range(5)}


def default_channels() -> list[str]:
    return ["email", "call"]


class Accent(models.TextChoices):
    """The colour of buttons and links: values are names in tokens.css."""

    SEA = "sea", _("Sea")
    SKY = "sky", _("Sky")
    HEATHER = "heather", _("Heather")
    MOSS = "moss", _("Moss")


class Clinic(models.Model):
    """A single row, made by the first migration."""

    name = models.CharField(max_length=80, default="Harbor Infusion Clinic")
    short_name = models.CharField(max_length=20, default="Harbor")
    sender_name = models.CharField(max_length=40, default="Harbor")  # discreet: shown in strangers' inboxes
    address = models.CharField(max_length=200, default="12 Quay Street")
    phone = models.CharField(max_length=40, default="(555) 010-0199")
    time_zone = models.CharField(max_length=40, default="America/New_York")
    country = models.CharField(max_length=2, default="US")
    subdivision = models.CharField(max_length=6, blank=True)
    hours = models.JSONField(default=weekday_hours)
    promise_hours = models.PositiveSmallIntegerField(default=4)  # opening hours from receipt to answer
    check_back_days = models.PositiveSmallIntegerField(default=10)  # working days
    channels = models.JSONField(default=default_channels)  # of email, call, text
    emergency_number = models.CharField(max_length=20, default="911")
    crisis_line = models.CharField(max_length=20, default="988")
    crisis_line_takes_texts = models.BooleanField(default=True)
    reviewed_by = models.CharField(max_length=80, blank=True)  # the clinician who checked the public page
    reviewed_on = models.DateField(null=True, blank=True)
    accent = models.CharField(max_length=10, choices=Accent, default=Accent.SEA, db_default="sea")
    visitors_theme = models.CharField(
        max_length=6,
        choices=[("system", _("As their device is set")), ("light", _("Light")), ("dark", _("Dark"))],
        default="system",
        db_default="system",
    )
    wording = models.JSONField(default=dict, db_default={}, blank=True)  # of the form: {language: {place: text}}, policy.form_wording
    hours_confirmed_at = models.DateTimeField(null=True, blank=True)  # somebody has looked at them, and saved
    crisis_confirmed_at = models.DateTimeField(null=True, blank=True)
    first_run_ended_at = models.DateTimeField(null=True, blank=True)  # the checklist is gone from the inbox
    gives_turns = models.BooleanField(default=False, db_default=False)  # new leads are given out, to whoever is next
    escalate_hours = models.PositiveSmallIntegerField(default=2, db_default=2)  # opening hours from overdue to the managers
    keep_spam_days = models.PositiveSmallIntegerField(null=True, blank=True)  # empty: for ever
    keep_closed_months = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        """Whoever pressed the button sees on the next page what became of it."""
        super().save(*args, **options)  # type: ignore[arg-type]  # handed on as they came
        transaction.on_commit(_current.forget)

    @classmethod
    def current(cls) -> "Clinic":
        """To look at, not to change: it may be a moment old."""
        return _current()

    @classmethod
    def last_seen(cls) -> "Clinic":
        """For pages that must show while the database is away: no query; without a name and phone where this process never had them."""
        return _current.last or cls(name="", short_name="", address="", phone="")


_current = Remembered(lambda: Clinic.objects.get(pk=1))


class Closure(models.Model):
    """A day on which the clinic is closed, beside the public holidays."""

    day = models.DateField(unique=True)
    reason = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.day}"


class Category(models.TextChoices):
    """What a stage means to rules and reports, whatever the clinic calls it."""

    NEW = "new", _("New")
    WORKING = "working", _("Working")
    BOOKED = "booked", _("Booked")
    WON = "won", _("Won")
    CLOSED = "closed", _("Closed")


class Tone(models.TextChoices):
    """The chips' colours, without the red that says danger."""

    MUTED = "muted", _("Grey")
    INFO = "info", _("Blue")
    OK = "ok", _("Green")
    WARN = "warn", _("Amber")
    ACCENT = "accent", _("Teal")


class StageManager(models.Manager["Stage"]):
    def first_of(self, category: str) -> "Stage":
        """By position. To look at, not to change: it may be a moment old."""
        return next(stage for stage in self.known() if stage.category == category)

    def known(self) -> "list[Stage]":
        """Those in use, by position. To look at, not to change: they may be a moment old."""
        return [stage for stage in self.ever() if not stage.gone_to_id]

    def known_to_close(self) -> "list[Stage]":
        """Of these, those that close a lead: a page that does so asks why."""
        return [stage for stage in self.known() if stage.category == Category.CLOSED]

    def known_to_move(self, own: int) -> "list[Stage]":
        """Of these, those to which a lead in the stage `own` is moved with one press: closing asks why."""
        return [stage for stage in self.known() if stage.category != Category.CLOSED or stage.pk == own]

    def ever(self) -> "list[Stage]":
        """Those that are gone, too: what happened to a lead still names them."""
        return list(_stages().values())

    def in_use(self) -> "models.QuerySet[Stage]":
        """Read now."""
        return self.filter(gone_to=None)

    def known_by_id(self, wanted: Iterable[int]) -> "dict[int, Stage]":
        return _stages.with_ids(wanted)

    def named(self, text: str) -> "Stage | None":
        """By slug, else by name in any case. Compared here: outsiders send texts that no database takes."""
        return next((stage for stage in self.in_use() if text == stage.slug or text.casefold() == stage.name.casefold()), None)


class Stage(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=40)
    category = models.CharField(max_length=10, choices=Category)
    position = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=8, blank=True, default="", db_default="")  # a Tone; empty: its category's
    # Set: no longer in use, and its leads go there. The row stays: a process that has not heard of it may put a lead here for a moment.
    gone_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    objects = StageManager()

    class Meta:
        ordering = ["position"]
        constraints = [models.CheckConstraint(condition=models.Q(category__in=Category.values), name="stage_category_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        """Of its chip."""
        return self.colour or TONES[self.category]


TONES: dict[str, str] = {
    Category.NEW: "info",
    Category.WORKING: "warn",
    Category.BOOKED: "accent",
    Category.WON: "ok",
    Category.CLOSED: "muted",
}


_stages = RememberedById(lambda: {stage.pk: stage for stage in Stage.objects.all()})
