"""Catching up: what waits, in its order, at a cost that does not grow; and putting it away and back by a form."""

import pytest

from boards.actions import add_board_member, assign_task, create_column, create_task, move_task
from messaging.actions import create_room, delete_message, mark_read, mark_unread

from ..conftest import say


def hub(client, who):
    client.force_login(who)
    return client.get("/messaging/")


def waiting(client, who):
    return [(row["name"], row["unread"], row["excerpt"]) for row in hub(client, who).context["waiting"]]


def test_the_oldest_unread_comes_first(client, ada, bob, hangar, engine, direct):
    said = [say(ada, where, f"{n}") for n, where in enumerate((engine, direct, hangar, engine))]
    assert waiting(client, bob) == [("Engine", 2, "0"), ("Ada", 1, "1"), ("General", 1, "2")]
    mark_read(by=bob, conversation_id=engine.pk, message_id=said[0].pk)
    delete_message(conversation_id=direct.pk, message_id=said[1].pk, by=ada)
    assert waiting(client, bob) == [("General", 1, "2"), ("Engine", 1, "3")]
    assert b"You are up to date" not in hub(client, bob).content
    assert waiting(client, ada) == [] and b"You are up to date" in hub(client, ada).content


def test_who_is_on_no_board_yet_is_told_what_to_do(client, ada, eve, gus, board, hangar):
    def hints(who):
        page = hub(client, who).content
        place = page[page.index(b'id="catch-up-list"') : page.index(b"catch-up-keys")]  # what is drawn anew
        return b"You are not on a board yet" in place, b"You are up to date" in place

    assert hints(eve) == (True, False)
    add_board_member(by=ada, board_id=board.pk, user_id=eve.pk)
    assert hints(eve) == hints(ada) == hints(gus) == (False, True)


def test_what_waits_is_put_away_and_back_by_a_form(client, ada, bob, hangar):
    messages = [say(ada, hangar, f"{n} @bob") for n in range(3)]
    [row] = hub(client, bob).context["waiting"]
    assert (row["first_id"], row["last_id"]) == (messages[0].pk, messages[2].pk)
    address = f"/messaging/conversation/{hangar.pk}/read/"
    assert client.post(address, {"message": row["last_id"]}).status_code == 302
    assert waiting(client, bob) == [] == hub(client, bob).context["bundles"]
    client.post(address, {"message": row["first_id"], "unread": "1"})
    assert waiting(client, bob) == [("General", 3, "0 @bob")]
    assert client.post(address, {}, headers={"Accept": "application/json"}).status_code == 400


def test_eve_puts_nothing_away(client, ada, eve, hangar):
    message = say(ada, hangar, "Hello")
    client.force_login(eve)
    answer = client.post(f"/messaging/conversation/{hangar.pk}/read/", {"message": message.pk})
    assert answer.status_code == 403 and waiting(client, eve) == []


@pytest.mark.parametrize("rooms", [2, 30])
def test_catching_up_costs_the_same_however_many_wait(
    client, ada, bob, board, rooms, django_assert_max_num_queries
):
    for number in range(rooms):
        room = create_room(by=ada, board_id=board.pk, name=f"Room {number}")
        say(ada, room, "@bob look")
        say(
            ada,
            create_task(by=ada, column_id=board.columns.first().pk, title=f"{number}").conversation,
            "and here",
        )
    client.force_login(bob)
    with django_assert_max_num_queries(14):
        assert len(client.get("/messaging/").context["waiting"]) == min(2 * rooms, 60)


def test_cards_of_mine_that_somebody_else_moved(client, ada, bob, board, engine):
    todo, done = create_column(by=ada, board_id=board.pk, title="To do"), board.columns.first()
    here = {"task_id": engine.task_id}
    other = create_task(by=ada, column_id=done.pk, title="Oil")

    def moved(who):
        client.force_login(who)
        return [task.title for task in client.get("/messaging/").context["moved"]]

    assign_task(by=ada, user_id=bob.pk, **here)
    move_task(by=ada, column_id=done.pk, after_task_id=other.pk, **here)  # within its column
    assert moved(bob) == []
    move_task(by=ada, column_id=todo.pk, **here)
    say(ada, engine, "It leaks")
    assert moved(ada) == [] and moved(bob) == ["Engine"]
    assert b"moved to To do by Ada" in client.get("/messaging/").content
    move_task(by=bob, column_id=done.pk, **here)
    assert moved(bob) == []


def test_unread_again_waits_again(client, ada, gus, cockpit):
    message = say(ada, cockpit, "Only here")
    mark_read(by=gus, conversation_id=cockpit.pk, message_id=message.pk)
    assert waiting(client, gus) == []
    mark_unread(by=gus, conversation_id=cockpit.pk, message_id=message.pk)
    assert [name for name, *_ in waiting(client, gus)] == ["Cockpit"]
