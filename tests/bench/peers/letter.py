"""The mail that floors and peers send: of the same parts and about the same size as our acknowledgement."""

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

SENDER = "Harbor <hello@example.com>"
SUBJECT = "We have your message ({})"
TEXT = """Hello Vera,

thank you for writing to us. Your reference is {}.

Somebody from our team reads every message and answers within four opening hours. You don't need to do anything until then.
If something changes, just reply to this mail.

If you are in danger or can't keep yourself safe, call 911. You can also call or text 988 at any time, day and night.

Harbor
12 Quay Street
(555) 010-0199
"""
HTML = """<!doctype html>
<html lang="en"><body style="margin:0;padding:24px;font-family:system-ui,sans-serif;line-height:1.5;color:#1c2b2d">
<p>Hello Vera,</p>
<p>thank you for writing to us. Your reference is <strong>{}</strong>.</p>
<p>Somebody from our team reads every message and answers within four opening hours. You don't need to do anything until then.
If something changes, just reply to this mail.</p>
<p style="padding:12px;border-left:4px solid #b3541e">If you are in danger or can't keep yourself safe, call <strong>911</strong>.
You can also call or text <strong>988</strong> at any time, day and night.</p>
<p>Harbor<br>12 Quay Street<br>(555) 010-0199</p>
</body></html>
"""


def address(number: int) -> str:
    return f"vera{number}@example.com"


def reference(number: int) -> str:
    return f"7K3M-{number:04d}"


def write(number: int, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    ours = reference(number)
    letter = EmailMultiAlternatives(SUBJECT.format(ours), TEXT.format(ours), SENDER, [address(number)], connection=connection)
    letter.attach_alternative(HTML.format(ours), "text/html")
    return letter
