"""What is offered while one writes a name is what one may see, and no more."""

from django.contrib.auth import get_user_model

from boards.actions import add_board_member, archive_task, create_task
from messaging.actions import make_board_hook, make_room_hook, switch_outgoing_hook


def asks(client, who, address, **asked):
    client.force_login(who)
    return client.get(address, asked)


def destinations(client, who, begun):
    found = asks(client, who, "/messaging/destinations/", q=begun).json()["destinations"]
    return [(one["kind"], one["name"]) for one in found]


def test_rooms_and_tasks_one_may_see(client, ada, bob, gus, eve, cockpit, engine):
    assert destinations(client, ada, "co") == [("room", "Cockpit")]
    assert destinations(client, bob, "co") == []
    assert destinations(client, bob, "eng") == [("task", "Engine")]
    assert destinations(client, gus, "eng") == [] and destinations(client, gus, "co") == [("room", "Cockpit")]
    assert destinations(client, eve, "") == []


def test_what_is_put_away_is_not_offered_and_beginnings_come_first(client, ada, board, engine):
    column = board.columns.first()
    create_task(by=ada, column_id=column.pk, title="Oil the engine")
    assert [name for _, name in destinations(client, ada, "engine")] == ["Engine", "Oil the engine"]
    archive_task(by=ada, task_id=engine.task_id)
    assert [name for _, name in destinations(client, ada, "engine")] == ["Oil the engine"]


def test_people_of_a_room_and_how_many_would_be_called(client, ada, bob, vera, gus, eve, hangar):
    address = f"/messaging/conversation/{hangar.pk}/people/"
    told = asks(client, ada, address, q="b").json()
    assert [one["username"] for one in told["people"]] == ["bob"]
    assert (told["room"], told["here"]) == (3, 0)
    assert [one["username"] for one in asks(client, ada, address, q="eve").json()["people"]] == []
    assert asks(client, eve, address).status_code == 404


def test_names_are_found_in_whatever_case_and_alphabet(client, ada, board, hangar):
    emile = get_user_model().objects.create_user("Émile", display_name="Юрий Ёлкин")
    add_board_member(by=ada, board_id=board.pk, user_id=emile.pk)
    create_task(by=ada, column_id=board.columns.first().pk, title="Über")
    for begun in ("émi", "ÉMI", "юр", "ёлк"):
        told = asks(client, ada, f"/messaging/conversation/{hangar.pk}/people/", q=begun).json()
        assert [one["username"] for one in told["people"]] == ["Émile"], begun
        people = asks(client, ada, "/messaging/find/", q=begun).json()["people"]
        assert [one["username"] for one in people] == ["Émile"], begun
    assert destinations(client, ada, "über") == [("task", "Über")]


def test_commands_that_webhooks_listen_for(client, ada, eve, bot, server, board, hangar, cockpit, engine):
    def commands(place, who=ada):
        answer = asks(client, who, f"/messaging/conversation/{place.pk}/commands/")
        return [one["word"] for one in answer.json()["commands"]]

    to = {"bot_id": bot.pk, "url": server.url, "events": ["chat_message"]}
    hooks = [
        make_room_hook(by=ada, conversation_id=hangar.pk, word=word, **to)
        for word in ("/Ship", "/ship", "!x")
    ]
    make_board_hook(by=ada, board_id=board.pk, word="/deploy", **to)
    assert commands(hangar) == ["/deploy", "/ship"]
    assert commands(cockpit) == commands(engine) == []  # which is private, and of a task
    switch_outgoing_hook(by=ada, hook_id=hooks[0].pk, on=False)
    switch_outgoing_hook(by=ada, hook_id=hooks[1].pk, on=False)
    assert commands(hangar) == ["/deploy"]
    assert asks(client, eve, f"/messaging/conversation/{hangar.pk}/commands/").status_code == 404
