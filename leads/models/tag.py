"""Tags: the clinic's own words for leads. They are shown in lists, so nothing that people told us belongs in one."""

import unicodedata
from collections.abc import Collection, Iterable

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from leads.models.clinic import Tone
from leads.models.lead import Lead, LeadQuerySet
from leads.models.remembered import RememberedById

NAME_LENGTH = 30
MOST_ON_A_LEAD = 20


def folded(name: str) -> str:
    """As names are compared: "VIP" and "vip" are one."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()[: 3 * NAME_LENGTH]  # one letter can fold into three


class TagManager(models.Manager["Tag"]):
    def known(self) -> "list[Tag]":
        """By name. To look at, not to change: they may be a moment old."""
        return sorted(_tags().values(), key=lambda tag: tag.folded)

    def known_by_id(self, wanted: Collection[int]) -> "dict[int, Tag]":
        return _tags.with_ids(wanted)

    def named(self, name: str) -> "Tag | None":
        """In any case. A NUL is in no name, and no database takes it."""
        return None if "\x00" in name else self.filter(folded=folded(name)).first()

    def take(self, name: str) -> "Tag":
        """The one of this name, made where there is none yet. Of two who make it at once, both get the same."""
        if known := self.named(name):
            return known
        try:
            with transaction.atomic():
                return self.create(name=name)
        except IntegrityError:
            return self.get(folded=folded(name))

    def of_leads(self, leads: Collection[int]) -> "dict[int, list[Tag]]":
        """By lead, each one's by name; in one query, and in none where there are no tags at all."""
        if not leads or not _tags():
            return {}
        links = LeadTag.objects.filter(lead_id__in=leads).values_list("lead_id", "tag_id")
        return self.by_lead(list(links))

    def by_lead(self, links: Collection[tuple[int, int]]) -> "dict[int, list[Tag]]":
        known, found = self.known_by_id({tag for _lead, tag in links}), dict[int, list[Tag]]()
        for lead, tag in links:
            if tag in known:  # not removed this moment
                found.setdefault(lead, []).append(known[tag])
        return {lead: sorted(tags, key=lambda tag: tag.folded) for lead, tags in found.items()}


class Tag(models.Model):
    name = models.CharField(max_length=NAME_LENGTH)
    folded = models.CharField(max_length=3 * NAME_LENGTH, editable=False)
    tone = models.CharField(max_length=8, choices=Tone, default=Tone.MUTED)
    leads = models.ManyToManyField(Lead, through="LeadTag", related_name="tags")

    objects = TagManager()

    class Meta:
        ordering = ["folded"]
        constraints = [
            models.UniqueConstraint(fields=["folded"], name="one_tag_a_name"),
            models.CheckConstraint(condition=models.Q(tone__in=Tone.values), name="tag_tone_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        """Whoever gives it a name gives it the one it is found by."""
        self.folded = folded(self.name)
        super().save(*args, **options)  # type: ignore[arg-type]  # handed on as they came


class LeadTag(models.Model):
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="tagged", db_index=False)  # one_tag_once_a_lead
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged", db_index=False)  # leads_of_tag
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "tag"], name="one_tag_once_a_lead")]
        indexes = [models.Index(fields=["tag", "lead"], name="leads_of_tag")]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.tag_id}"


def tagged(leads: LeadQuerySet, tags: Iterable[int]) -> LeadQuerySet:
    """Those that have every one of these tags."""
    for tag in tags:
        leads = leads.filter(pk__in=LeadTag.objects.filter(tag_id=tag).values("lead_id"))
    return leads


_tags = RememberedById(lambda: {tag.pk: tag for tag in Tag.objects.all()})
