"""An index of the notices that were read. On PostgreSQL nobody waits while it is built; one that was broken off is built anew."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEX = models.Index(fields=["read_at"], name="notice_read", condition=models.Q(read_at__isnull=False))


def add(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP INDEX IF EXISTS notice_read")
    how = {"concurrently": True} if editor.connection.vendor == "postgresql" else {}
    editor.add_index(apps.get_model("leads", "Notice"), INDEX, **how)


def remove(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute("DROP INDEX IF EXISTS notice_read")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0052_who_took_a_bulk_change_back")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add, remove)],
            state_operations=[migrations.AddIndex(model_name="notice", index=INDEX)],
        )
    ]
