"""The Celery application and every schedule. A broker message is only a doorbell: it may vanish or come twice, and neither matters."""

import os
import sys
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "true")  # `manage.py prepare` did them; they would load every page, 30 MB a process

warnings.simplefilter("ignore", SecurityWarning)  # about pickle as root; this takes JSON only

app = Celery("leadwell")


def _transport_options() -> dict[str, Any]:
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        folder = settings.DATA_DIR / "broker"
        for name in ("queue", "control"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        return {
            "data_folder_in": folder / "queue",
            "data_folder_out": folder / "queue",
            "control_folder": folder / "control",
            "polling_interval": 0.2,  # seconds: how long a ring of the doorbell may go unheard
        }
    if settings.CELERY_BROKER_URL.startswith(("redis", "rediss", "unix")):
        return {"visibility_timeout": 2 * settings.MAIL_LEASE, "socket_timeout": 5, "socket_connect_timeout": 2}
    return {}


app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options=_transport_options(),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_acks_late=True,
    task_retry_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    worker_soft_shutdown_timeout=5,
    task_time_limit=settings.MAIL_LEASE - 10 if settings.MAIL_LEASE > 20 else settings.MAIL_LEASE,
    beat_schedule={
        "wake": {"task": "leads.triage.tasks.wake", "schedule": 30, "options": {"expires": 30}},
        "look-after": {"task": "leads.triage.tasks.look_after", "schedule": 10, "options": {"expires": 10}},
        "forget": {"task": "leads.privacy.tasks.forget", "schedule": 3600, "options": {"expires": 3600}},
        "bulk": {"task": "leads.triage.tasks.bulk", "schedule": 10, "options": {"expires": 10}},
        "import": {"task": "leads.capture.tasks.import_some", "schedule": 5, "options": {"expires": 5}},
        "sweep": {"task": "leads.followup.tasks.sweep", "schedule": 10, "options": {"expires": 10}},
        "count": {"task": "leads.reports.tasks.count", "schedule": 60, "options": {"expires": 60}},
    },
)
if settings.INBOX:
    app.conf.beat_schedule["fetch-mail"] = {"task": "leads.capture.tasks.fetch_mail", "schedule": 60, "options": {"expires": 60}}
if "beat" not in sys.argv:  # It sends names; the code behind them would cost it 13 MB.
    app.autodiscover_tasks(["leads.capture", "leads.followup", "leads.privacy", "leads.reports", "leads.triage"])


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What became due while no worker ran leaves at once, and /readyz has a first sweep to look at."""
    app.send_task("leads.followup.tasks.sweep")
