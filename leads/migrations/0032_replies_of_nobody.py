from django.db import migrations, models


class Migration(migrations.Migration):
    """For the purge, which looks at every sweep."""

    dependencies = [
        ("leads", "0027_what_mail_tells"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(condition=models.Q(("lead__isnull", True)), fields=["received_at"], name="reply_of_nobody"),
        ),
    ]
