"""Who takes which new leads, in turn."""

from django.conf import settings
from django.db import models


class Team(models.Model):
    """Asked by position; the first that takes a lead's topic and language gets it. An empty list takes all."""

    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    topics = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="teams", blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def takes(self, topic: str, language: str) -> bool:
        return (not self.topics or topic in self.topics) and (not self.languages or language in self.languages)
