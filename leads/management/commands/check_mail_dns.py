"""`manage.py check_mail_dns`: what the sender's domain lacks for mail to be believed, in plain sentences (SPF, DKIM, DMARC)."""

from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

import dns.exception
import dns.resolver
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leads.management.mail_dns import Lookup, NoAnswer, complaints
from leads.models import Clinic

SECONDS = 10


def texts(name: str) -> list[str]:
    """The TXT records at `name`; none where there is no such name."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise NoAnswer(name) from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


class Command(BaseCommand):
    help = "Says what SPF, DKIM and DMARC of the sender's domain lack, and whether mails can name a postal address."
    lookup: Callable[[str], list[str]] = staticmethod(texts)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--selector", action="append", default=[], help="under which your relay or provider signs; may be given again")
        parser.add_argument("--include", default="", help="what your provider says that SPF has to include, like spf.example.net")

    def handle(self, *args: Any, selector: list[str], include: str, **options: Any) -> None:
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        lookup: Lookup = self.lookup
        try:
            found = complaints(domain, lookup, selectors=selector, include=include)
        except NoAnswer as error:
            raise CommandError(f"No name server answered for {error}. Nothing is known about {domain}: try again.") from error
        if not Clinic.current().address.strip():
            found.append("The clinic has no postal address, and mail that nobody asked for has to name one: Settings, Clinic.")
        for sentence in found:
            self.stdout.write(f"- {sentence}")
        if found:
            raise CommandError(f"{len(found)} to mend for mail from {domain}.")
        self.stdout.write(f"Mail from {domain} is set up: SPF, DKIM, DMARC and a postal address.")
