"""The repository's own rules that no linter holds."""

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib

from leads.policy.discreet import disclosing_words

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__"}
CODE = {".py", ".html", ".css", ".js", ".sh"}
TEXT = CODE | {".md", ".toml", ".txt", ".yml", ".yaml", ".po", ".ini", ".cfg", ".json", ".svg", ""}
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
WRITES = (
    r"\.(?:save|bulk_create|bulk_update|get_or_create|update_or_create|move)\(|objects\b.*\.(?:create|update|delete|issue|create_with_secret)\("
    r"|INSERT INTO|UPDATE \w+ SET|DELETE FROM|\b(?:first_in|note_time|count_up)\("
)
DOORS = ("leads/models/", "leads/migrations/", "leads/management/made_up/")
VISITOR_MAILS = re.compile(
    r"acknowledgement|referral-out|followup|own-page|address|booking"
)  # staff mails are held to the same words by their own test


def files(*suffixes: str) -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith("_cache") and name != ".hypothesis"]
        ours = (Path(folder, name) for name in names if name not in NOT_OURS)
        yield from (path for path in ours if path.suffix in suffixes and not path.is_symlink())


def python_files() -> list[Path]:
    return [path for path in files(".py") if "migrations" not in path.parts]


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    trees = {path: ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in python_files()}
    found = ((path, node) for path, nodes in trees.items() for node in nodes)
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [(f"{short(path)}:{node.lineno} {node.name}", node) for path, node in found if isinstance(node, kinds)]


def lines_with(pattern: str, *suffixes: str) -> list[str]:
    wanted = re.compile(pattern)
    found = ((path, number, line) for path in files(*suffixes) for number, line in enumerate(lines_of(path), 1) if wanted.search(line))
    return [f"{short(path)}:{number} {line.strip()[:80]}" for path, number, line in found if path != Path(__file__)]


def test_there_is_something_to_hold_rules_over() -> None:
    assert len(python_files()) > 100
    assert len(functions()) > 300


def test_no_file_is_longer_than_400_lines() -> None:
    assert [short(path) for path in files(*CODE) if "migrations" not in path.parts and len(lines_of(path)) > LONGEST_FILE] == []


def test_no_function_is_longer_than_40_lines() -> None:
    long = [name for name, node in functions() if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert long == []


def test_no_import_hides_in_a_function() -> None:
    assert [name for name, node in functions() if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))] == []


def test_no_drawer_for_odds_and_ends() -> None:
    assert [short(path) for path in python_files() if path.stem in ("utils", "helpers", "misc", "common")] == []


def test_there_are_no_signals_and_no_admin() -> None:
    pattern = r"django\.dispatch|db\.models\.signals|core\.signals|contrib\.auth\.signals|contrib[. ]+(?:import )?admin\b"
    assert [line for line in lines_with(pattern, ".py") if line.startswith(("leads/", "project/"))] == []


def test_whoever_changes_data_is_an_action_or_is_listed() -> None:
    writers = {line.partition(":")[0] for line in lines_with(WRITES, ".py") if line.startswith("leads/") and not line.startswith(DOORS)}
    listed = set(re.findall(r"`(leads/[\w/]+\.py)`", (ROOT / "docs" / "writers.md").read_text()))
    assert len(writers) > 10
    assert writers - listed == set()
    assert [path for path in listed if not (ROOT / path).exists()] == []


def test_nothing_is_left_to_do_in_a_comment() -> None:
    assert lines_with(r"\b(?:TODO|FIXME|XXX)\b", *CODE) == []


def test_visitor_mail_gives_nothing_away() -> None:
    mails = [path for path in (ROOT / "templates" / "mail").rglob("*") if path.is_file()]
    visitors = [path for path in mails if VISITOR_MAILS.search(short(path)) or path.parent.name == "mail"]
    assert len(visitors) > 7
    assert {short(path): found for path in visitors if (found := disclosing_words(path.read_text(encoding="utf-8")))} == {}


def test_translations_are_compiled_and_nobody_guessed() -> None:
    for source in files(".po"):
        catalogue = polib.pofile(str(source))
        assert source.with_suffix(".mo").read_bytes() == bytes(catalogue.to_binary()), f"{short(source)}: make messages"
        assert [entry.msgid for entry in catalogue.fuzzy_entries()] == [], short(source)


def test_translations_keep_their_placeholders() -> None:
    placeholder = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    for source in files(".po"):
        for entry in polib.pofile(str(source)).translated_entries():
            wanted = set(placeholder.findall(entry.msgid))
            texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
            assert all(set(placeholder.findall(text)) <= wanted | set(placeholder.findall(entry.msgid_plural)) for text in texts), (
                entry.msgid
            )
            assert entry.msgid_plural or set(placeholder.findall(entry.msgstr)) == wanted, entry.msgid


def test_lock_files_name_no_registry() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        assert [line for line in lines_of(lock) if re.search(r"://|index-url|find-links|trusted-host| @ ", line)] == []
        assert "--hash=sha256:" in lock.read_text()


def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    assert lines_with(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/", *TEXT) == []


def test_texts_are_calm() -> None:
    """Never "please", "sorry" or "invalid" in what people read."""
    for source in files(".po"):
        shown = [entry.msgid for entry in polib.pofile(str(source)) if not entry.obsolete]
        assert [text for text in shown if re.search(r"\b(?:please|sorry|invalid)\b", text, re.IGNORECASE)] == []
    assert lines_with(r"(?i)>[^<]*\b(?:please|sorry|invalid)\b", ".html") == []
