"""Compiles the translations without gettext; with --check it only says whether the compiled ones are in step."""

import sys
from pathlib import Path

import polib

SOURCES = sorted(Path("leads/locale").glob("*/LC_MESSAGES/*.po"))


def compiled(source: Path) -> bytes:
    return bytes(polib.pofile(str(source)).to_binary())


def in_step(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return target.exists() and target.read_bytes() == compiled(source)


def main() -> int:
    stale = [source for source in SOURCES if not in_step(source)]
    if "--check" in sys.argv:
        sys.stdout.writelines(f"{source} is not compiled: make messages\n" for source in stale)
        return len(stale) > 0
    for source in stale:
        source.with_suffix(".mo").write_bytes(compiled(source))
    return 0


if __name__ == "__main__":
    sys.exit(main())
