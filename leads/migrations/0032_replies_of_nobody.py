from django.db import migrations, models


class Migration(migrations.Migration):
    """For the purge, which looks at every sweep."""

    dependencies = [
        ("leads", "0031_who_changed_a_sequence"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(condition=models.Q(("lead__isnull", True)), fields=["received_at"], name="reply_of_nobody"),
        ),
    ]
