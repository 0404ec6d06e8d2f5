"""The floor of a capture: a Django view that does one INSERT and nothing else. A whole project in one file; run, it makes its table."""

import json
import os
from typing import Any, ClassVar

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, JsonResponse
from django.urls import path

POSTGRES: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ.get("PGDATABASE"), "CONN_MAX_AGE": 600}
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": os.environ.get("SQLITE_FILE"),
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
}
settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": SQLITE if "SQLITE_FILE" in os.environ else POSTGRES},
    USE_TZ=True,
)
django.setup()


class Note(models.Model):
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254)
    message = models.TextField()

    objects: ClassVar[models.Manager["Note"]] = models.Manager()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.name


def receive(request: HttpRequest) -> JsonResponse:
    body = json.loads(request.body)
    note = Note.objects.create(name=body["name"], email=body["email"], message=body["message"])
    return JsonResponse({"reference": note.pk}, status=201)


urlpatterns = [path("api/v1/enquiries/", receive)]
application = get_wsgi_application()

if __name__ == "__main__":
    with connection.schema_editor() as editor:
        editor.create_model(Note)
