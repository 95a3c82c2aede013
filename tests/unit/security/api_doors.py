"""Every door of the API, what a call of it would say, and who gets which answer with a token that has every scope."""

import json

from .addresses import NOWHERE, a_file, value

CAST = ["eve", "otto", "rex", "gus", "vera", "bob", "ada"]
NAME = "7f4e1c52-3f1b-4f5a-9d3e-0d9c7a7b1a01"

# What fills each address, and a body that it would take. One door may be asked after several things: name#thing.
CALLS = {
    "api:me": ({}, None),
    "api:boards": ({}, None),
    "api:board": ({"board_id": "board"}, None),
    "api:card": ({"task_id": "task"}, None),
    "api:edit_column": ({"column_id": "column"}, {"limit": 3}),
    "api:make_card": ({"column_id": "column"}, {"title": "Tail", "label_ids": ["label"], "client_id": NAME}),
    "api:edit_card": ({"task_id": "task"}, {"title": "Motor", "due": "2030-01-31"}),
    "api:move_card": ({"task_id": "task"}, {"column_id": "empty_column"}),
    "api:take_card": ({"task_id": "task"}, {}),
    "api:complete_card": ({"task_id": "task"}, {}),
    "api:archive_card": ({"task_id": "task"}, {}),
    "api:restore_card": ({"task_id": "task"}, {}),
    "api:add_item": ({"task_id": "task"}, {"text": "Oil it", "client_id": NAME}),
    "api:edit_item": ({"task_id": "task", "item_id": "item"}, {"is_done": True}),
    "api:move_item": ({"task_id": "task", "item_id": "item"}, {}),
    "api:remove_item": ({"task_id": "task", "item_id": "item"}, None),
    "api:conversations": ({}, None),
    "api:waiting": ({}, None),
    "api:conversation#private": ({"conversation_id": "private"}, None),
    "api:conversation#open": ({"conversation_id": "hangar"}, None),
    "api:conversation#task": ({"conversation_id": "engine"}, None),
    "api:conversation#direct": ({"conversation_id": "direct"}, None),
    "api:members#private": ({"conversation_id": "private"}, None),
    "api:members#direct": ({"conversation_id": "direct"}, None),
    "api:read": ({"conversation_id": "private"}, {"message_id": "message"}),
    "api:direct": ({}, {"user_ids": ["carl"]}),
    "api:messages#private": ({"conversation_id": "private"}, None),
    "api:messages#open": ({"conversation_id": "hangar"}, None),
    "api:messages#direct": ({"conversation_id": "direct"}, None),
    "api:comments": ({"task_id": "task"}, None),
    "api:changes#private": ({"conversation_id": "private", "?since": "0"}, None),
    "api:changes#direct": ({"conversation_id": "direct", "?since": "0"}, None),
    "api:post#private": ({"conversation_id": "private"}, {"message": "Hello", "client_id": NAME}),
    "api:post#open": ({"conversation_id": "hangar"}, {"message": "Hello"}),
    "api:post#answer": ({"conversation_id": "private"}, {"message": "Hello", "reply_to": "message"}),
    "api:post#task": ({"conversation_id": "engine"}, {"message": "Hello"}),
    "api:post#direct": ({"conversation_id": "direct"}, {"message": "Hello"}),
    "api:comment": ({"task_id": "task"}, {"message": "Hello"}),
    "api:edit": ({"conversation_id": "private", "message_id": "message"}, {"message": "Better"}),
    "api:delete": ({"conversation_id": "private", "message_id": "message"}, None),
    "api:react": ({"conversation_id": "private", "message_id": "message", "emoji": "👍"}, None),
    "api:unreact": ({"conversation_id": "private", "message_id": "message", "emoji": "👍"}, None),
    "api:pin": ({"conversation_id": "private", "message_id": "message"}, None),
    "api:unpin": ({"conversation_id": "private", "message_id": "message"}, None),
    "api:remove_preview": (
        {"conversation_id": "private", "message_id": "message", "?url": "https://example.org/"},
        None,
    ),
    "api:upload#private": ({"conversation_id": "private"}, a_file),
    "api:upload#direct": ({"conversation_id": "direct"}, a_file),
    "api:fetch": ({"key": "file"}, None),
    "api:search": ({"?q": "secret"}, None),
    "api:nothing": ({"anything": "nothing/at/all"}, None),
}

