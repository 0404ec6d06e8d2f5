from django.db import migrations, models

MOVE = """
UPDATE leads_enquiry SET
  capture_key = (SELECT key_hash FROM leads_capturekey WHERE enquiry_id = leads_enquiry.id),
  body_hash = (SELECT body_hash FROM leads_capturekey WHERE enquiry_id = leads_enquiry.id)
WHERE id IN (SELECT enquiry_id FROM leads_capturekey)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0014_indexes_that_are_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="body_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="capture_key",
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name="CaptureKey",
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(condition=models.Q(("capture_key__isnull", False)), fields=["received_at"], name="enquiry_with_key"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.UniqueConstraint(fields=("capture_key",), name="one_enquiry_a_key"),
        ),
    ]
