"""What the models say and what the migrations make are the same."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

from django.core.management import call_command


def test_no_migration_is_missing(db):
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit as missing:
        raise AssertionError(f"makemigrations would make:\n{told.getvalue()}") from missing


def test_deployment_settings_are_complete(tmp_path):
    """`manage.py check --deploy` as an administrator behind TLS would run it."""
    said = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=Path(__file__).resolve().parents[2],
        env={
            "PATH": os.environ["PATH"],
            "PRIZMAI_DATA": str(tmp_path),
            "ALLOWED_ORIGINS": "https://chat.example.org",
            "DATABASE_URL": "postgres://prizmai@127.0.0.1/prizmai",
        },
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stdout + said.stderr
