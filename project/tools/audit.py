"""Known vulnerabilities among the pinned dependencies.

Without the advisory service it says so loudly; at home the rest goes on, in CI (CI=true) it is tried again and then fails.
"""

import os
import subprocess  # nosec B404: runs pip-audit
import sys
import time
from collections.abc import Callable

COMMAND = [
    sys.executable,
    "-m",
    "pip_audit",
    "--requirement",
    "requirements.txt",
    "--require-hashes",
    "--disable-pip",
    "--progress-spinner",
    "off",
]
UNREACHABLE = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ServiceError", "Max retries exceeded", "NameResolutionError")


PAUSES = (5, 20)  # seconds before CI tries again

Audit = Callable[[], tuple[int, str]]  # exit code and output


def is_out_of_reach(code: int, output: str) -> bool:
    return code != 0 and "known vulnerabilit" not in output and any(word in output for word in UNREACHABLE)


def verdict(code: int, output: str, in_ci: bool) -> tuple[int, str]:
    """Exit code and closing line for what pip-audit answered."""
    if code == 0:
        return 0, "Audit: no known vulnerability among the dependencies."
    if is_out_of_reach(code, output):
        return int(in_ci), "*** AUDIT NOT DONE: the advisory service could not be reached from this machine. ***"
    return code, "Audit: failed."


def audited(audit: Audit, in_ci: bool, wait: Callable[[float], None]) -> tuple[int, str]:
    answer = audit()
    for pause in PAUSES if in_ci else ():
        if not is_out_of_reach(*answer):
            break
        wait(pause)
        answer = audit()
    return answer


def pip_audit() -> tuple[int, str]:
    done = subprocess.run(COMMAND, capture_output=True, text=True, check=False)  # nosec B603: our own words
    return done.returncode, done.stdout + done.stderr


def main() -> int:
    in_ci = os.environ.get("CI") == "true"
    code, output = audited(pip_audit, in_ci, time.sleep)
    exit_code, line = verdict(code, output, in_ci)
    if exit_code:
        sys.stderr.write(output)
    sys.stdout.write(line + "\n")
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
