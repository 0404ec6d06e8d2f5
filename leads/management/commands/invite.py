"""`manage.py invite EMAIL --role ROLE`: a link that signs this person in, once. Also the way back for somebody who is locked out.

With `--reset-codes` also for one whose phone and recovery codes are lost: from the command line only, for whoever has it has the database.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from leads.clinic import actions
from leads.models import Role
from leads.policy.refused import Refused


class Command(BaseCommand):
    help = "Prints a link that signs EMAIL in, once, within 24 hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument(
            "--reset-codes", action="store_true", help="their phone and their recovery codes are lost: forget the one-time codes"
        )

    def handle(self, *args: Any, email: str, role: str, reset_codes: bool, **options: Any) -> None:
        try:
            validate_email(email)
            link = actions.invite(by=None, email=email, role=role)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        if reset_codes:
            actions.reset_codes(email=email)
        self.stdout.write(f"Sign in: {link}")
