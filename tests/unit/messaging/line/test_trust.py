"""Whatever people do, however it is heard: counts are those of the log, and browsers show what a fresh page would."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from live.streams import unbroken
from messaging import inbox_frames
from messaging.actions import (
    add_member,
    archive_room,
    clear_conversation,
    delete_message,
    edit_message,
    leave_room,
    mark_all_read,
    mark_read,
    mark_unread,
    post_message,
    react,
    remove_member,
    rename_room,
    restore_room,
    set_level,
)
from messaging.line.streams import ConversationSource, InboxSource
from messaging.models import Message
from messaging.queries.checking import drifts
from messaging.queries.places import boards_of, mine, places_of, unread_mentions

from ..conftest import now

pytestmark = pytest.mark.django_db(transaction=True)

REPLAY = Path(__file__).resolve().parents[3] / "js" / "inbox-replay.mjs"
WORDS = st.sampled_from(["Hello", "@bob look", "@ada @gus both", "@room all of you"])
SHOWN = ("unread", "mentions", "last_seq", "revision", "level", "name", "favourite")
PICK, WHERE, WHO = st.integers(0, 99), st.integers(0, 2), st.integers(0, 2)
conversations, inboxes = ConversationSource(), InboxSource()


class Line:
    """What one person's inbox line says, as messaging/line/inbox.py tells it, at a pace of the test's own."""

    def __init__(self, user):
        self.user, self.said = user, []
        self.opens()

    def opens(self):
        """Also anew: whatever had not been heard by then is lost, and all that is mine is told as it stands."""
        user = self.user
        self.personal = inboxes.heads([user.pk])[user.pk].revision
        self.followed = self._mine()
        self.say(inbox_frames.inbox(places_of(user), boards_of(user), unread_of(user)))

    def say(self, *told):
        self.said += json.loads(json.dumps(told, default=str))

    def hear_conversations(self):
        for id, since in list(self.followed.items()):
            changes = conversations.changes(id, since, 1_000)
            for revision, change in unbroken(changes, since):
                self.say(*conversations.say(change, revision, "inbox", revision - 1))
                self.followed[id] = revision

    def hear_of_oneself(self):
        for change in inboxes.changes(self.user.pk, self.personal, 1_000):
            self.say(*inboxes.say(change, change.revision, "inbox", self.personal))
            self.personal = change.revision
        theirs = self._mine()
        for id in set(self.followed) - set(theirs):
            del self.followed[id]
        new = set(theirs) - set(self.followed)
        self.followed |= {id: theirs[id] for id in new}
        self.say(
            *[inbox_frames.conversation_joined(place) for place in places_of(self.user, new)] if new else []
        )

    def _mine(self):
        return dict(mine(self.user).order_by().values_list("pk", "revision"))


def unread_of(user):
    return sum(unread_mentions(user).values())


class Talk(RuleBasedStateMachine):
    """`people` (of whom the first may do everything) and `places` are given by the test; `told` keeps what was said."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.lines = [Line(user) for user in self.people]

    def teardown(self):
        for line in self.lines:
            line.hear_conversations(), line.hear_of_oneself(), line.hear_conversations()
            places = {place["conversation_id"]: place for place in places_of(line.user)}
            states = {id: inbox_frames.conversation_state(place) for id, place in places.items()}
            shown = {str(id): {name: place[name] for name in SHOWN} for id, place in places.items()}
            true = {"unread": unread_of(line.user), "conversations": shown}
            self.told.append(({"me": line.user.pk, "frames": line.said, "states": states}, true))
        wrong = [
            str(drift) for drift in drifts() if drift.what != "comments"
        ]  # which are counted after a commit
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        assert wrong == []

    @rule(who=WHO, where=WHERE, words=WORDS)
    def post(self, who, where, words):
        self.do(post_message, where, author=self.people[who], body=words)

    @precondition(lambda self: self.said())
    @rule(pick=PICK, words=WORDS)
    def edit(self, pick, words):
        message = self.one(pick)
        self.do_to(edit_message, message, by=message.author, body=words)

    @precondition(lambda self: self.said())
    @rule(pick=PICK)
    def delete(self, pick):
        message = self.one(pick)
        self.do_to(delete_message, message, by=message.author)

    @precondition(lambda self: self.said())
    @rule(pick=PICK, who=WHO, act=st.sampled_from([mark_read, mark_read, mark_unread]))
    def move_the_cursor(self, pick, who, act):
        self.do_to(act, self.one(pick), by=self.people[who])

    @precondition(lambda self: self.said())
    @rule(pick=PICK, who=WHO)
    def react(self, pick, who):
        self.do_to(react, self.one(pick), by=self.people[who], emoji="👍", on=True)

    @rule(who=WHO)
    def read_all(self, who):
        mark_all_read(by=self.people[who])

    @rule(where=WHERE)
    def clear(self, where):
        self.do(clear_conversation, where, by=self.people[0])

    @rule(where=WHERE, who=st.integers(1, 2))
    def come_or_go(self, where, who):
        user, place = self.people[who], self.places[where]
        if place.memberships.filter(user=user).exists():
            self.do(leave_room, where, by=user)
        else:
            self.do(add_member, where, by=self.people[0], user_id=user.pk)

    @rule(where=WHERE, who=st.integers(1, 2))
    def be_put_out(self, where, who):
        self.do(remove_member, where, by=self.people[0], user_id=self.people[who].pk)

    @rule(where=WHERE, who=WHO, level=st.sampled_from(["all", "mentions", "muted"]))
    def be_told_more_or_less(self, where, who, level):
        self.do(set_level, where, by=self.people[who], level=level)

    @rule(where=WHERE, name=st.sampled_from(["Lounge", "Deck"]))
    def be_called_otherwise(self, where, name):
        self.do(rename_room, where, by=self.people[0], name=name)

    @rule(where=WHERE)
    def close_and_open_again(self, where):
        self.do(archive_room, where, by=self.people[0])
        self.do(restore_room, where, by=self.people[0])

    @rule(who=WHO)
    def conversations_are_heard(self, who):
        self.lines[who].hear_conversations()

    @rule(who=WHO)
    def one_hears_of_oneself(self, who):
        self.lines[who].hear_of_oneself()

    @rule(who=WHO)
    def one_comes_back(self, who):
        self.lines[who].opens()

    # -- within ----------------------------------------------------------------------------------------------

    def do(self, action, where, **what):
        """Act; what this person may not do just now is not done."""
        try:
            with transaction.atomic():
                action(conversation_id=self.places[where].pk, **what)
        except (PermissionDenied, ValidationError):
            pass

    def do_to(self, action, message, **what):
        where = [place.pk for place in self.places].index(message.conversation_id)
        self.do(action, where, message_id=message.pk, **what)

    def said(self):
        said = Message.objects.filter(conversation__in=self.places, kind=Message.Kind.SAID, deleted_at=None)
        return list(said.shown().select_related("author").order_by("pk"))

    def one(self, pick):
        said = self.said()
        return said[pick % len(said)]


def test_counts_can_be_trusted(ada, bob, gus, hangar, cockpit, engine):
    class Here(Talk):
        people, places, told = (ada, bob, gus), tuple(map(now, (hangar, cockpit, engine))), []

    calm = settings(
        max_examples=8,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],
    )
    run_state_machine_as_test(Here, settings=calm)
    assert_the_browser_shows_so(Here.told)


def assert_the_browser_shows_so(told):
    if not shutil.which("node"):
        pytest.skip("The browser's part is done by Node, which this machine lacks.")
    asked = json.dumps([heard for heard, _ in told], default=str)
    done = subprocess.run(["node", REPLAY], input=asked, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for shown, (_, true) in zip(json.loads(done.stdout), told, strict=True):
        assert differences(shown, true) == []


def differences(shown, true):
    """[what, as the browser shows it, as it is]."""
    flat = [
        {"bell": state["unread"]}
        | {
            f"{name} of {id}": value
            for id, one in state["conversations"].items()
            for name, value in one.items()
        }
        for state in (shown, true)
    ]
    names = sorted(flat[0].keys() | flat[1].keys())
    return [
        (name, *(one.get(name) for one in flat)) for name in names if flat[0].get(name) != flat[1].get(name)
    ]