TABLE = """
                      eve otto rex gus vera bob ada
api:me                200 200 200 200 200 200 200
api:boards            200 200 200 200 200 200 200
api:board             404 404 404 404 200 200 200
api:card              404 404 404 404 200 200 200
api:edit_column       404 404 404 404 403 200 200
api:make_card         404 404 404 404 403 201 201
api:edit_card         404 404 404 404 403 200 200
api:move_card         404 404 404 404 403 200 200
api:take_card         404 404 404 404 403 200 200
api:complete_card     404 404 404 404 403 200 200
api:archive_card      404 404 404 404 403 200 200
api:restore_card      404 404 404 404 403 200 200
api:add_item          404 404 404 404 403 201 201
api:edit_item         404 404 404 404 403 200 200
api:move_item         404 404 404 404 403 200 200
api:remove_item       404 404 404 404 403 200 200
api:waiting           200 200 200 200 200 200 200
api:conversations     200 200 200 200 200 200 200
api:conversation#private 404 404 404 404 200 200 200
api:conversation#open 404 404 404 200 200 200 200
api:conversation#task 404 404 404 404 200 200 200
api:conversation#direct 404 404 404 404 404 200 404
api:members#private   404 404 404 404 200 200 200
api:members#direct    404 404 404 404 404 200 404
api:read              404 404 404 404 200 200 200
api:direct            403 403 403 200 200 200 200
api:messages#private  404 404 404 404 200 200 200
api:messages#open     404 404 404 200 200 200 200
api:messages#direct   404 404 404 404 404 200 404
api:comments          404 404 404 404 200 200 200
api:changes#private   404 404 404 404 200 200 200
api:changes#direct    404 404 404 404 404 200 404
api:post#private      404 404 404 404 403 201 201
api:post#open         404 404 404 201 403 201 201
api:post#answer       404 404 404 404 403 201 201
api:post#task         404 404 404 404 403 201 201
api:post#direct       404 404 404 404 404 201 404
api:comment           404 404 404 404 403 201 201
api:edit              404 404 404 404 403 403 200
api:delete            404 404 404 404 403 403 200
api:react             404 404 404 404 403 200 200
api:unreact           404 404 404 404 403 200 200
api:pin               404 404 404 404 403 200 200
api:unpin             404 404 404 404 403 200 200
api:remove_preview    404 404 404 404 403 403 200
api:upload#private    404 404 404 404 403 201 201
api:upload#direct     404 404 404 404 404 201 404
api:fetch             404 404 404 404 200 200 200
api:search            200 200 200 200 200 200 200
api:nothing           404 404 404 404 404 404 404
"""

ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
DECLARED = {call: dict(zip(CAST, answers, strict=True)) for call, *answers in ROWS}


def asked_of(call, scene, *, at_nothing=False):
    """(address without its query, query, body) of a call; `at_nothing` with the ids of nothing."""
    said, body = CALLS[call]
    address = {name: _filled(word, scene, at_nothing) for name, word in said.items() if name[0] != "?"}
    query = {name[1:]: word for name, word in said.items() if name[0] == "?"}
    return address, query, body() if callable(body) else _body(body, scene)


def names_something(call):
    return any(name.endswith("_id") or name == "key" for name in CALLS[call][0])


def _filled(word, scene, at_nothing):
    if at_nothing and hasattr(scene, word):
        return "x" * 32 if word == "file" else NOWHERE
    return value(word, scene, None)


def _body(said, scene):
    return None if said is None else json.dumps({name: _real(one, scene) for name, one in said.items()})


def _real(said, scene):
    if isinstance(said, list):
        return [_real(one, scene) for one in said]
    return value(said, scene, None) if isinstance(said, str) and hasattr(scene, said) else said
