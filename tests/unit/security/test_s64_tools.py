"""Every tool of the assistants is one of the doors that api_doors.py declares, and lets in the same people."""

import json

import pytest
from django.db import transaction

from accounts.scopes import SCOPES
from kanban_board.api.refusals import NOT_HERE
from kanban_board.mcp.tools import ALL
from live import rate
from messaging import limits

from ..mcp.conftest import Assistant
from ..mcp.schemas import fits
from .api_doors import CALLS, CAST, DECLARED, asked_of

WRITING = [scope for scope in SCOPES if scope.endswith(":write")]
USES = [(tool, call) for tool in ALL for call in CALLS if call.partition("#")[0] == f"api:{tool.door}"]


@pytest.mark.parametrize("name", CAST)
def test_s64_everybody_gets_from_a_tool_what_its_door_gives(scene, name):
    assistant, wrong = Assistant(getattr(scene, name)), []
    for tool, call in USES:
        result, declared = _used(assistant, tool, call, scene), DECLARED[call][name]
        if result["isError"] != (declared[0] != "2"):
            wrong.append(f"{name} {tool.name} {call}: {result['content']} instead of {declared}")
        if (result["content"][0]["text"] == NOT_HERE) != (declared == "404"):
            wrong.append(f"{name} {tool.name} {call}: {result['content']} is not {declared}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("scopes", [SCOPES, WRITING], ids=["all", "writing"])
def test_every_answer_is_as_its_schema_says(scene, scopes):
    assistant, looked_at = Assistant(scene.bob, scopes), set()
    for tool, call in USES:
        result = _used(assistant, tool, call, scene)
        if not result["isError"]:
            looked_at.add(tool.name)
            assert fits(result["structuredContent"], tool.described["outputSchema"]), (call, result)
    assert looked_at >= assistant.tools().keys() - {"edit_message"}  # it is Ada's


def test_another_answer_would_be_seen():
    schema = next(tool for tool in ALL if tool.name == "read_board").described["outputSchema"]
    board = {
        "board_id": 1,
        "name": "x",
        "url": "/",
        "role": "owner",
        "columns": [],
        "labels": [],
        "people": [],
    }
    assert fits(board, schema)
    for wrong in ({"name": 1}, {"labels": [{"label_id": 1}]}, {"columns": None}, {"board_id": True}):
        assert not fits(board | wrong, schema), wrong
    assert not fits({"name": "x"}, schema)


def test_s64_every_tool_is_looked_at():
    assert {tool.name for tool, _ in USES} == {tool.name for tool in ALL}


def _used(assistant, tool, call, scene):
    rate.POSTS.clear()
    limits.SEARCHES.clear()
    address, query, body = asked_of(call, scene)
    arguments = address | query | json.loads(body or "{}")
    with transaction.atomic():
        result = assistant.asks("tools/call", name=tool.name, arguments=arguments)
        transaction.set_rollback(True)
    return result
