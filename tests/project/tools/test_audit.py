"""A found vulnerability fails the check. A service out of reach is said loudly; in CI it is asked again, and then it fails, too."""

import pytest

from project.tools.audit import PAUSES, audited, verdict

NONE, FOUND = (0, "No known vulnerabilities found"), (1, "Found 1 known vulnerability in 1 package")
AWAY = (1, "requests.exceptions.ConnectionError: Max retries exceeded")


@pytest.mark.parametrize("in_ci", [True, False])
def test_nothing_found_passes(in_ci: bool) -> None:
    assert verdict(*NONE, in_ci) == (0, "Audit: no known vulnerability among the dependencies.")


@pytest.mark.parametrize("in_ci", [True, False])
def test_a_vulnerability_fails(in_ci: bool) -> None:
    assert verdict(*FOUND, in_ci)[0] == 1


def test_a_vulnerability_fails_even_where_a_later_question_got_no_answer() -> None:
    assert verdict(1, f"{FOUND[1]}\nConnectionError", False)[0] == 1


@pytest.mark.parametrize(("in_ci", "code"), [(True, 1), (False, 0)])
def test_a_service_out_of_reach_is_said_loudly_and_fails_in_ci(in_ci: bool, code: int) -> None:
    exit_code, line = verdict(*AWAY, in_ci)
    assert exit_code == code
    assert "AUDIT NOT DONE" in line


def test_any_other_failure_fails() -> None:
    assert verdict(2, "usage: pip-audit", False)[0] == 2


@pytest.mark.parametrize(
    ("in_ci", "answers", "last", "pauses"),
    [
        (True, [AWAY, NONE], NONE, PAUSES[:1]),
        (True, [AWAY, AWAY, FOUND], FOUND, PAUSES),
        (True, [AWAY, AWAY, AWAY, NONE], AWAY, PAUSES),
        (True, [FOUND, NONE], FOUND, ()),
        (False, [AWAY, NONE], AWAY, ()),
    ],
)
def test_only_ci_asks_again_and_only_a_few_times(
    in_ci: bool, answers: list[tuple[int, str]], last: tuple[int, str], pauses: tuple[int, ...]
) -> None:
    coming, waited = iter(answers), list[float]()
    assert audited(lambda: next(coming), in_ci, waited.append) == last
    assert waited == list(pauses)
