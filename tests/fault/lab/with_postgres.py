"""Runs a command on a PostgreSQL of its own: python -m tests.fault.lab.with_postgres <command>."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .postgres import Postgres


def main(command):
    server = Postgres(Path(tempfile.mkdtemp(prefix="prizmai-lab-"))).start().wait()
    try:
        env = {**os.environ, "DATABASE_URL": server.url("postgres")}
        return subprocess.run(command, env=env).returncode
    finally:
        server.stop()
        shutil.rmtree(server.data.parent, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
