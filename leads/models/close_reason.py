"""Why a lead is closed, in kind words: a short list that the clinic keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leads.models.remembered import RememberedById

NAME_LENGTH = 60


class CloseReasonManager(models.Manager["CloseReason"]):
    def known(self) -> "list[CloseReason]":
        """Those that can be chosen, by position. To look at, not to change: they may be a moment old."""
        return [reason for reason in _reasons().values() if reason.offered]

    def with_id(self, pk: int | None) -> "CloseReason | None":
        """Also one that is no longer offered."""
        return _reasons.with_ids({pk}).get(pk) if pk else None


class CloseReason(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=NAME_LENGTH, verbose_name=_("Name"))
    position = models.PositiveSmallIntegerField()
    offered = models.BooleanField(default=True)  # no longer: leads that were closed with it keep it
    refers_out = models.BooleanField(default=False)  # they are told where else to turn

    objects = CloseReasonManager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


_reasons = RememberedById(lambda: {reason.pk: reason for reason in CloseReason.objects.all()})
