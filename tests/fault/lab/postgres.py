"""A PostgreSQL of our own, with a fresh database for whoever asks."""

import contextlib
import getpass
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from .part import Part, accepts, free_port

OWNER = "prizmai"
QUICK = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
UNHURRIED = ["-c", "wal_writer_delay=10s"]  # what is not confirmed by the disk stays off it


class Postgres(Part):
    """`durable` keeps fsync on, for tests that kill the database itself. `segments` are those of its log, in MB."""

    def __init__(self, folder, durable=False, segments=16):
        self.port, self.data, self._segments = free_port(), Path(folder) / "postgres", segments
        settings = [
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=200",
        ]
        command = [
            _binary("postgres"),
            "-D",
            self.data,
            "-p",
            self.port,
            *settings,
            *(UNHURRIED if durable else QUICK),
        ]
        super().__init__(
            "PostgreSQL", [*_as_itself(), *command], log=folder / "postgres.log", answers=self._answers
        )

    def start(self):
        if os.getuid() == 0:
            _let_through(self.data)
        if not self.data.exists():
            self._lay_down()
        return super().start()

    def stop(self, sign=signal.SIGINT, seconds=8):
        super().stop(sign, seconds)

    def restarts_at_once(self):
        """As `pg_ctl restart -m immediate`: nobody is waited for, and the log is replayed."""
        super().stop(signal.SIGQUIT)
        self.start().wait()

    def does(self, statement, database="postgres"):
        """The rows of one statement by an administrator."""
        with self._connect(database) as connection:
            answer = connection.execute(statement)
            return answer.fetchall() if answer.description else []

    def holds(self, database, *statements):
        """A connection with a transaction in which this was done; close it to let go."""
        connection = psycopg.connect(self.url(database).replace("postgres://", "postgresql://"))
        for statement in statements:
            connection.execute(statement)
        return connection

    def _signal(self, sign):
        """To all of the family: each backend leads a process group of its own."""
        children = _children(self.process.pid)
        super()._signal(sign)
        for pid in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)

    def new_database(self, name, template="template1"):
        self.does(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def copies(self, template, name):
        """Whether there is such a template; then the database, in which nobody is, becomes like it."""
        if not self.does(f"SELECT 1 FROM pg_database WHERE datname = '{template}'"):
            return False
        self.does(f'DROP DATABASE "{name}"')
        self.new_database(name, template)
        return True

    def url(self, name):
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/{name}"

    def _answers(self):
        if not accepts(self.port):
            return False
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self, database="postgres"):
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=OWNER,
            dbname=database,
            autocommit=True,
            connect_timeout=2,
        )

    def _lay_down(self):
        self.data.mkdir(parents=True)
        if os.getuid() == 0:
            shutil.chown(self.data, "postgres", "postgres")
        command = [
            _binary("initdb"),
            "-D",
            str(self.data),
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            f"--wal-segsize={self._segments}",
        ]
        made = subprocess.run(
            [*_as_itself(), *command, "--locale=C"], capture_output=True, text=True, cwd="/"
        )
        assert made.returncode == 0, made.stderr


def _children(parent):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def _as_itself():
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


def _let_through(path):
    """The postgres user must be able to walk down to its data."""
    for folder in path.parents:
        if folder.stat().st_uid == pwd.getpwnam(getpass.getuser()).pw_uid and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)


def _binary(name):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(found[-1]) if found else shutil.which(name) or name
