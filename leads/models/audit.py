"""Who saw what. One row for each page and API answer that shows a lead, or rows of a file; codes and ids only (guarantees P1)."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ReadRecord(models.Model):
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    api_key = models.ForeignKey("leads.ApiKey", on_delete=models.PROTECT, null=True, related_name="+")
    page = models.CharField(max_length=60)  # the URL's name
    fields = models.CharField(max_length=20)  # list, details, story, …
    leads = models.JSONField()  # ids of the leads shown
    imported = models.ForeignKey(  # whose file was shown: those in it may have no lead. A constraint would read the table when it is added
        "leads.Import", on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    request_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.page} {self.at}"
