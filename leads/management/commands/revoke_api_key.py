"""`manage.py revoke_api_key PREFIX`: this key opens nothing from now on. `manage.py api_keys` lists the prefixes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leads.clinic import actions
from leads.policy.refused import Refused


class Command(BaseCommand):
    help = "Ends the API key that begins with PREFIX, at once and for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prefix", help="its first 8 characters; what follows them is ignored")

    def handle(self, *args: Any, prefix: str, **options: Any) -> None:
        try:
            for key in actions.revoke_key(by=None, prefix=prefix):
                self.stdout.write(f"{key} opens nothing any more.")
        except Refused as error:
            raise CommandError(str(error)) from error
