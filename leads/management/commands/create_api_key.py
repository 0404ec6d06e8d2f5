"""`manage.py create_api_key NAME --scope leads:read --scope leads:write --expires 90` prints the key, once."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leads.clinic import actions
from leads.models import Scope
from leads.policy.refused import Refused

DAYS_AT_MOST = 36525


def days(text: str) -> timedelta:
    if not (text.isdecimal() and 0 < int(text) <= DAYS_AT_MOST):
        raise ArgumentTypeError(f"a number of days from 1 to {DAYS_AT_MOST}")
    return timedelta(days=int(text))


class Command(BaseCommand):
    help = "Makes an API key and prints it. Only its hash is kept, so it can't be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--scope", action="append", nargs="+", required=True, choices=Scope.values, dest="scopes", metavar="SCOPE")
        parser.add_argument("--expires", type=days, metavar="DAYS", help="it ends by itself after so many days")

    def handle(self, *args: Any, name: str, scopes: list[list[str]], expires: timedelta | None, **options: Any) -> None:
        chosen = [scope for group in scopes for scope in group]
        try:
            self.stdout.write(actions.create_key(by=None, name=name, scopes=chosen, expires_in=expires))
        except Refused as error:
            raise CommandError(str(error)) from error
