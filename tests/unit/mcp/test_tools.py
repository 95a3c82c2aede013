"""What tools do is what people do: it is told to everybody, and found in the conversation and on the board."""

import json
import re
import uuid
from pathlib import Path

import pytest

from accounts.scopes import SCOPES
from kanban_board.api.describing import operations
from kanban_board.mcp.tools import TOOLS
from live import rate
from messaging.models import Message

from .conftest import Assistant, say

READING = [scope for scope in SCOPES if scope.endswith(":read")]


def test_an_assistant_catches_up_and_answers(assistant, hangar, ada):
    asked = say(ada, hangar, "Who has the *keys*, @bob?")
    waiting = assistant.uses("catch_up")
    (place,), (notice,) = waiting["conversations"], waiting["notices"]
    assert (place["name"], place["unread"], place["first_message_id"]) == (hangar.name, 1, asked.pk)
    assert notice["sentence"] == f"Ada mentioned you in {hangar.name}"
    page = assistant.uses("read_messages", conversation_id=hangar.pk, after=place["read_seq"])
    heard = page["messages"][-1]
    assert (heard["message_id"], heard["message"]) == (asked.pk, asked.body)
    said = assistant.uses("post_message", conversation_id=hangar.pk, message="I do.", reply_to=asked.pk)
    assert said["reply_to"]["message_id"] == asked.pk
    assert (
        assistant.uses("mark_read", conversation_id=hangar.pk, message_id=asked.pk)["read_seq"]
        >= heard["seq"]
    )
    assert assistant.uses("catch_up") == {"conversations": [], "more": 0, "notices": []}
    assert Message.objects.get(pk=said["message_id"]).author == assistant.person


def test_an_assistant_is_spoken_to_as_its_person_is(assistant, hangar):
    assistant.person.language = "de"
    assistant.person.save()
    assert assistant.fails("post_message", conversation_id=hangar.pk, message=" ").startswith("Bitte")


def test_a_retry_does_not_post_twice(assistant, hangar):
    arguments = {"conversation_id": hangar.pk, "message": "Once", "client_id": str(uuid.uuid4())}
    assert assistant.uses("post_message", **arguments) == assistant.uses("post_message", **arguments)
    assert Message.objects.filter(body="Once").count() == 1


def test_an_assistant_looks_after_cards(assistant, board, engine):
    columns = assistant.uses("read_board", board_id=board.pk)["columns"]
    card = assistant.uses("make_card", column_id=columns[0]["column_id"], title="Rudder", due="2030-01-31")
    here = {"task_id": card["task_id"]}
    item = assistant.uses("add_checklist_item", **here, text="Oil it")
    assistant.uses("edit_checklist_item", **here, item_id=item["item_id"], is_done=True)
    assert [one["is_done"] for one in assistant.uses("read_card", **here)["items"]] == [True]
    assistant.uses("take_card", **here)
    changed = assistant.uses("edit_card", **here, due=None)
    assert ([one["username"] for one in changed["assignees"]], changed["due"]) == (["bob"], None)
    assert (
        assistant.uses("move_card", **here, column_id=columns[1]["column_id"])["column_id"]
        == columns[1]["column_id"]
    )
    assistant.uses("comment_on_card", **here, message="It sticks.")
    (comment,) = [one for one in assistant.uses("read_comments", **here)["messages"] if one["kind"] == "said"]
    assert comment["message"] == "It sticks."
    assert assistant.uses("complete_card", **here)["column_id"] == columns[2]["column_id"]
    (hit,) = assistant.uses("search_cards", q="rudder")["hits"]
    assert hit["task_id"] == card["task_id"]


def test_an_assistant_searches(assistant, hangar, ada):
    say(ada, hangar, "The wing bolt is loose")
    (hit,) = assistant.uses("search_messages", q="bolt from:ada")["hits"]
    assert hit["conversation_id"] == hangar.pk
    assert "before:" in assistant.fails("search_messages", q="before:soon")


