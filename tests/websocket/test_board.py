"""The board on its own line: cards as they are made, moved, renamed, talked about and put away."""

import pytest

from ..fault.lab.wire import PLAIN


@pytest.fixture
def path(scene):
    return f"/ws/boards/{scene.board}/"


async def watches(person, path, **how):
    line = await person.dials(path, **how)
    await line.hears("welcome")
    return line


async def test_the_welcome_says_where_the_board_stands(bob, path):
    welcome = await (await watches(bob, path)).hears("welcome")
    assert welcome["protocol"] == 2 and welcome["heartbeat"] == 25
    assert isinstance(welcome["revision"], int) and welcome["epoch"]


async def test_a_card_lives_before_the_eyes_of_all(bob, path, scene, other_web):
    lines = [await watches(bob, path), await watches(bob, path, door=other_web.address)]
    ask, ada = scene.stage.ask, scene.ids["ada"]
    task = ask("make_task", by=ada, column_id=scene.columns[0], title="Paint the tail")
    made = await everybody_hears(lines, "card_created", task)
    assert made["column_id"] == scene.columns[0] and made["rank"] and made["url"]
    ask("rename_task", by=ada, task_id=task, title="Paint the tail red")
    renamed = await everybody_hears(lines, "card_renamed", task)
    assert renamed["title"] == "Paint the tail red"
    ask("move_task", by=ada, task_id=task, column_id=scene.columns[1])
    moved = await everybody_hears(lines, "card_moved", task)
    assert moved["column_id"] == scene.columns[1]
    ask("archive_task", by=ada, task_id=task)
    archived = await everybody_hears(lines, "card_archived", task)
    revisions = [frame["revision"] for frame in (made, renamed, moved, archived)]
    assert revisions == list(range(revisions[0], revisions[0] + 4))


async def everybody_hears(lines, type, task):
    """The frame, which is the same for all."""
    heard = [await line.hears(type, task_id=task) for line in lines]
    assert all(frame == heard[0] for frame in heard)
    return heard[0]


async def test_comments_are_counted_live(ada, bob, path, scene):
    line, comments = await watches(bob, path), scene.task("Talk about me")
    await ada.posts(comments, "First")
    told = await line.hears("card_commented", task_id=comments.id)
    assert told["comment_count"] == 1


async def test_what_was_missed_comes_on_return(bob, path, scene):
    line = await watches(bob, path)
    welcome = await line.hears("welcome")
    await line.closes()
    task = scene.task("Made meanwhile")
    back = await bob.dials(f"{path}?since={welcome['revision']}&epoch={welcome['epoch']}")
    await back.hears("synced")
    assert back.has_heard("card_created", task_id=task.id)


async def test_another_epoch_is_reset(bob, path):
    back = await bob.dials(f"{path}?since=0&epoch=00000000-0000-4000-8000-000000000000")
    assert (await back.hears("reset"))["why"] == "epoch"


async def test_a_pong_carries_the_revision(bob, path, scene):
    line = await watches(bob, path)
    task = scene.task("One more")
    made = await line.hears("card_created", task_id=task.id)
    await line.says("ping")
    assert (await line.hears("pong"))["revision"] >= made["revision"]


async def test_outsiders_see_no_board(eve, bob, path):
    await watches(bob, path)
    assert await (await eve.dials(path)).is_closed() == 4403


async def test_a_plain_client_is_welcome(bob, path, scene):
    line = await bob.dials(path, dialect=PLAIN)
    await line.says("ping")
    await line.hears("pong")
    task = scene.task("Plain to see")
    await line.hears("card_created", task_id=task.id)
