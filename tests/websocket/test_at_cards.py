"""Who is at a card, and who holds one: told to the others on the board, kept by nobody."""

import pytest

from ..fault.lab.web import UVICORN
from .test_board import path, watches  # noqa: F401  a fixture


async def test_whose_page_shows_a_card_is_seen_on_the_board(ada, bob, path, scene, other_web):  # noqa: F811
    card, far = scene.task("Look at me"), await watches(bob, path, door=other_web.address)
    page = await ada.enters(card)
    seen = await far.hears("card_visited", task_id=card.id)
    assert [person["user_id"] for person in seen["people"]] == [ada.user_id]
    late = await watches(bob, path)
    assert (await late.hears("card_visited", task_id=card.id))["people"] == seen["people"]
    await page.closes()
    for line in (far, late):
        await line.hears("card_visited", task_id=card.id, people=[])


async def test_a_card_is_held_until_it_is_let_go_or_its_holder_goes(ada, bob, path, scene, other_web):  # noqa: F811
    card, column = scene.task("Carry me"), scene.columns[1]
    ada_line, bob_line = await watches(ada, path), await watches(bob, path, door=other_web.address)
    for end in (lambda: ada_line.says("let_go_card"), ada_line.closes):
        await ada_line.says("hold_card", task_id=card.id, column_id=column)
        held = await bob_line.hears("card_held", task_id=card.id)
        assert [(one["user_id"], one["column_id"]) for one in held["people"]] == [(ada.user_id, column)]
        await end()
        await bob_line.hears("card_held", within=3, task_id=card.id, people=[])
        bob_line.heard.clear()
        bob_line.heard_at.clear()


@pytest.mark.parametrize("web", [UVICORN], indirect=True)  # the clock is not of the server
async def test_five_seconds_without_a_word_end_it(ada, bob, path, scene):  # noqa: F811
    card = scene.task("Forget me")
    ada_line, bob_line = await watches(ada, path), await watches(bob, path)
    await ada_line.says("hold_card", task_id=card.id, column_id=scene.columns[0])
    await bob_line.hears("card_held", task_id=card.id)
    started = bob_line.heard_at[-1]
    await bob_line.hears("card_held", within=7, task_id=card.id, people=[])
    assert 4 < bob_line.heard_at[-1] - started < 6.5


async def test_a_flood_of_it_is_not_told(ada, bob, path, scene):  # noqa: F811
    """S18, of cards: more than a few words a second reach nobody, nor do those of who may not change the board."""
    card = scene.task("Shake me")
    ada_line, bob_line = await watches(ada, path), await watches(bob, path)
    for number in range(20):
        await ada_line.says("hold_card", task_id=card.id, column_id=scene.columns[number % 2])
    await ada_line.says("let_go_card")
    await bob_line.hears("card_held", task_id=card.id, people=[])
    assert 1 <= len([one for one in bob_line.has_heard("card_held", task_id=card.id) if one["people"]]) <= 6


async def test_who_looks_on_is_not_told_of_and_sees_it(ada, bob, vera, path, scene):  # noqa: F811
    card = scene.task("Watch me")
    vera_line, bob_line = await watches(vera, path), await watches(bob, path)
    await vera.enters(card)
    await vera_line.says("hold_card", task_id=card.id, column_id=scene.columns[0])
    await vera_line.settles()
    await (await watches(ada, path)).says("hold_card", task_id=card.id, column_id=scene.columns[0])
    for line in (vera_line, bob_line):
        held = await line.hears("card_held", task_id=card.id)
        assert [one["user_id"] for one in held["people"]] == [ada.user_id]
    assert not bob_line.has_heard("card_visited", task_id=card.id)


async def test_cards_of_nowhere_are_held_by_nobody(ada, bob, eve, path, scene):  # noqa: F811
    line = await watches(ada, path)
    card = scene.task("Real")
    for task_id, column_id in ((10**9, scene.columns[0]), (card.id, 10**9)):
        await line.says("hold_card", task_id=task_id, column_id=column_id)
    await line.says("hold_card", task_id="7", column_id=None)
    assert (await line.hears("error"))["code"] == "malformed"
    late = await watches(bob, path)
    await late.settles()
    assert not late.has_heard("card_held")
