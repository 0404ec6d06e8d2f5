"""Fills in where each lead came from, a few thousand at a time: nobody who writes meanwhile waits for it."""

from django.db import migrations, models

SOME = 5000


def fill(apps, schema_editor):
    lead, enquiry = apps.get_model("leads", "Lead"), apps.get_model("leads", "Enquiry")
    last = lead.objects.aggregate(last=models.Max("pk"))["last"] or 0
    first = enquiry.objects.filter(lead=models.OuterRef("pk")).order_by("received_at").values("channel")[:1]
    for start in range(0, last + 1, SOME):
        some = lead.objects.filter(pk__gte=start, pk__lt=start + SOME, source="")
        some.update(source=models.functions.Coalesce(models.Subquery(first), models.Value("")))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0037_lists_and_where_leads_come_from")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
