"""Bytes of a file that somebody's spreadsheet wrote become text: which encoding it is, and what separates its cells."""

import codecs
import io
import re
from collections.abc import Iterable, Iterator

UTF8, UTF16_LE, UTF16_BE = "utf-8", "utf-16-le", "utf-16-be"
MARKS = {codecs.BOM_UTF8: UTF8, codecs.BOM_UTF16_LE: UTF16_LE, codecs.BOM_UTF16_BE: UTF16_BE}
DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"?')


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 was written by an older program: a file of the one with a line of the other is read right, too."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)


def encoding_of(start: bytes) -> str:
    """By its mark; without one by its zeros, of which every second byte is one in UTF-16."""
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return encoding
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 > len(start):
        return UTF16_LE if odd > even else UTF16_BE
    return UTF8


def delimiter_of(start: str) -> str:
    """What stands most often in the first line, outside its quotation marks; a comma where none does."""
    line = _QUOTED.sub("", start.lstrip("\n")).partition("\n")[0]
    return max(DELIMITERS, key=line.count)


def decoded(pieces: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Without its mark, each line end as \\n. Never fails: what can't be read becomes a replacement character."""
    errors = "windows-1252" if encoding == UTF8 else "replace"
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(errors), translate=True)
    is_first = True
    for piece in pieces:
        if text := decoder.decode(piece):
            yield text.removeprefix("\ufeff") if is_first else text
            is_first = False
    if rest := decoder.decode(b"", final=True):
        yield rest
