from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0049_tasks"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkchange",
            name="shown_at",
            field=models.DateTimeField(null=True),
        ),
    ]
