"""A found vulnerability fails the check; an advisory service that is out of reach is said loudly and does not."""

from project.tools.audit import verdict


def test_nothing_found_passes() -> None:
    assert verdict(0, "No known vulnerabilities found") == (0, "Audit: no known vulnerability among the dependencies.")


def test_a_vulnerability_fails() -> None:
    assert verdict(1, "Found 1 known vulnerability in 1 package")[0] == 1


def test_a_vulnerability_fails_even_where_a_later_question_got_no_answer() -> None:
    assert verdict(1, "Found 1 known vulnerability in 1 package\nConnectionError")[0] == 1


def test_a_service_out_of_reach_is_said_loudly() -> None:
    code, line = verdict(1, "requests.exceptions.ConnectionError: Max retries exceeded")
    assert code == 0
    assert "AUDIT NOT DONE" in line


def test_any_other_failure_fails() -> None:
    assert verdict(2, "usage: pip-audit")[0] == 2
