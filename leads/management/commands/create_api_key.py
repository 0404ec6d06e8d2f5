"""`manage.py create_api_key NAME --scope leads:read --scope leads:write` prints the key, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from leads.models import ApiKey, Scope


class Command(BaseCommand):
    help = "Makes an API key and prints it. Only its hash is kept, so it can't be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--scope", action="append", nargs="+", required=True, choices=Scope.values, dest="scopes", metavar="SCOPE")

    def handle(self, *args: Any, name: str, scopes: list[list[str]], **options: Any) -> None:
        chosen = sorted({scope for group in scopes for scope in group})
        self.stdout.write(ApiKey.objects.create_with_secret(name=name, scopes=chosen)[1])
