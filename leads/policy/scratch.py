"""Where files lie for a moment: in DATA_DIR, for the system's own folder may be memory, and small."""

from pathlib import Path

from django.conf import settings


def scratch() -> Path:
    folder = Path(settings.DATA_DIR) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
