"""How many queries a page costs in a process that has been up for a moment, once the session is warm."""

from django.test import Client
from django.test.utils import override_settings

from leads.followup import plans, templates
from leads.followup.mailbox_trouble import mailbox_trouble
from leads.models import clinic, custom_field, tag
from leads.policy.hours import opening_hours
from leads.triage.words.staff import people
from tests.trips import trips

REMEMBERED = (
    clinic._current,
    clinic._stages,
    opening_hours,
    people,
    plans.published,
    templates.kept,
    mailbox_trouble,
    tag._tags,
    custom_field._fields,
)


def queries(client: Client, path: str, status: int = 200, post: dict[str, str] | None = None) -> int:
    def ask() -> int:
        return (client.get(path) if post is None else client.post(path, post)).status_code

    try:
        with override_settings(REMEMBER_SECONDS=60):
            ask()
            with trips() as made:
                assert ask() == status
    finally:
        for each in REMEMBERED:
            each.last = None  # nothing of this test's database for the next
    return len(made)
