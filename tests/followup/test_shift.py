"""A delivery ends by itself: a task that Celery has to kill leaves a doubt about the mail that it held."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAY = """
import django
django.setup()
from project.celery import app
from leads.followup.crew import SHIFT
print(SHIFT, app.conf.task_time_limit)
"""


@pytest.mark.parametrize(("timeout", "lease"), [(5, 15), (7, 21), (5, 30), (60, 180)])
def test_a_shift_and_a_slow_hand_over_end_before_the_time_limit(tmp_path: Path, timeout: int, lease: int) -> None:
    said = {"MODE": "local", "DATA_DIR": str(tmp_path), "EMAIL_TIMEOUT": str(timeout), "MAIL_LEASE": str(lease)}
    environment = os.environ | said | {"DJANGO_SETTINGS_MODULE": "project.settings"}
    answer = subprocess.run([sys.executable, "-c", SAY], env=environment, capture_output=True, text=True, check=True)
    shift, limit = map(float, answer.stdout.split())
    assert shift + timeout < limit
