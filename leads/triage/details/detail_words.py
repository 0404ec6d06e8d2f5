"""What staff change about a person, field by field: its label, and its value as people read it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leads.models import Topic
from leads.policy.languages import language_name
from leads.triage.details.details import readable_phone

NAME, EMAIL, PHONE, TOPIC, LANGUAGE, TIME_ZONE = "name", "email", "phone", "topic", "language", "time_zone"
LABELS: dict[str, str | Promise] = {
    NAME: _("Name"),
    EMAIL: _("Email"),
    PHONE: _("Phone"),
    TOPIC: _("Topic"),
    LANGUAGE: _("Language"),
    TIME_ZONE: _("Time zone"),
}


def in_words(field: str, value: str) -> str:
    if field == PHONE:
        return readable_phone(value)
    if field == TOPIC:
        return str(dict(Topic.choices).get(value, value))
    if field == LANGUAGE:
        return language_name(value)
    return value.replace("_", " ") if field == TIME_ZONE else value
