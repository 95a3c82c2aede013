"""What a page of a conversation costs the database, whoever looks at it."""

import pytest

from boards.actions import assign_task
from messaging.actions import open_direct

from ..conftest import say

ROOM, TASK = 14, 18
PAGES = [
    ("hangar", "ada", ROOM),
    ("hangar", "bob", ROOM),
    ("hangar", "vera", ROOM),
    ("hangar", "gus", ROOM),
    ("cockpit", "ada", ROOM),
    ("cockpit", "gus", ROOM),
    ("direct", "ada", ROOM),
    ("engine", "ada", TASK),
    ("engine", "bob", TASK),
    ("engine", "vera", TASK),
]


@pytest.mark.parametrize(("where", "who", "cost"), PAGES)
def test_a_page_costs_little_in_every_role(
    client, ada, bob, gus, cockpit, engine, where, who, cost, request, django_assert_max_num_queries
):
    conversation, reader = request.getfixturevalue(where), request.getfixturevalue(who)
    open_direct(by=ada, people=[bob.pk])
    assign_task(by=ada, task_id=engine.task_id, user_id=bob.pk)
    for number in range(3):
        say(ada, conversation, f"*number* {number} @bob")
    client.force_login(reader)
    with django_assert_max_num_queries(cost):
        assert client.get(conversation.url).status_code == 200
