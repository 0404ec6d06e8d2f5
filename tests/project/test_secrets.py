"""What local mode makes for itself."""

from pathlib import Path

from project.secrets import read_or_make


def test_a_new_folder_and_what_is_in_it_are_for_one_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert read_or_make("MADE_UP", folder, "secret") == "secret"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "made_up").stat().st_mode & 0o777 == 0o600
