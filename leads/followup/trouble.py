"""Errors as the log may know them: what kind, and where. Their own words can repeat what somebody wrote."""

import traceback
from pathlib import Path


def describe(error: BaseException) -> str:
    """Like `KeyError in mails.py:41`."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else type(error).__name__