def test_there_are_as_many_tools_as_the_token_has_scopes(bob, db):
    for scopes, some, others in (
        (
            ["messages:read"],
            {"read_messages", "search_messages"},
            {"post_message", "list_boards", "search_cards"},
        ),
        (["boards:read"], {"read_board", "search_cards"}, {"read_messages", "make_card", "search_messages"}),
        (READING, {"read_messages", "search_messages", "read_card"}, {"post_message", "make_card"}),
    ):
        tools = Assistant(bob, scopes).tools()
        assert some | {"who_am_i"} <= tools.keys() and not others & tools.keys()
    assert Assistant(bob).tools().keys() == TOOLS.keys()


def test_the_document_names_every_tool_and_its_scope(bob):
    page = (Path(__file__).parents[3] / "docs/mcp.md").read_text()
    named = re.findall(r"^\| `(\w+)` \|.*\| (?:`(\S+)`|any) \|$", page, re.M)
    assert [name for name, _ in named] == [*TOOLS]
    for name, scope in named:
        others = [one for one in SCOPES if one != scope]
        assert (name in Assistant(bob, others).tools()) == (not scope), name


def test_a_tool_without_its_scope_says_which_it_needs(bob, hangar, board):
    reader = Assistant(bob, ["messages:read"])
    said = reader.fails("post_message", conversation_id=hangar.pk, message="x")
    assert "messages:write" in said and "profile" in said
    assert "boards:read" in reader.fails("search_cards", q="x")
    assert not Message.objects.filter(body="x").exists()


def test_a_token_that_only_writes_hears_no_words(bob, hangar):
    writer = Assistant(bob, ["messages:write"])
    assert "message" not in writer.uses("post_message", conversation_id=hangar.pk, message="x")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({}, "conversation_id: Field required"),
        ({"conversation_id": "x"}, "conversation_id: "),
        ({"conversation_id": 10**30}, "conversation_id: "),
        ({"conversation_id": -1}, "conversation_id: "),
        ({"conversation_id": True}, "conversation_id: "),
        ({"conversation_id": 1, "befor": 3}, "befor: "),
        ({"conversation_id": 1, "limit": 1000}, "limit: "),
        ({"conversation_id": 1, "before": [1]}, "before: "),
        ({"conversation_id": 1, "request": {}}, "request: "),
        ({"conversation_id": 10**6}, "not for you"),
    ],
    ids=str,
)
def test_arguments_that_do_not_fit_are_told_by_name(assistant, arguments, word):
    assert word in assistant.fails("read_messages", **arguments)


def test_s12_no_word_breaks_anything(assistant, hangar):
    for word in ("a\0", "", " ", "x" * 8_001):
        assert assistant.fails("post_message", conversation_id=hangar.pk, message=word).endswith(".")


def test_a_person_has_one_pace_for_all_tools(assistant, hangar, engine, settings):
    settings.LIVE = {**settings.LIVE, "posts_per_second": 0.001, "posts_burst": 2}
    rate.POSTS.clear()
    assistant.uses("post_message", conversation_id=hangar.pk, message="x")
    assistant.uses("take_card", task_id=engine.task_id)
    assert "wait" in assistant.fails("post_message", conversation_id=hangar.pk, message="x")
    assert assistant.uses("read_messages", conversation_id=hangar.pk)


def test_what_browsers_need_is_left_out(assistant, hangar, ada):
    say(ada, hangar, "*Look*")
    (message,) = assistant.uses("read_messages", conversation_id=hangar.pk)["messages"][-1:]
    assert message["message"] == "*Look*" and not {"html", "avatar", "type", "revision"} & message.keys()
    assert "html" not in json.dumps(assistant.tools()["read_messages"]["outputSchema"])


def test_hints_say_what_a_tool_does(assistant):
    doors = {one.view_func.__name__: one.methods[0] for one in operations()}
    for name, told in assistant.tools().items():
        hints = told["annotations"]
        assert hints["readOnlyHint"] == (doors[TOOLS[name].door] == "GET")
        assert hints["readOnlyHint"] or {"destructiveHint", "idempotentHint"} <= hints.keys()
        assert told["inputSchema"]["type"] == told["outputSchema"]["type"] == "object"
        assert told["inputSchema"]["additionalProperties"] is False
        if hints["readOnlyHint"] and name != "who_am_i":
            assert "is data" in told["description"]
