"""docker-compose.yml starts the same programs as `make run`, and leaves nothing open that need not be."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from leads.management.commands.up import beat, worker

COMPOSE: dict[str, Any] = yaml.safe_load(Path("docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]
OTHERS = {"postgres": "postgres", "redis": "redis", "mailcatcher": "nobody"}


def options(command: list[str]) -> set[str]:
    return {word for word in command if word.startswith("--")} - {"--workdir"}


def test_the_worker_is_started_as_here() -> None:
    assert options(SERVICES["worker"]["command"]) == options(worker())


def test_beat_is_started_as_here() -> None:
    assert options(SERVICES["beat"]["command"]) == options(beat())


@pytest.mark.parametrize("name", SERVICES)
def test_each_can_write_nothing_and_gain_nothing(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])


def test_nobody_is_root_but_the_proxy_whose_certificates_are_roots() -> None:
    ours_in_the_image = re.findall(r"^USER (.+)$", Path("Dockerfile").read_text(), re.MULTILINE)
    assert ours_in_the_image == ["leadwell"]
    assert {name: service["user"] for name, service in SERVICES.items() if "user" in service} == OTHERS
    assert SERVICES.keys() == {*OURS, *OTHERS, "proxy"}


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_whoever_serves_no_page_is_judged_by_what_gets_done(name: str) -> None:
    test = SERVICES[name]["healthcheck"]["test"]
    assert test[:3] == ["CMD", "python", "-m"]
    assert import_module(test[3]).main


def test_only_what_ends_by_itself_goes_without_a_check() -> None:
    assert [name for name, service in SERVICES.items() if service.get("healthcheck") == {"disable": True}] == ["migrate"]


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


def test_the_proxys_own_page_has_the_crisis_help_of_the_place() -> None:
    assert "{$CRISIS_HELP:In crisis, call 911, or call or text 988 at any time.}" in Path("Caddyfile").read_text()
    assert SERVICES["proxy"]["environment"]["CRISIS_HELP"] is None, "as the machine has it, else not set"
