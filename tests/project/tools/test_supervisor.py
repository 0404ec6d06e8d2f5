from project.supervisor import parse


def test_commands_are_parted_by_two_dashes() -> None:
    assert parse(["web", "granian", "--port", "1", "--", "beat", "celery"]) == {"web": ["granian", "--port", "1"], "beat": ["celery"]}
