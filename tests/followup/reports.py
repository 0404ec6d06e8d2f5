"""What providers send about a mail, in their own forms (made up; the fields that Anymail's views read)."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

KEY = "key-for-tests"
Report = tuple[str, Any, dict[str, str]]  # provider, body, headers
Make = Callable[[str], Report]


def postmark(what: str, message_id: str, **more: Any) -> Report:
    at = {"Delivery": "DeliveredAt", "Bounce": "BouncedAt", "SpamComplaint": "BouncedAt", "SubscriptionChange": "ChangedAt"}[what]
    body = {"RecordType": what, "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", at: "2030-03-05T14:02:11Z", "Tag": "", "ServerID": 23}
    return "postmark", body | {"Metadata": {"mail": message_id}, "Recipient": "vera@example.com"} | more, {}


def postmark_bounce(message_id: str, kind: str = "HardBounce", **more: Any) -> Report:
    about = {"ID": 42, "Type": kind, "TypeCode": 1, "Email": "vera@example.com", "Details": "550 5.1.1 Nobody here", "Inactive": True}
    return postmark("Bounce", message_id, **(about | more))


def postmark_complaint(message_id: str) -> Report:
    return postmark("SpamComplaint", message_id, ID=43, Type="SpamComplaint", TypeCode=512, Email="vera@example.com")


def mailgun(what: str, message_id: str, key: str = KEY, **more: Any) -> Report:
    token, timestamp = "a" * 50, "1898949731"
    sign = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {"event": what, "id": "CPgfbmQMTCKtHW6uIWtuVe", "timestamp": 1898949731.5, "recipient": "vera@example.com", "tags": []}
    data |= {"message": {"headers": {"message-id": message_id.strip("<>"), "to": "vera@example.com"}}, "user-variables": {}}
    return "mailgun", {"signature": {"token": token, "timestamp": timestamp, "signature": sign}, "event-data": data | more}, {}


def mailgun_bounce(message_id: str, severity: str = "permanent", **more: Any) -> Report:
    status = {"code": 550 if severity == "permanent" else 450, "message": "", "description": "No such mailbox"}
    reason = "bounce" if severity == "permanent" else "generic"
    return mailgun("failed", message_id, **({"severity": severity, "reason": reason, "delivery-status": status} | more))


def ses(what: str, message_id: str, about: dict[str, Any]) -> Report:
    """A notification of SES inside one of SNS. Amazon has given the mail an id of its own, and names the one that it came with."""
    mail: dict[str, Any] = {"messageId": "0100017c-ses", "destination": ["vera@example.com"], "timestamp": "2030-03-05T14:02:10.000Z"}
    mail |= {"commonHeaders": {"messageId": message_id}, "headers": [{"name": "Message-ID", "value": message_id}]}
    told = {"notificationType": what, "mail": mail, what.lower(): about}
    body = {"Type": "Notification", "MessageId": "22b80b92-sns", "Timestamp": "2030-03-05T14:02:12.000Z", "Message": json.dumps(told)}
    return "amazon-ses", body, {"x-amz-sns-message-type": "Notification", "x-amz-sns-message-id": "22b80b92-sns"}


def ses_delivery(message_id: str) -> Report:
    return ses("Delivery", message_id, {"recipients": ["vera@example.com"], "smtpResponse": "250 ok"})


def ses_bounce(message_id: str, kind: str = "Permanent") -> Report:
    gone = {"emailAddress": "vera@example.com", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
    return ses("Bounce", message_id, {"bounceType": kind, "bounceSubType": "General", "bouncedRecipients": [gone]})


def ses_complaint(message_id: str) -> Report:
    return ses("Complaint", message_id, {"complainedRecipients": [{"emailAddress": "vera@example.com"}], "complaintFeedbackType": "abuse"})


def sendgrid(what: str, message_id: str, **more: Any) -> Report:
    told = {"event": what, "email": "vera@example.com", "timestamp": 1898949731, "sg_event_id": "x1", "mail": message_id} | more
    return "sendgrid", [told], {}  # it sends several in one


def brevo(what: str, message_id: str) -> Report:
    told = {"event": what, "email": "vera@example.com", "ts_epoch": 1898949731000, "message-id": "<1@brevo.example>"}
    return "brevo", told | {"X-Mailin-custom": json.dumps({"mail": message_id})}, {}


def resend(what: str, message_id: str, **more: Any) -> Report:
    headers = [{"name": "X-Metadata", "value": json.dumps({"mail": message_id})}]
    data = {"email_id": "56761188-7520", "to": ["vera@example.com"], "headers": headers} | more
    return "resend", {"type": f"email.{what}", "created_at": "2030-03-05T14:02:11.000Z", "data": data}, {}


ARRIVED: list[Make] = [
    lambda id: postmark("Delivery", id),
    lambda id: mailgun("delivered", id),
    ses_delivery,
    lambda id: sendgrid("delivered", id),
    lambda id: brevo("delivered", id),
    lambda id: resend("delivered", id),
]
GONE: list[Make] = [
    postmark_bounce,
    mailgun_bounce,
    ses_bounce,
    lambda id: sendgrid("bounce", id, type="bounce"),
    lambda id: brevo("hard_bounce", id),
    lambda id: resend("bounced", id, bounce={"type": "Permanent", "message": "They sent a hard bounce message"}),
    lambda id: postmark_bounce(id, "BadEmailAddress"),
    lambda id: postmark("SubscriptionChange", id, SuppressSending=True, SuppressionReason="HardBounce"),
]
COMPLAINED: list[Make] = [
    postmark_complaint,
    lambda id: mailgun("complained", id),
    ses_complaint,
    lambda id: sendgrid("spamreport", id),
    lambda id: brevo("spam", id),
    lambda id: resend("complained", id),
]
LATER: list[Make] = [
    lambda id: postmark_bounce(id, "SoftBounce"),
    lambda id: postmark_bounce(id, "Transient"),
    lambda id: mailgun_bounce(id, "temporary"),
    lambda id: mailgun_bounce(id, reason="old"),
    lambda id: ses_bounce(id, "Transient"),
    lambda id: sendgrid("deferred", id),
    lambda id: sendgrid("bounce", id, type="blocked"),
    lambda id: brevo("soft_bounce", id),
    lambda id: resend("delivery_delayed", id),
    lambda id: resend("bounced", id, bounce={"type": "Transient", "message": "They sent a general bounce message"}),
]
NOTHING: list[Make] = [
    lambda id: postmark("Delivery", id, RecordType="Open"),
    lambda id: mailgun("clicked", id, url="https://example.com"),
    lambda id: sendgrid("processed", id),
    lambda id: brevo("request", id),
    lambda id: postmark("Delivery", id, RecordType="Something new"),
]
