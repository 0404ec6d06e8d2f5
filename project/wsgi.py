import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

application = get_wsgi_application()

# Needs the applications to be loaded.
from django.db import connection  # noqa: E402

from leads.capture.pages import clinic_at_hand  # noqa: E402

clinic_at_hand()  # Seen once at the start, so that crisis help can carry our name and number while the database is away.
connection.close()
