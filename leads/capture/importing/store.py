"""The files that are imported, in DATA_DIR/imports: encrypted a chunk at a time: never whole in memory, and not kept in the open."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from leads.models.sealed import seal_bytes, unseal_bytes
from leads.policy.scratch import scratch

CHUNK = 64 * 1024
HEAD = 4  # bytes that say how long the chunk behind them is


class ToDataDir(TemporaryFileUploadHandler):
    """Large files that come in; Django gives them no other folder than one that is there before it starts."""

    def new_file(self, *args: Any, **options: Any) -> None:
        FileUploadHandler.new_file(self, *args, **options)
        self.file = _Incoming(self.file_name, self.content_type, self.charset, self.content_type_extra)


class _Incoming(TemporaryUploadedFile):
    def __init__(self, name: Any, kind: Any, charset: Any, extra: Any) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=scratch())  # noqa: SIM115  # it goes when the request ends
        UploadedFile.__init__(self, file, name, kind, 0, charset, extra)


def keep(name: UUID, pieces: Iterable[bytes]) -> None:
    """On the disk before it returns."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / name.hex, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for number, piece in enumerate(_cut(pieces)):
            sealed = seal_bytes(piece, _place(name, number))
            file.write(len(sealed).to_bytes(HEAD, "big") + sealed)
        file.flush()
        os.fsync(file.fileno())


def read(name: UUID) -> Iterator[bytes]:
    """FileNotFoundError where it is gone, Unreadable where the keys don't fit."""
    with (_folder() / name.hex).open("rb") as file:
        number = 0
        while head := file.read(HEAD):
            yield unseal_bytes(file.read(int.from_bytes(head, "big")), _place(name, number))
            number += 1


def forget(name: UUID) -> None:
    (_folder() / name.hex).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def _place(name: UUID, number: int) -> str:
    return f"imports:{name}:{number}"


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        for start in range(0, len(piece), CHUNK):
            yield piece[start : start + CHUNK]
