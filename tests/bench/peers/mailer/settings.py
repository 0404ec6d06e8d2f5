"""django-mailer without the file lock (its rows are locked in the database) and without a copy of each mail in its log."""

import os

from tests.bench.peers.postgres import DATABASES as DATABASES

SECRET_KEY = "peer"
USE_TZ = True
INSTALLED_APPS = ["mailer"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_BACKEND = "mailer.backend.DbBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("SINK_PORT", "25"))
MAILER_USE_FILE_LOCK = False
MAILER_EMAIL_LOG_MESSAGE_DATA = False
