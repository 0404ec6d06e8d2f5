"""What people write, encrypted at rest: AES-256-GCM, bound to table, row and column, the key's id in the ciphertext (guarantees P3).

Layout of the stored bytes: 1 byte length of the key id, the key id, 12 bytes nonce, ciphertext with tag.
"""

import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models


class Unreadable(Exception):
    """The ciphertext does not open with the keys at hand, or was moved from another row."""


def seal(text: str, place: str) -> bytes:
    """`text` encrypted with the first of FIELD_KEYS. `place` is `table:row:column`; the same place is needed to open it."""
    return seal_bytes(text.encode(), place)


def seal_bytes(content: bytes, place: str) -> bytes:
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = secrets.token_bytes(12)
    head = bytes([len(key_id)]) + key_id.encode()
    return head + nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(sealed: bytes, place: str) -> str:
    return unseal_bytes(sealed, place).decode()


def unseal_bytes(sealed: bytes, place: str) -> bytes:
    length = sealed[0]
    key = settings.FIELD_KEYS.get(sealed[1 : 1 + length].decode(errors="replace"))
    if key is None:
        raise Unreadable(f"{place} was encrypted with a key that is not in FIELD_KEYS.")
    nonce, body = sealed[1 + length : 13 + length], sealed[13 + length :]
    try:
        return AESGCM(key).decrypt(nonce, body, place.encode())
    except InvalidTag as error:
        raise Unreadable(f"{place} does not open: wrong key, or not written for this row.") from error


class SealedText:
    """On an instance the attribute is text; it is decrypted when read, so that lists never pay for it nor show it."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        return value if isinstance(value, str) or value is None else unseal(bytes(value), self.field.place_of(instance))

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text in Python, ciphertext in the database. The row is known by `bound_to`, which is there before it is saved and never changes."""

    descriptor_class = SealedText

    def __init__(self, *args: Any, bound_to: str = "pk", **options: Any) -> None:
        super().__init__(*args, **options)
        self.bound_to = bound_to

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options if self.bound_to == "pk" else options | {"bound_to": self.bound_to}

    def place_of(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}:{getattr(instance, self.bound_to)}:{self.column}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        return seal(value, self.place_of(model_instance)) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            raise TypeError(f"{self.name} is sealed: it can't be searched, nor set by update().")
        return super().get_prep_value(value)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.attname, SealedText(self))
