"""The clinic's row, its stages and the default follow-up sequence."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STAGES = [
    ("new", "New", "new"),
    ("contacted", "Contacted", "working"),
    ("booked", "Consultation booked", "booked"),
    ("in-treatment", "In treatment", "won"),
    ("closed", "Closed", "closed"),
]
STEPS = [("followup-1", 1), ("followup-2", 3), ("followup-3", 7)]  # the mail, and after how many working days


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("leads", "Clinic").objects.create(pk=1)
    stage = apps.get_model("leads", "Stage")
    for position, (slug, name, category) in enumerate(STAGES, start=1):
        stage.objects.create(slug=slug, name=name, category=category, position=position)
    sequence = apps.get_model("leads", "Sequence").objects.create(slug="after-enquiry", name="After an enquiry", is_default=True)
    for position, (mail, days) in enumerate(STEPS, start=1):
        sequence.steps.create(position=position, mail=mail, working_days=days)


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
