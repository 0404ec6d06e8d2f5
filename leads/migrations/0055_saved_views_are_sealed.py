"""What a saved view asks for is sealed: it may hold a name. Its old column is emptied, and stays for the release still running."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from leads.models.sealed import SealedTextField, seal, unseal

SOME = 500


def place(view: models.Model) -> str:
    return f"leads_savedview:{view.slug}:sealed_query"


def seal_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    views = apps.get_model("leads", "SavedView").objects.exclude(query="").order_by("pk").only("slug", "query")
    while some := list(views[:SOME]):
        for view in some:
            sealed = seal(view.query, place(view))
            type(view).objects.filter(pk=view.pk).update(query="", sealed_query=sealed)


def open_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    views = apps.get_model("leads", "SavedView").objects.exclude(sealed_query=None).order_by("pk").only("slug", "sealed_query")
    while some := list(views[:SOME]):
        for view in some:
            query = unseal(bytes(view.__dict__["sealed_query"]), place(view))
            type(view).objects.filter(pk=view.pk).update(query=query, sealed_query=None)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("leads", "0054_who_saw_rows_of_a_file")]
    operations = [
        migrations.AlterField("savedview", "query", models.CharField(blank=True, db_default="", default="", max_length=600)),
        migrations.AddField("savedview", "sealed_query", SealedTextField(bound_to="slug", null=True)),
        migrations.RunPython(seal_all, open_all),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("savedview", "query"),
                migrations.RenameField("savedview", "sealed_query", "query"),
                migrations.AlterField("savedview", "query", SealedTextField(bound_to="slug", db_column="sealed_query", null=True)),
            ]
        ),
    ]
