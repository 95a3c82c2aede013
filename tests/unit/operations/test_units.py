"""The units for systemd start the servers as the launcher does."""

from pathlib import Path

import pytest

from live.servers.starting import DAPHNE_ARGUMENTS, UVICORN_ARGUMENTS

UNIT = Path(__file__).parents[3] / "docs/deploy/prizmai-web.service"


@pytest.mark.parametrize("arguments", [DAPHNE_ARGUMENTS, UVICORN_ARGUMENTS], ids=["daphne", "uvicorn"])
def test_the_web_server_is_started_with_all_it_needs(arguments):
    words = f" {' '.join(UNIT.read_text().split())} "
    for option, value in options(arguments):
        assert f" {option} {value}".rstrip() + " " in words, option


@pytest.mark.parametrize("part", ["web", "worker", "beat"])
def test_no_unit_gives_up_while_the_database_is_away(part):
    unit = (UNIT.parent / f"prizmai-{part}.service").read_text()
    assert "Restart=always" in unit
    assert "StartLimitIntervalSec=0" in unit.partition("[Service]")[0]


def test_migrations_are_not_ended_for_being_slow():
    assert "TimeoutStartSec=infinity" in UNIT.read_text()


@pytest.mark.parametrize("part", ["web", "worker", "beat", "backup"])
def test_what_a_unit_writes_nobody_else_reads(part):
    assert said(UNIT.parent / f"prizmai-{part}.service", "UMask=") == ["UMask=0077"]


def test_a_backup_runs_where_and_with_what_the_web_server_does():
    backup, web = (UNIT.parent / f"prizmai-{part}.service" for part in ("backup", "web"))
    for line in ("User=", "WorkingDirectory=", "EnvironmentFile=", "ReadWritePaths="):
        assert said(backup, line) == said(web, line)


def said(unit, word):
    return [line for line in unit.read_text().splitlines() if line.startswith(word)]


def options(arguments):
    """(option, its value or nothing)"""
    following = [*arguments[1:], "--"]
    for word, after in zip(arguments, following, strict=True):
        if word.startswith("--"):
            yield word, "" if after.startswith("--") else after
