"""Whatever happens in a conversation, in whatever order and with whatever lost: old state + frames = fresh state."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from live.streams import unbroken
from messaging.actions import (
    add_member,
    clear_conversation,
    delete_message,
    edit_message,
    expire_messages,
    forward_message,
    pin,
    post_message,
    react,
    remove_member,
    rename_room,
)
from messaging.line.streams import ConversationSource
from messaging.models import Conversation, Message
from messaging.queries.timeline import page_of

from ..conftest import now

pytestmark = pytest.mark.django_db(transaction=True)

SHOWN = (
    *("id", "seq", "user_id", "message", "html", "reactions", "attachments"),
    *("pinned", "forwarded", "edited_at", "kind", "event"),
)
WORDS = st.sampled_from(["Hello", "*Hello*", "@bob look", "`code`", "again", "😀"])
source = ConversationSource()


class Screen:
    """A client as docs/wire.md has it: it drops what it has, takes the next, and holds nothing it was not told."""

    def __init__(self, room):
        self.id, self.revision, self.messages = (
            room.pk,
            room.revision,
            shown_of(page_of(room, limit=10_000).messages),
        )

    def hears(self, frames, *, steps_of_one):
        for frame in frames:
            if frame["revision"] > self.revision:
                assert not steps_of_one or frame["revision"] == self.revision + 1, "a jump is a gap"
                self._show(frame)
                self.revision = frame["revision"]

    def _show(self, frame):
        match frame["type"]:
            case "chat_message" | "message_changed":
                self.messages |= shown_of([frame])
            case "message_deleted":
                gone = {"message": "", "html": None, "reactions": {}, "attachments": []}
                gone |= {"pinned": None, "forwarded": None, "edited_at": None}
                self.messages[frame["message_id"]] |= gone
            case "messages_cleared":
                later = self.messages.items()
                self.messages = {id: shown for id, shown in later if shown["seq"] > frame["seq"]}
                self.cleared_by = frame["message_id"]


def shown_of(frames):
    return {frame["id"]: {key: frame[key] for key in SHOWN} for frame in frames}


class Log(RuleBasedStateMachine):
    """`people`, `room` and `stranger` are given by the test."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.live, self.hinted, self.away = (Screen(now(self.room)) for _ in range(3))
        self.client_ids = []

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # -- what people do --------------------------------------------------------------------------------------

    @rule(who=st.integers(0, 1), words=WORDS, is_reply=st.booleans())
    def post(self, who, words, is_reply):
        self.client_ids.append((who, uuid.uuid4()))
        answered = self.one().pk if is_reply and self.any_said() else None
        client_id = self.client_ids[-1][1]
        self.do(post_message, author=self.people[who], body=words, client_id=client_id, reply_to=answered)

    @precondition(lambda self: self.client_ids)
    @rule(pick=st.integers(0, 99))
    def retry(self, pick):
        who, client_id = self.client_ids[pick % len(self.client_ids)]
        before = now(self.room).revision
        self.do(post_message, author=self.people[who], body="sent again", client_id=client_id)
        assert now(self.room).revision == before

    @precondition(lambda self: self.any_said())
    @rule(pick=st.integers(0, 99), words=WORDS)
    def edit(self, pick, words):
        message = self.one(pick)
        if message.forwarded_from_id:
            return
        self.do(edit_message, by=message.author, message_id=message.pk, body=words)

    @precondition(lambda self: self.any_said())
    @rule(pick=st.integers(0, 99), who=st.integers(0, 1), on=st.booleans())
    def react(self, pick, who, on):
        self.do(react, by=self.people[who], message_id=self.one(pick).pk, emoji="👍", on=on)

    @precondition(lambda self: self.any_said())
    @rule(pick=st.integers(0, 99), who=st.integers(0, 1), on=st.booleans())
    def pin(self, pick, who, on):
        self.do(pin, by=self.people[who], message_id=self.one(pick).pk, on=on)

    @precondition(lambda self: self.any_said())
    @rule(pick=st.integers(0, 99), who=st.integers(0, 1))
    def pass_on(self, pick, who):
        self.do(forward_message, by=self.people[who], message_id=self.one(pick).pk, client_id=uuid.uuid4())

    @precondition(lambda self: self.any_said())
    @rule(pick=st.integers(0, 99))
    def delete(self, pick):
        message = self.one(pick)
        self.do(delete_message, by=message.author, message_id=message.pk)

    @rule(name=st.sampled_from(["General", "Lounge", "Deck"]))
    def rename(self, name):
        self.do(rename_room, by=self.people[0], name=name)

    @rule()
    def come_and_go(self):
        is_in = self.room.memberships.filter(user=self.stranger).exists()
        self.do(remove_member if is_in else add_member, by=self.people[0], user_id=self.stranger.pk)

    @rule()
    def clear(self):
        self.do(clear_conversation, by=self.people[0])

    @precondition(lambda self: now(self.room).last_seq)
    @rule(places=st.integers(1, 5))
    def time_passes(self, places):
        """The oldest few have been kept for long enough."""
        oldest = Message.objects.filter(conversation=self.room).shown().order_by("seq")[:places]
        long_ago = timezone.now() - timedelta(days=9)
        Message.objects.filter(seq__lte=max(one.seq for one in oldest)).update(created_at=long_ago)
        self.do(expire_messages)

    # -- what screens hear -----------------------------------------------------------------------------------

    @rule()
    def a_hint_gets_through(self):
        """Several changes at once, as the hub reads them after lost hints: still in steps of one."""
        changes = source.changes(self.room.pk, self.hinted.revision, 1_000)
        self.tell(self.hinted, unbroken(changes, self.hinted.revision), steps_of_one=True)

    @rule(back=st.integers(0, 5))
    def somebody_comes_back(self, back):
        """From anywhere in the past, told by state; what is already known is dropped."""
        since = max(0, self.away.revision - back)
        changes = source.changes(self.room.pk, since, 1_000)
        said = [frame for change in changes for frame in source.say(change, change.revision, "v2", since)]
        self.away.hears(said, steps_of_one=False)
        self.away.revision = now(self.room).revision
        self.same(self.away)

    @invariant()
    def who_stayed_sees_what_a_fresh_page_shows(self):
        self.same(self.live)
        if self.hinted.revision == now(self.room).revision:
            self.same(self.hinted)

    @invariant()
    def places_have_no_hole(self):
        seqs = list(
            Message.objects.filter(conversation=self.room).order_by("seq").values_list("seq", flat=True)
        )
        assert seqs == list(range(1, now(self.room).last_seq + 1))

    # -- within ----------------------------------------------------------------------------------------------

    def do(self, action, **what):
        """Act, and let the one who stays connected hear each change on its own."""
        action(conversation_id=self.room.pk, **what)
        changes = source.changes(self.room.pk, self.live.revision, 1_000)
        self.tell(self.live, unbroken(changes, self.live.revision), steps_of_one=True)

    def tell(self, screen, numbered, **how):
        said = [
            frame
            for revision, change in numbered
            for frame in source.say(change, revision, "v2", revision - 1)
        ]
        screen.hears(said, **how)

    def same(self, screen):
        room = now(self.room)
        assert screen.revision == room.revision
        fresh = shown_of(page_of(room, limit=10_000).messages)
        assert {
            id: shown for id, shown in screen.messages.items() if shown["seq"] > room.cleared_seq
        } == fresh_of(fresh, screen)

    def any_said(self):
        return self.said().exists()

    def one(self, pick=0):
        said = list(self.said().select_related("author"))
        return said[pick % len(said)]

    def said(self):
        messages = Message.objects.filter(conversation=self.room, kind=Message.Kind.SAID, deleted_at=None)
        return messages.order_by("seq")


def fresh_of(fresh, screen):
    """The line that tells of a clearing is its own frame; a page shows it as a message."""
    return {id: shown for id, shown in fresh.items() if id != getattr(screen, "cleared_by", None)}


def test_old_state_and_frames_are_fresh_state(ada, bob, eve, hangar):
    Conversation.objects.filter(pk=hangar.pk).update(retention_days=7)

    class Here(Log):
        room, people, stranger = hangar, (ada, bob), eve

    calm = settings(
        max_examples=25,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],  # shrinking thirty steps with a database takes minutes
    )
    run_state_machine_as_test(Here, settings=calm)
