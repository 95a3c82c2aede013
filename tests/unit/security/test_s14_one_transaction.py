"""S14: whatever a post breaks at, nothing of it is left."""

from django.db import connection

from messaging.actions import keep_upload

from .attacks import state
from .conftest import say

KEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class Broken(Exception):
    """The process came to nothing here."""


class Breaking:
    """Lets so many statements pass, and breaks after the last of them."""

    def __init__(self, most):
        self.left, self.last = most, ""

    def __call__(self, execute, sql, *how):
        done = execute(sql, *how)
        if not sql.startswith(KEEPING):
            self.left, self.last = self.left - 1, sql
            if self.left == 0:
                raise Broken(sql)
        return done


def test_s14_whatever_a_post_breaks_at_nothing_of_it_is_left(scene):
    """It names somebody, answers, links, and brings a file: so it writes to all there is to write to."""
    upload = keep_upload(conversation_id=scene.private.pk, by=scene.bob, name="x", chunks=[b"words"])
    before, broken_after = state(), []
    while True:
        breaking = Breaking(len(broken_after) + 1)
        try:
            with connection.execute_wrapper(breaking):
                said = say(
                    scene.bob,
                    scene.private,
                    "@vera see https://example.org/",
                    attachments=[upload.pk],
                    reply_to=scene.message.pk,
                )
            break
        except Broken:
            broken_after.append(breaking.last)
            assert state() == before, breaking.last
    assert said.pk and state() != before
    assert sum(sql.startswith(("INSERT", "UPDATE")) for sql in broken_after) > 5, broken_after
