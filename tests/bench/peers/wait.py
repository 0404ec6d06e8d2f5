"""A sender loads everything it needs, says so, and starts when told: starting up is not what is measured."""

import sys


def for_start() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
