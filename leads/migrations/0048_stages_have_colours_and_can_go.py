import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0047_people_who_are_one"),
    ]

    operations = [
        migrations.AddField(
            model_name="stage",
            name="colour",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="stage",
            name="gone_to",
            field=models.ForeignKey(
                blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="leads.stage"
            ),
        ),
    ]
