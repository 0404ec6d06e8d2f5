"""Secrets from the environment, from files, or (local mode only) made once and kept in DATA_DIR."""

import base64
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read(name: str) -> str | None:
    """The value of NAME, or the content of the file that NAME_FILE points at (Docker secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error}") from error
    return os.environ.get(name)


def read_or_make(name: str, kept_in: Path | None, make: str) -> str:
    """NAME from outside; else the one kept in `kept_in`, made on first use with mode 600. Without a place to keep it: an error."""
    if value := read(name):
        return value
    if kept_in is None:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE: it is required when MODE=production.")
    path = kept_in / name.lower()
    if not path.exists():
        _write_once(path, make)
    return path.read_text().strip()


def _write_once(path: Path, value: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database will stand there, too
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(value + "\n")
    try:
        os.link(draft, path)  # Fails where another process was first: its value is the one that stays.
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def new_secret_key() -> str:
    return secrets.token_urlsafe(50)


def new_field_keys() -> str:
    return "k1:" + base64.b64encode(secrets.token_bytes(32)).decode()


def parse_field_keys(text: str) -> dict[str, bytes]:
    """`"k2:<base64 of 32 bytes>,k1:…"` as {key id: key}; the first one encrypts, all of them decrypt."""
    keys = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key_id, _, encoded = part.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise ImproperlyConfigured(f"FIELD_KEYS: key {key_id!r} is not base64.") from error
        if len(key) != 32 or not 0 < len(key_id) < 16:
            raise ImproperlyConfigured("FIELD_KEYS: each key is `id:base64`, 32 bytes, id under 16 letters.")
        keys[key_id] = key
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS holds no key.")
    return keys
