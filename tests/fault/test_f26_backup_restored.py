"""F26 Yesterday's backup is restored under people's eyes: everybody is told to load anew, and shows what is kept."""

import asyncio
import json
import subprocess
import sys

import pytest

from ..scene import Scene
from .lab.house import POSTGRES, SQLITE, House
from .lab.part import ROOT
from .lab.shelf import Shelf
from .lab.web import DAPHNE, UVICORN
from .lab.wire import Line

PATIENCE = 20.0  # seconds, for whatever machine: how many are told is what is measured


@pytest.fixture(params=[POSTGRES, SQLITE])
def house(request):
    """An installation of its own, for it is taken back in time."""
    postgres = request.getfixturevalue("postgres") if request.param == POSTGRES else None
    with House(postgres) as house:
        house.settle()
        house.scene = Scene(house.stage).is_set()
        house.opens(DAPHNE, UVICORN)
        house.cookie = house.scene.stage.ask("sign_in", user_id=house.scene.ids["ada"])
        yield house


def manages(house, *words):
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=house.env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


async def people(house, room, each):
    """Lines at both doors, all of which have heard the welcome."""
    lines = [
        await Line.opened(web.address, room.path, cookie=house.cookie)
        for web in house.webs
        for _ in range(each)
    ]
    for line in lines:
        await line.hears("welcome", within=PATIENCE)
    return lines


async def say(house, room, text, lines):
    house.stage.ask("post", by=house.scene.ids["bob"], conversation_id=room.conversation_id, text=text)
    for line in lines:
        await line.hears("chat_message", message=text, within=PATIENCE)


def page_of(house, room):
    path = f"/messaging/conversation/{room.conversation_id}/messages/?limit=100"
    status, text = house.webs[0].page(path, Cookie=f"sessionid={house.cookie}")
    assert status == 200, text
    return [one["message"] for one in json.loads(text)["messages"] if one["kind"] == "said"]


async def test_f26_a_backup_is_restored_under_peoples_eyes(house, report):
    room, archive = house.scene.room(), str(house.folder / "yesterday.tar.gz")
    lines = await people(house, room, 10)
    for text in ("Monday", "Tuesday"):
        await say(house, room, text, lines)
    before = await lines[0].hears("welcome")
    manages(house, "backup", "--test", archive)
    for text in ("Today", "Also today"):
        await say(house, room, text, lines)
    last = lines[0].has_heard("chat_message")[-1]
    await asyncio.to_thread(manages, house, "restore", archive, "--force")
    told = [await line.hears("reset", why="epoch", within=PATIENCE) for line in lines]
    assert len({frame["epoch"] for frame in told}) == 1 and told[0]["epoch"] != before["epoch"]

    away = f"{room.path}?since={last['revision']}&epoch={before['epoch']}"
    late = await Line.opened(house.webs[1].address, away, cookie=house.cookie)
    await late.hears("reset", why="epoch")  # who was away meanwhile is told on coming back
    assert page_of(house, room) == ["Monday", "Tuesday"]
    await say(house, room, "Tomorrow", [*lines, late])
    assert page_of(house, room) == [
        row["text"] for row in Shelf(house.database_url).kept(room.conversation_id)
    ]
    report(f"{len(told)} of {len(lines)} told to load anew")
    for line in [*lines, late]:
        await line.closes()


async def test_f26_twin_whose_epoch_stays_shows_what_is_gone(house, report):
    """The log is put back by hand, and goes on counting as if nothing had happened."""
    room = house.scene.room()
    lines = await people(house, room, 1)
    await say(house, room, "Said and taken back", lines)
    house.stage.ask("take_back_the_last", conversation_id=room.conversation_id, text="Said instead")
    await asyncio.sleep(1.5)  # a poll has looked
    shown = [line.has_heard("chat_message")[-1]["message"] for line in lines]
    report(f"shows {shown[0]!r}; kept is {page_of(house, room)}")
    assert not lines[0].has_heard("reset")
    assert shown == ["Said and taken back"] * len(lines) and page_of(house, room) == ["Said instead"]
    for line in lines:
        await line.closes()
