"""The usual way: a Celery task a mail. Each process or thread keeps its connection to the relay open; results are ignored."""

import os
import sys
from threading import local

from celery import Celery
from django.conf import settings
from django.core.mail import get_connection

from tests.bench.peers import letter

settings.configure(EMAIL_HOST="127.0.0.1", EMAIL_PORT=int(os.environ.get("SINK_PORT", "25")), USE_TZ=True)
app = Celery("peer", broker=os.environ["PEER_BROKER"])
app.conf.update(
    task_ignore_result=True, task_default_queue=os.environ["PEER_QUEUE"], worker_send_task_events=False, worker_enable_remote_control=False
)
kept = local()


@app.task(name="send")
def send(number: int) -> None:
    if not hasattr(kept, "connection"):
        kept.connection = get_connection("django.core.mail.backends.smtp.EmailBackend")
        kept.connection.open()
    letter.write(number, kept.connection).send()


if __name__ == "__main__":
    with app.producer_or_acquire() as producer:
        for task in range(int(sys.argv[1])):
            send.apply_async((task,), producer=producer)
