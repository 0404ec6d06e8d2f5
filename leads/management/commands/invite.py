"""`manage.py invite EMAIL --role ROLE`: a link that signs this person in, once. Also the way back for somebody who is locked out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from leads.clinic import actions
from leads.models import Role


class Command(BaseCommand):
    help = "Prints a link that signs EMAIL in, once, within 24 hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=Role.values)

    def handle(self, *args: Any, email: str, role: str, **options: Any) -> None:
        try:
            validate_email(email)
            link = actions.invite(by=None, email=email, role=role)
        except (ValidationError, actions.Refused) as error:
            raise CommandError(" ".join(map(str, error.args))) from error
        self.stdout.write(f"Sign in: {link}")
