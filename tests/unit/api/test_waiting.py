"""What waits for somebody is told to their programs as the catch-up page tells it to them."""

from boards.actions import assign_task
from messaging.actions import create_room, mark_read

from .conftest import Program, say


def names(told):
    return [place["name"] for place in told["conversations"]]


def test_what_is_unread_waits_from_its_first_word_to_its_last(bot, hangar, ada):
    first, last = say(ada, hangar, "Who has the keys?"), say(ada, hangar, "Anybody?")
    (place,) = bot.gets("waiting")["conversations"]
    assert (place["first_message_id"], place["excerpt"], place["unread"]) == (
        first.pk,
        "Who has the keys?",
        2,
    )
    bot.does("POST", f"conversations/{hangar.pk}/read", {"message_id": place["last_message_id"]})
    assert place["last_message_id"] == last.pk and bot.gets("waiting")["conversations"] == []


def test_the_oldest_unread_word_is_first(bot, hangar, engine, ada):
    rattle = say(ada, engine, "It rattles")
    say(ada, hangar, "Lunch")
    assert names(bot.gets("waiting")) == ["Engine", hangar.name]
    mark_read(by=bot.person, conversation_id=engine.pk, message_id=rattle.pk)
    assert names(bot.gets("waiting")) == [hangar.name]


def test_a_card_that_was_given_to_me_waits_until_it_is_seen(bot, engine, ada):
    assign_task(by=ada, task_id=engine.task_id, user_id=bot.person.pk)
    (notice,) = bot.gets("waiting")["notices"]
    assert (notice["kind"], notice["task_id"], notice["sentence"]) == (
        "assignment",
        engine.task_id,
        "Ada gave you Engine",
    )


def test_what_waits_is_told_in_few_queries(bot, board, hangar, ada, direct, django_assert_max_num_queries):
    for name in ("Tower", "Apron", "Fuel", "Stairs", "Gate"):
        say(ada, create_room(by=ada, board_id=board.pk, name=name, people=[bot.person.pk]), "@bob")
    with django_assert_max_num_queries(12):
        assert len(bot.gets("waiting")["conversations"]) == 5


def test_nothing_waits_for_who_is_never_in_it(hangar, eve, ada):
    say(ada, hangar, "@eve, look")
    assert Program(eve).gets("waiting") == {"conversations": [], "more": 0, "notices": []}


def test_a_card_is_taken_and_given_back(bot, engine, ada):
    assign_task(by=ada, task_id=engine.task_id, user_id=ada.pk)
    here = f"cards/{engine.task_id}/take"
    taken = [bot.does("POST", here, {}) for _ in range(2)]
    assert {one["username"] for one in taken[0]["assignees"]} == {"ada", "bob"}
    assert taken[0]["revision"] == taken[1]["revision"]
    assert [one["username"] for one in bot.does("POST", here, {"on": False})["assignees"]] == ["ada"]
