"""A list that somebody named: what it asks for, as an address's query."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leads.models.sealed import SealedTextField

NAME_LENGTH, QUERY_LENGTH = 60, 600


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: object) -> Self:
        """One's own, and what is shared."""
        return self.filter(Q(owner=user) | Q(shared=True))


class SavedView(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=NAME_LENGTH)
    slug = models.SlugField(max_length=80, unique=True)
    query = SealedTextField(db_column="sealed_query", bound_to="slug", null=True)  # it may hold whom somebody looks for
    shared = models.BooleanField(default=False)  # with whoever may read leads
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name
