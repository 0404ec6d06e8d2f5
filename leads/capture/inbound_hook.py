"""Where email providers hand us the mail that came back: /hooks/mail/inbound/<provider>/."""

from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.sendgrid import SendGridInboundWebhookView
from django.http import HttpRequest

from leads.capture.actions import receive_mail
from leads.capture.delivered import MAILS_IN, Post
from leads.followup.tracking import VIEWS as TRACKING
from leads.followup.webhook import webhook
from leads.models import Reply
from leads.policy.inbound.parsing import MOST_BYTES

# Anymail checks what comes here as it checks reports, but for SendGrid, which signs only those. It reads no mail for us: its parser can
# be kept busy by a mail that was made for that. Resend is not among them: it gives a mail only to whoever asks for it a second time.
VIEWS = {name: TRACKING[name] for name in MAILS_IN} | {"sendgrid": SendGridInboundWebhookView}


def _mails(provider: str, view: AnymailBaseWebhookView, request: HttpRequest) -> list[bytes]:
    """As much of each as is read of any mail."""
    post = Post(request)
    view.run_validators(post)
    if provider == "amazon-ses" and post.told().get("Type") != "Notification":
        view.parse_events(post)  # says which address a person has to open
        return []
    return [raw[:MOST_BYTES] for raw in MAILS_IN[provider](post)]


def _take(raw: bytes) -> Reply:
    return receive_mail(by=None, raw=raw)


inbound = webhook(VIEWS, _mails, _take)
