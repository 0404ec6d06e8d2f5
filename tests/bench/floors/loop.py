"""The floor of mail: smtplib in a loop on one connection, each mail built by Django. `python -m tests.bench.floors.loop PORT COUNT`."""

import sys

from django.conf import settings
from django.core.mail import get_connection

from tests.bench.peers import letter, wait

if __name__ == "__main__":
    port, count = int(sys.argv[1]), int(sys.argv[2])
    settings.configure(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, USE_TZ=True)
    with get_connection("django.core.mail.backends.smtp.EmailBackend") as connection:
        wait.for_start()
        for number in range(count):
            letter.write(number, connection).send()
