"""A backup is taken while people write, and brought back somewhere else, or under those who are connected."""

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from contextlib import asynccontextmanager

import pytest

from operations.websocket_by_hand import ask_http

from ..fault.lab.house import POSTGRES, SQLITE, House, new_postgres
from ..fault.lab.postgres import _binary
from ..fault.lab.web import DAPHNE
from ..scene import Scene
from .terminal import PROJECT

pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs a redis-server")

# Somebody uploads files, posts two of three, and has the third swept away, until told to stop.
UPLOADING = """
import itertools, os, pathlib
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from messaging.actions import keep_upload, post_message
ada, room = get_user_model().objects.get(username="ada"), {room}
for n in itertools.count():
    if pathlib.Path({stop!r}).exists():
        break
    chunks = [os.urandom(100_000) for _ in range(3)]
    upload = keep_upload(conversation_id=room, by=ada, name=f"{{n}}.bin", chunks=chunks)
    if n % 3 == 2:
        default_storage.delete(upload.path)
        upload.delete()
    else:
        post_message(conversation_id=room, author=ada, body=f"file {{n}}", attachments=[upload.pk])
"""


# Ada wears a face, and posts a picture of which a smaller one is made.
SHOWING = """
import io
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from PIL import Image
from accounts.pictures.faces import keep_face
from messaging.actions import keep_upload, post_message
from messaging.actions.files import shrinking
ada, room, file = get_user_model().objects.get(username="ada"), {room}, io.BytesIO()
Image.effect_noise((1200, 800), 90).save(file, "PNG")
ada.avatar = keep_face(ContentFile(file.getvalue(), name="ada.png"))
ada.save(update_fields=["avatar"])
upload = keep_upload(conversation_id=room, by=ada, name="a.png", chunks=[file.getvalue()])
post_message(conversation_id=room, author=ada, body="a picture", attachments=[upload.pk])
shrinking.shrink(upload.pk)
print(ada.avatar, upload.url)
"""


@pytest.fixture(params=[SQLITE, POSTGRES])
def postgres(request):
    """A server, or None for SQLite."""
    if request.param == SQLITE:
        yield None
        return
    if not os.path.exists(_binary("postgres")):
        pytest.skip("PostgreSQL is not installed")
    server = new_postgres()
    yield server
    server.stop()


@pytest.fixture
def house(postgres):
    with House(postgres) as house:
        house.settle().opens(DAPHNE)
        house.scene = Scene(house.stage).is_set()
        yield house


@pytest.fixture
def other_house(postgres):
    """Another installation, in a folder and a database of its own, with nothing in it."""
    with House(postgres) as house:
        house.redis.start().wait()
        yield house


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "backup.tar.gz"


