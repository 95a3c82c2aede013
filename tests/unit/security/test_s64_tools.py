"""Every tool of the assistants is one of the doors that api_doors.py declares, and lets in the same people."""

import json

import pytest
from django.db import transaction

from kanban_board.api.refusals import NOT_HERE
from kanban_board.mcp.tools import ALL
from messaging import limits
from messaging.views.search import bucket_of

from ..mcp.conftest import Assistant
from .api_doors import CALLS, CAST, DECLARED, asked_of

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


def test_s64_every_tool_is_looked_at():
    assert {tool.name for tool, _ in USES} == {tool.name for tool in ALL}


def _used(assistant, tool, call, scene):
    limits._own_bucket.cache_clear()
    bucket_of.cache_clear()
    address, query, body = asked_of(call, scene)
    arguments = address | query | json.loads(body or "{}")
    with transaction.atomic():
        result = assistant.asks("tools/call", name=tool.name, arguments=arguments)
        transaction.set_rollback(True)
    return result
