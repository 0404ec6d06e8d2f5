"""Readers for settings whose text has a form of its own. Each fails loudly on a mistake."""

import ipaddress
import os
import re
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ON, OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
PROVIDERS = {"postmark": "SERVER_TOKEN", "sendgrid": "API_KEY", "mailgun": "API_KEY", "brevo": "API_KEY", "resend": "API_KEY"}

INBOX_IS_LIKE = "INBOX_URL is like imaps://user:password@host/INBOX; in a name or password @ is written %40 and a slash %2F."

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_flag(name: str, default: bool) -> bool:
    """on or off, in the usual words; anything else is a mistake, and never a silent no."""
    text = os.environ.get(name, "").strip().lower()
    if text and text not in ON + OFF:
        raise ImproperlyConfigured(f"{name} is {text!r}; it is on or off.")
    return text in ON if text else default


def read_number(name: str, default: int, least: int = 1) -> int:
    text = os.environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and least <= int(text)):
        raise ImproperlyConfigured(f"{name} is {text!r}; it is a whole number, at least {least}.")
    return int(text)


def read_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    text = os.environ.get(name, "").strip() or default
    if text not in choices:
        raise ImproperlyConfigured(f"{name} is {text!r}; it is {', '.join(choices[:-1])} or {choices[-1]}.")
    return text


def parse_limits(text: str) -> list[tuple[int, int]]:
    """`"5/10m,20/d"` as [(5, 600), (20, 86400)]: how many, in how many seconds."""
    return [_parse_limit(part.strip()) for part in text.split(",")]


def _parse_limit(text: str) -> tuple[int, int]:
    if limit := _read_limit(text):
        return limit
    raise ImproperlyConfigured(f"CAPTURE_LIMITS: {text!r} is not like 5/10m or 20/d.")


def _read_limit(text: str) -> tuple[int, int] | None:
    match = re.fullmatch(r"(\d{1,9})/(\d{0,5})([smhd])", text, re.ASCII)
    if not match or int(match[1]) < 1 or int(match[2] or 1) < 1:
        return None
    return int(match[1]), int(match[2] or 1) * SECONDS[match[3]]


def parse_rates(text: str) -> dict[str, tuple[int, int]]:
    """`"gmail.com=20/m,*=600/m"` as {"gmail.com": (20, 60), "*": (600, 60)}: how many mails, in how many seconds."""
    rates: dict[str, tuple[int, int]] = {}
    for part in filter(None, map(str.strip, text.split(","))):
        domain, _, amount = part.lower().partition("=")
        limit = _read_limit(amount.strip())
        if not limit or not re.fullmatch(r"\*|[a-z0-9-]+(\.[a-z0-9-]+)+", domain.strip()) or len(domain) > 64:
            raise ImproperlyConfigured(f"MAIL_RATE: {part!r} is not like gmail.com=20/m or *=600/m.")
        if domain.strip() in rates:
            raise ImproperlyConfigured(f"MAIL_RATE: {domain.strip()} stands there twice.")
        rates[domain.strip()] = limit
    return rates


def parse_networks(name: str, items: list[str]) -> list[Network]:
    try:
        return [ipaddress.ip_network(item.strip()) for item in items if item.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def parse_webhook_secret(text: str) -> str:
    """`name:password`, as it stands in the address that the provider is given; "" where there is none."""
    name, _, password = text.partition(":")
    if text and not (re.fullmatch(r"[\w.-]+", name, re.ASCII) and re.fullmatch(r"[\w.~-]{16,}", password, re.ASCII)):
        raise ImproperlyConfigured("MAIL_WEBHOOK_SECRET is like name:password, with a password of 16 or more letters and digits.")
    return text


def parse_address(name: str, text: str) -> str:
    """ "" where there is none. Short enough to take a token behind a plus: a mailbox's name may have 64 letters."""
    if text and not re.fullmatch(r"[a-z0-9._-]{1,24}@[a-z0-9.-]{3,180}", text):
        raise ImproperlyConfigured(f"{name} is {text!r}; it is like reply@example.com, in lower case, without a plus.")
    return text


def parse_email_url(text: str) -> dict[str, Any]:
    """The Django settings for `smtp://user:password@host:port`, `smtps://…`, `smtp+tls://…` or an Anymail provider (`postmark://TOKEN`)."""
    try:
        url, port = urlsplit(text), urlsplit(text).port
    except ValueError:  # its own words may hold a part of the password
        raise ImproperlyConfigured("EMAIL_URL is like smtp://user:password@host:25; in a password a slash is written %2F.") from None
    if url.scheme in ("smtp", "smtps", "smtp+tls"):
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname or "localhost",
            "EMAIL_PORT": port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[url.scheme],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        }
    if url.scheme in PROVIDERS:
        return _provider(url)
    raise ImproperlyConfigured(f"EMAIL_URL: {url.scheme!r} is none of smtp, smtps, smtp+tls, {', '.join(PROVIDERS)}.")


INBOXES = {"imaps": ("tls", 993), "imap+tls": ("starttls", 143), "imap": ("none", 143)}


def parse_inbox_url(text: str) -> dict[str, Any]:
    """`imaps://user:password@host:port/folder` (or `imap+tls://`, `imap://`) as security, host, port, user, password, folder."""
    try:
        url, port = urlsplit(text), urlsplit(text).port
    except ValueError:  # its own words may hold a part of the password
        raise ImproperlyConfigured(INBOX_IS_LIKE) from None
    if url.scheme not in INBOXES:
        raise ImproperlyConfigured(f"INBOX_URL: {url.scheme!r} is none of {', '.join(INBOXES)}.")
    security, usual_port = INBOXES[url.scheme]
    user, password, folder = (unquote(part or "") for part in (url.username, url.password, url.path.strip("/")))
    if not (url.hostname and user and password and (user + password).isascii() and re.fullmatch(r"[\w ./-]*", folder, re.ASCII)):
        raise ImproperlyConfigured(INBOX_IS_LIKE)
    host = {"host": url.hostname, "port": port or usual_port}
    return {"security": security, **host, "user": user, "password": password, "folder": folder or "INBOX"}


def _provider(url: SplitResult) -> dict[str, Any]:
    secret = unquote(url.netloc.partition("@")[0])  # not as the host's name, which would lose its capitals
    if not secret:
        raise ImproperlyConfigured(f"EMAIL_URL: after {url.scheme}:// comes the provider's key.")
    name = url.scheme.upper()
    options = {f"{name}_{key.upper()}": values[0] for key, values in parse_qs(url.query).items()}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{url.scheme}.EmailBackend",
        "ANYMAIL": {f"{name}_{PROVIDERS[url.scheme]}": secret} | options,
    }
