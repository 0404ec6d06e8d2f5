"""Makes the tables, the mail templates that helpdesk ships, and one public queue."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.peers.helpdesk.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  (Django must be set up first)
from helpdesk.models import Queue  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    Queue.objects.create(title="Front desk", slug="front-desk", allow_public_submission=True)
