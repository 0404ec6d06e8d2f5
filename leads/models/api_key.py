"""Keys for the API: `lw_` and 32 random bytes; only the SHA-256 is kept."""

import hashlib
import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Scope(models.TextChoices):
    LEADS_READ = "leads:read"
    LEADS_WRITE = "leads:write"
    MESSAGES_READ = "messages:read"


def hash_key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class ApiKeyManager(models.Manager["ApiKey"]):
    def create_with_secret(self, **fields: Any) -> tuple["ApiKey", str]:
        """The row and the key itself, which is shown this once."""
        secret = "lw_" + secrets.token_urlsafe(32)
        return self.create(key_hash=hash_key(secret), prefix=secret[:8], **fields), secret

    def live(self, secret: str) -> "ApiKey | None":
        usable = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(usable, key_hash=hash_key(secret), revoked_at=None).first()


class ApiKey(models.Model):
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=8)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiKeyManager()

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
