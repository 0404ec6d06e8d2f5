from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0048_stages_have_colours_and_can_go"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkchange",
            name="shown_at",
            field=models.DateTimeField(null=True),
        ),
    ]
