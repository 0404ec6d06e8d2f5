"""docker-compose.yml starts the same programs as `make run`, and leaves nothing open that need not be."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from leads.management.commands.up import beat, worker

COMPOSE: dict[str, Any] = yaml.safe_load(Path("docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]


def options(command: list[str]) -> set[str]:
    return {word for word in command if word.startswith("--")} - {"--workdir"}


def test_the_worker_is_started_as_here() -> None:
    assert options(SERVICES["worker"]["command"]) == options(worker())


def test_beat_is_started_as_here() -> None:
    assert options(SERVICES["beat"]["command"]) == options(beat())


@pytest.mark.parametrize("name", OURS)
def test_ours_can_write_nothing_and_gain_nothing(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", ["web", "worker"])
def test_it_scales(name: str) -> None:
    """A name or a port of the machine can be had only once."""
    assert not {"container_name", "ports"} & SERVICES[name].keys()


def test_each_waits_for_the_migration() -> None:
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_no_secret_stands_in_the_file() -> None:
    for name in OURS:
        environment = SERVICES[name]["environment"]
        assert not {"SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "EMAIL_URL"} & environment.keys()


def test_the_database_writes_nobody_into_its_log() -> None:
    assert {"log_error_verbosity=terse", "log_min_error_statement=panic"} <= set(SERVICES["postgres"]["command"])


def test_the_proxy_drops_headers_that_could_pass_for_its_own() -> None:
    assert "request_header -*_*" in Path("Caddyfile").read_text()


def test_the_proxy_waits_for_slow_bodies_so_that_no_thread_has_to() -> None:
    proxy = Path("Caddyfile").read_text()
    assert "request_buffers 1MB" in proxy
    assert "read_body 30s" in proxy
