"""What a process loads when it starts: all that it needs, and Twisted only where Daphne serves."""

import subprocess
import sys

import pytest

from tests.fault.lab.part import ROOT

LOADED = "import sys, django; django.setup(); import kanban_board.urls; print('twisted' in sys.modules)"


@pytest.mark.parametrize("command, loads", [("runserver", "True"), ("backup", "False")])
def test_twisted_is_loaded_only_by_what_serves(command, loads, monkeypatch, tmp_path):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "kanban_board.settings")
    monkeypatch.setenv("PRIZMAI_DATA", str(tmp_path))
    asked = [sys.executable, "-c", LOADED, command]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True).stdout.strip() == loads
