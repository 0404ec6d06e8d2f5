"""A relay for the tests that need one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.followup.relay import Relay


@pytest.fixture(params=[False, True], ids=["one-by-one", "pipelining"])
def relay(request: pytest.FixtureRequest, settings: Any) -> Iterator[Relay]:
    relay = Relay(pipelining=request.param)
    relay.controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", relay.port, 1
    yield relay
    relay.controller.stop()
