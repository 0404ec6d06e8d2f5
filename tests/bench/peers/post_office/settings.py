"""django-post-office with threads, large batches and only failures logged."""

import os

from tests.bench.peers.postgres import DATABASES as DATABASES

SECRET_KEY = "peer"
USE_TZ = True
INSTALLED_APPS = ["django.contrib.contenttypes", "post_office"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("SINK_PORT", "25"))
POST_OFFICE = {
    "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    "BATCH_SIZE": 5000,
    "THREADS_PER_PROCESS": int(os.environ.get("PEER_THREADS", "8")),
    "LOG_LEVEL": 1,
}
