"""Exit code 0 while the outbox is swept: what a beat that rings, a broker that passes it on and a worker that hears it are for.

The health check of worker and beat: that a process is there says nothing (guarantees R14). Usage: python -m project.tools.swept
"""

import os
import sys

import django
from django.db import Error
from django.utils import timezone
from django.utils.module_loading import import_string


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    django.setup()
    sweep = import_string("leads.health.checks.sweep")  # models can be read from now on only
    try:
        answer: str = sweep(timezone.now())
    except Error as error:
        answer = f"The database does not answer ({type(error).__name__})."
    sys.stdout.write(f"{answer}\n")  # `docker inspect` shows it
    return int(answer != "ok")


if __name__ == "__main__":
    sys.exit(main())