async def manage(house, *words):
    """What `manage.py` says."""
    python = [sys.executable, PROJECT / "manage.py", *map(str, words)]
    run = await asyncio.to_thread(subprocess.run, python, env=house.env, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


@asynccontextmanager
async def under_load(house, ada, room, stop):
    """Ada posts on her line as fast as she is acknowledged, and uploads elsewhere; yields what was acknowledged."""
    uploading = UPLOADING.format(room=room.id, stop=str(stop))
    python = [sys.executable, PROJECT / "manage.py", "shell", "--no-imports", "-c", uploading]
    uploader = subprocess.Popen(python, env=house.env, stderr=subprocess.PIPE, text=True)
    acknowledged = []

    async def post():
        while True:
            acknowledged.append((await ada.posts(room, f"number {len(acknowledged)}"))["client_id"])

    posting = asyncio.create_task(post())
    try:
        await (await ada.line_to(room)).hears_such(
            lambda frame: frame.get("message") == "file 4", "an upload", within=20
        )
        yield acknowledged
    finally:
        stop.touch()
        posting.cancel()  # first: SQLite has one writer at a time, and who posts without a pause is always it
        await asyncio.gather(posting, return_exceptions=True)
        told = await asyncio.to_thread(uploader.communicate)
    assert uploader.returncode == 0, told


def served(web, room, cookie):
    """Every message of a room as its pages get them, by seq."""
    messages, after = {}, 0
    while True:
        path = f"/messaging/conversation/{room.conversation_id}/messages/?after={after}&limit=100"
        status, _, body = ask_http(f"http://{web.address}", path, {"Cookie": f"sessionid={cookie}"})
        assert status == 200
        page = json.loads(body)
        messages |= {message["seq"]: message for message in page["messages"]}
        if not page["more_after"]:
            return messages
        after = max(messages)


def parts_of(archive):
    with tarfile.open(archive) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


async def test_a_backup_under_load_is_whole_and_comes_back_elsewhere(house, other_house, archive, tmp_path):
    ada, room = house.scene.person("ada", house.webs[0].address), house.scene.room()
    await ada.enters(room)
    face, picture = (await manage(house, "shell", "--no-imports", "-c", SHOWING.format(room=room.id))).split()
    async with under_load(house, ada, room, tmp_path / "stop") as acknowledged:
        before = list(acknowledged)
        assert "messages" in await manage(house, "backup", archive)
        after = list(acknowledged)
    assert len(after) > len(before) > 0  # people wrote while it was made
    assert archive.stat().st_mode & 0o077 == 0

    await manage(other_house, "restore", archive)
    other_house.opens(DAPHNE)
    restored = served(other_house.webs[0], room, ada.cookie)
    lived = served(house.webs[0], room, ada.cookie)
    last = max(restored)
    assert sorted(restored) == list(range(1, last + 1))  # no hole
    assert restored == {seq: message for seq, message in lived.items() if seq <= last}
    assert set(before) <= {message.get("client_id") for message in restored.values()}

    parts = parts_of(archive)
    manifest = json.loads(parts["manifest.json"])
    assert manifest["missing"] == []
    for message in restored.values():
        for file in message["attachments"]:
            status, _, content = ask_http(
                f"http://{other_house.webs[0].address}", file["url"], {"Cookie": f"sessionid={ada.cookie}"}
            )
            assert (status, len(content)) == (200, file["size"])
            digest = hashlib.sha256(content).hexdigest()
            assert digest in {part["sha256"] for part in manifest["parts"].values()}
    shown = [f"/accounts/face/{face}/{size}/" for size in (64, 256)] + [f"{picture}?size=small"]
    for path in shown:
        here, there = [
            ask_http(f"http://{one.webs[0].address}", path, {"Cookie": f"sessionid={ada.cookie}"})
            for one in (house, other_house)
        ]
        assert here[0] == there[0] == 200 and here[2] == there[2]
        assert here[2][8:12] == there[2][8:12] == b"WEBP"
        assert hashlib.sha256(there[2]).hexdigest() in {part["sha256"] for part in manifest["parts"].values()}
    await manage(other_house, "backup", tmp_path / "again.tar.gz")
    again = json.loads(parts_of(tmp_path / "again.tar.gz")["manifest.json"])
    assert rows_kept(again) == rows_kept(manifest)
    files = {name: part for name, part in manifest["parts"].items() if name.startswith("media/")}
    assert again["parts"].items() >= files.items()
    await ada.goes()


def rows_kept(manifest):
    """{table: how many}, but for signs of life, which no restore brings back."""
    signs_of_life = {"operations_heartbeat", "operations_lineprocess"}
    return {table: count for table, count in manifest["counts"].items() if table not in signs_of_life}


# Bob becomes a member of a private room.
INVITING = """
from django.contrib.auth import get_user_model
from messaging.actions import add_member
ada = get_user_model().objects.get(username="ada")
add_member(by=ada, conversation_id={room}, user_id={bob})
"""


async def test_who_is_connected_is_told_of_a_restore(house, archive):
    scene, door, hangar = house.scene, house.webs[0].address, house.scene.room()
    ada, bob = scene.person("ada", door), scene.person("bob", door)
    lines = [
        await ada.enters(hangar),
        await bob.enters(hangar),
        await ada.dials(f"/ws/boards/{scene.board}/"),
    ]
    welcome = await lines[0].hears("welcome")
    board_welcome = await lines[2].hears("welcome")
    await ada.posts(hangar, "Kept")
    cockpit = scene.room(private_to=("ada",))
    await manage(house, "backup", archive)
    await manage(house, "shell", "--no-imports", "-c", INVITING.format(room=cockpit.id, bob=scene.ids["bob"]))
    not_his_then = await bob.enters(cockpit)
    bob.lines.remove(not_his_then)
    gone = await ada.posts(hangar, "Said after the backup")
    carol = scene.newcomer("carol", door)  # nobody of the restored state
    hers = await carol.enters(hangar)

    refused = [sys.executable, PROJECT / "manage.py", "restore", archive]
    told = await asyncio.to_thread(subprocess.run, refused, env=house.env, capture_output=True, text=True)
    assert told.returncode != 0 and "--force" in told.stderr

    assert "Open pages load anew" in await manage(house, "restore", archive, "--force")
    resets = await asyncio.gather(*(line.hears("reset", why="epoch", within=5) for line in lines))
    assert resets[0] == resets[1] and resets[0]["epoch"] != welcome["epoch"]
    assert resets[2]["epoch"] != board_welcome["epoch"]
    assert await hers.is_closed(within=5) in (4401, 4403)
    assert await not_his_then.is_closed(within=5) == 4403

    ack = await ada.posts(hangar, "Said in the new history")
    assert ack["seq"] == gone["seq"]
    await bob.hears("Said in the new history")
    words = [message["message"] for message in served(house.webs[0], hangar, bob.cookie).values()]
    assert words[-2:] == ["Kept", "Said in the new history"]
    back = await bob.dials(f"{hangar.path}?since={gone['revision']}&epoch={welcome['epoch']}")
    assert (await back.hears("reset"))["why"] == "epoch"

    await manage(house, "restore", archive, "--force", "--sign-everybody-out")
    assert await lines[0].is_closed(within=5) == await lines[2].is_closed(within=5) == 4401
    for person in (ada, bob, carol):
        await person.goes()
