"""Keys for the API: `lw_` and 32 random bytes; only the SHA-256 is kept."""

import hashlib
import secrets
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from leads.models.audit import ReadRecord

PREFIX = 8  # characters of a key that are kept to tell it by
NAME_LENGTH = 80


class Scope(models.TextChoices):
    LEADS_READ = "leads:read"
    LEADS_WRITE = "leads:write"
    MESSAGES_READ = "messages:read"


def hash_key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def beginning(self, text: str) -> Self:
        """By the part that may be shown; `text` may be the whole key."""
        return self.filter(prefix=text[:PREFIX])

    def with_last_read(self) -> Self:
        """`read_at`: when it was last shown a lead."""
        mine = ReadRecord.objects.filter(api_key=OuterRef("pk")).order_by("-at")
        return self.annotate(read_at=Subquery(mine.values("at")[:1]))

    def create_with_secret(self, **fields: Any) -> tuple["ApiKey", str]:
        """The row and the key itself, which is shown this once."""
        secret = "lw_" + secrets.token_urlsafe(32)
        return self.create(key_hash=hash_key(secret), prefix=secret[:PREFIX], **fields), secret

    def live(self, secret: str) -> "ApiKey | None":
        usable = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(usable, key_hash=hash_key(secret), revoked_at=None).first()


class ApiKey(models.Model):
    name = models.CharField(max_length=NAME_LENGTH)
    prefix = models.CharField(max_length=PREFIX)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
