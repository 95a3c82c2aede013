"""A house is a whole installation: a database, a Redis, web processes, jobs, and a stage to set scenes on."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from .jobs import Beat, Worker
from .postgres import Postgres
from .redis import Redis
from .stage import Stage
from .tables import NAME, TABLES, copy_cluster, copy_tables
from .web import DAPHNE, Web

SQLITE, POSTGRES = "sqlite", "postgres"
KEY = "only-for-the-laboratory-where-nothing-is-secret-0123456789"
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")


class House:
    """`more_env` is what every process is told besides; `postgres` a running server, or None for SQLite."""

    def __init__(self, postgres=None, more_env=None, redis_port=None):
        self.folder = Path(tempfile.mkdtemp(prefix="prizmai-lab-"))
        self.redis = Redis(self.folder, redis_port)
        self.postgres = postgres
        self.database_url = f"sqlite:///{self.folder / NAME}"
        if postgres is not None:
            self.database_url = postgres.new_database(self.folder.name)
        self.env = self._environment(more_env or {})
        self.webs, self._jobs, self._stage = [], [], None

    def _environment(self, more):
        return {
            **{name: os.environ[name] for name in INHERITED if name in os.environ},
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis.url,
            "PRIZMAI_DATA": str(self.folder),
            "SECRET_KEY": KEY,
            "PRIZMAI_LOADTEST": "1",
            "PYTHONUNBUFFERED": "1",
            **more,
        }

    @property
    def stage(self):
        if self._stage is None:
            self._stage = Stage(self.env, self.folder / "stage.log")
        return self._stage

    def settle(self):
        """Redis up, the database migrated."""
        self.redis.start().wait()
        self.has_tables()
        return self

    def has_tables(self):
        """The database migrated."""
        if self.postgres is None:
            copy_tables(self.folder)
        elif not self.postgres.copies(TABLES, self.folder.name):
            self.stage.ask("migrate")

    def opens(self, *kinds, words=(), **more_env):
        """Start web processes side by side and return them when all answer."""
        webs = [self.builds(kind, words, **more_env).start() for kind in kinds or [DAPHNE]]
        return [web.wait() for web in webs]

    def builds(self, kind=DAPHNE, words=(), **more_env):
        """A web process that is not started yet, told these words besides."""
        web = Web(kind, env=self.env, folder=self.folder, more_env=more_env, words=words)
        self.webs.append(web)
        return web

    @contextlib.contextmanager
    def extra(self, *kinds, **how):
        """More web processes, for a while."""
        webs = self.opens(*kinds, **how)
        try:
            yield webs
        finally:
            for web in webs:
                web.kill()
                self.webs.remove(web)

    def hires(self, **more_env):
        """Worker and beat, not started yet."""
        env = {**self.env, **more_env}
        self._jobs += [Worker(env=env, folder=self.folder), Beat(env=env, folder=self.folder)]
        return self._jobs[-2:]

    def close(self):
        if self._stage is not None:
            self._stage.close()
        for part in [*self._jobs, *self.webs, self.redis]:
            part.kill() if part.process else None
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()


def new_postgres(**how):
    """A PostgreSQL server in a folder of its own, with the tables to copy."""
    folder = Path(tempfile.mkdtemp(prefix="prizmai-lab-"))
    copy_cluster(folder)
    return Postgres(folder, **how).start().wait()
