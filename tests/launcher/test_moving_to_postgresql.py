"""An installation on SQLite that has grown goes on in PostgreSQL: by a backup, into an empty database."""

import os
import subprocess
import sys

import pytest

from ..fault.lab.house import new_postgres
from ..fault.lab.postgres import _binary
from ..fault.lab.tables import copy_tables
from .terminal import PROJECT, clean_environment

pytestmark = pytest.mark.skipif(not os.path.exists(_binary("postgres")), reason="PostgreSQL is not installed")

# What is there, but for what each restore makes new; then something is written, whose number must be the next.
TOLD = """
import json
from django.apps import apps
from django.core.serializers import serialize
from operations.models import Backup
made_new = {"epoch"}
Backup.objects.all().delete()  # which is written down when it is made
for model in apps.get_models(include_auto_created=True):
    for row in json.loads(serialize("json", model._base_manager.order_by("pk"))):
        print(row["model"], row["pk"], {k: v for k, v in row["fields"].items() if k not in made_new})
"""
WRITES = """
from django.contrib.auth import get_user_model
from messaging.actions import post_message
from messaging.models import Conversation, Message
ada, last = get_user_model().objects.get(username="ada"), Message.objects.latest("pk")
said = post_message(conversation_id=last.conversation_id, author=ada, body="In its new house")
print(said.pk > last.pk)
"""
FINDS = """
from django.test import Client
from django.contrib.auth import get_user_model
ada = Client(headers={"host": "localhost"})
ada.force_login(get_user_model().objects.get(username="ada"))
print(ada.get("/messaging/search/", {"q": "house"}).content.decode().count("In its new"))
"""


@pytest.fixture
def postgres():
    server = new_postgres()
    yield server
    server.stop()


def manage(data, *words, **environment):
    told = {**clean_environment(), "PRIZMAI_DATA": str(data), **environment}
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=PROJECT, env=told, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def asked(data, words, **environment):
    status, told = manage(data, "shell", "-v0", "-c", words, **environment)
    assert status == 0, told
    return told


def test_all_is_there_and_goes_on(tmp_path, postgres):
    old, new, archive = tmp_path / "old", tmp_path / "new", str(tmp_path / "backup.tar.gz")
    copy_tables(old)
    assert manage(old, "demo")[0] == manage(old, "backup", archive)[0] == 0
    in_postgres = {"DATABASE_URL": postgres.new_database("grown")}
    status, told = manage(new, "restore", archive, **in_postgres)
    assert status == 0, told
    assert asked(new, TOLD, **in_postgres) == asked(old, TOLD)
    assert (new / "secret_key").read_bytes() == (old / "secret_key").read_bytes()
    assert asked(new, WRITES, **in_postgres) == "True\n"
    assert int(asked(new, FINDS, **in_postgres)) > 0
    assert manage(new, "check_unread", **in_postgres)[0] == 0
    status, told = manage(new, "restore", archive, "--force", **in_postgres)
    assert status == 1 and "nobody uses yet" in told
