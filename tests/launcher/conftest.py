"""What the tests of the launcher share: real launchers on folders of their own, and a person who reads the terminal."""

import json
import subprocess
import sys

import pytest

from ..fault.lab.tables import copy_tables
from .terminal import PROJECT, Terminal, clean_environment


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def tables(folder):
    """The folder of an installation that was started before, so that nothing is left to migrate."""
    copy_tables(folder)


@pytest.fixture
def terminal(folder):
    """Opens terminals in which the start command runs; closes them, and looks that nothing is left."""
    opened = []

    def open_terminal(*options, data=folder, **environment):
        opened.append(Terminal(data, options, environment))
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.close()


@pytest.fixture
def diagnosed(tmp_path):
    """Run it as a person would, on an empty folder: (exit status, {name: finding}, everything it printed)."""
    (tmp_path / "data").mkdir(exist_ok=True)

    def diagnose(*options, **environment):
        known = {
            **clean_environment(),
            "PRIZMAI_DATA": str(tmp_path / "data"),
            "REDIS_URL": "redis://127.0.0.1:1",
        }
        asked = [sys.executable, PROJECT / "check_messaging_config.py", "--json", *options]
        done = subprocess.run(
            asked, env={**known, **environment}, capture_output=True, text=True, timeout=120
        )
        printed = done.stdout + done.stderr
        findings = json.loads(done.stdout)["findings"] if done.stdout.startswith("{") else []
        return done.returncode, {finding["name"]: finding for finding in findings}, printed

    return diagnose
