"""PostgreSQL finds parts of names and addresses by their trigrams. Without the extension, or the right to add it, search is slower."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EXTENSION = """
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_trgm is not available: search reads every name';
END $$
"""
INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS lead_words ON leads_lead
USING gin (upper(name::text) gin_trgm_ops, upper(email::text) gin_trgm_ops)
"""


def add(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(EXTENSION)
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            cursor.execute(INDEX)


def remove(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX IF EXISTS lead_words")


class Migration(migrations.Migration):
    atomic = False  # CONCURRENTLY: nobody waits while it is built
    dependencies = [("leads", "0010_read_first_in_check")]
    operations = [migrations.RunPython(add, remove)]
