"""An inbox follows what is its person's, also of what becomes so, or is so no more, while it looks."""

from functools import partial

import pytest

from boards import actions as on_boards
from boards.stream import BoardStream
from live.database.pool import Busy
from live.streams import unbroken
from messaging.actions import add_member, post_message, remove_member
from messaging.consumers import InboxConsumer
from messaging.line.streams import InboxSource

pytestmark = pytest.mark.django_db


class Hub:
    """Does at once what it is asked for. `meanwhile` is done before its second look at the database."""

    mode = "live"

    def __init__(self):
        self.loop = self.reading = self.roster = self.attention = self
        self.followed, self.seen_on, self.soon, self.looks, self.meanwhile = {}, [], [], 0, None

    async def run(self, look, *what):
        self.looks += 1
        if self.looks == 2 and self.meanwhile:
            self.meanwhile()
        return look(*what)

    def call_later(self, seconds, work):
        self.soon.append(work)
        return work

    def do(self, work):
        done(work)

    def follow(self, follower):
        self.followed[follower.key] = None

    def caught_up(self, follower, head):
        self.followed[follower.key] = head.revision

    def leave(self, follower):
        del self.followed[follower.key]

    def arrive(self, key, user_id):
        self.seen_on.append(key)

    def depart(self, key, user_id):
        self.seen_on.remove(key)

    def closes(self, user_id, socket):
        pass

    def introduction(self, key):
        return {"here": [], "away": [], "count": 0}

    def goes_on(self):
        soon, self.soon = self.soon, []
        for work in soon:
            work()


class Inbox(InboxConsumer):
    def __init__(self, hub, user):
        super().__init__()
        self.hub, self.scope, self.user_id, self.closed = hub, {"user": user}, user.pk, False
        self.outlet, self.heard, self.closed_with = None, [], None

    def say(self, *told):
        self.heard += told

    def close(self, code):
        self.closed, self.closed_with = True, code
        self.left()


def done(work):
    """All of a coroutine that waits for nothing: without a loop, so that the database may be asked."""
    with pytest.raises(StopIteration):
        work.send(None)


def opened(inbox):
    done(inbox.arrive())
    return inbox


def stream(room):
    return f"conversation:{room.pk}"


def test_an_inbox_follows_what_is_mine_from_where_that_stands(cockpit, gus):
    hub = Hub()
    opened(Inbox(hub, gus))
    assert hub.followed[stream(cockpit)] == cockpit.revision and hub.soon == []


def test_who_is_removed_while_it_opens_follows_that_room_no_more(cockpit, ada, gus):
    hub = Hub()
    hub.meanwhile = lambda: remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    inbox = opened(Inbox(hub, gus))
    assert stream(cockpit) not in hub.followed and stream(cockpit) not in inbox.followers


def test_a_room_that_becomes_mine_while_it_opens_is_followed(cockpit, ada, bob):
    hub = Hub()
    hub.meanwhile = lambda: add_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    opened(Inbox(hub, bob))
    assert stream(cockpit) not in hub.followed
    post_message(conversation_id=cockpit.pk, author=ada, body="Said before it is followed")
    hub.goes_on()
    assert hub.followed[stream(cockpit)] is not None and hub.soon == []


def test_what_is_noticed_while_it_opens_is_looked_at_afterwards(board, bob):
    """Nothing is told before the welcome, nor by an earlier look after a later one."""
    hub = Hub()
    inbox = Inbox(hub, bob)

    def somebody_makes_a_card():
        inbox._look_soon()
        hub.goes_on()

    hub.meanwhile = somebody_makes_a_card
    opened(inbox)
    assert [frame["type"] for frame in inbox.heard[:2]] == ["welcome", "inbox"] and hub.looks == 3
    hub.goes_on()
    assert hub.looks == 4 and hub.soon == []


def test_a_board_that_is_lost_while_it_opens_hinders_nothing_else(board, hangar, bob):
    hub = Hub()
    inbox = Inbox(hub, bob)
    hub.meanwhile = lambda: inbox.lost(board.stream)
    opened(inbox)
    assert hub.followed[stream(hangar)] == hangar.revision
    assert board.stream not in hub.followed and hub.seen_on == []
    hub.goes_on()  # it was not lost for good
    assert hub.followed[board.stream] is not None and hub.seen_on == [board.stream]


@pytest.mark.parametrize("look", [1, 2, 3])
def test_what_is_closed_while_it_opens_follows_nothing(board, bob, look):
    """Nobody leaves for it again: what it followed would be kept for it for ever."""
    hub = Hub()
    inbox = Inbox(hub, bob)
    hub.looks, hub.meanwhile = 2 - look, lambda: inbox.close(4401)
    opened(inbox)
    assert hub.followed == {} and hub.seen_on == [] and hub.soon == []


def test_a_guest_who_joins_the_board_finds_it(board, hangar, engine, ada, gus):
    """In its only open room they are already."""
    hub = Hub()
    inbox = opened(Inbox(hub, gus))
    since = hub.followed[inbox.own_key]
    on_boards.add_board_member(by=ada, board_id=board.pk, user_id=gus.pk)
    for change in InboxSource().changes(gus.pk, since, 10):
        inbox._noticed(inbox.own_key, change, change.revision)
    hub.goes_on()
    assert {board.stream, stream(engine)} <= hub.followed.keys()


def test_what_became_mine_and_is_not_any_more_is_not_followed(cockpit, ada, bob):
    hub = Hub()
    inbox = opened(Inbox(hub, bob))
    add_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    hub.looks, hub.meanwhile = 0, lambda: remove_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    inbox._look_soon()
    hub.goes_on()
    assert stream(cockpit) not in hub.followed


def left(inbox):
    return [frame["conversation_id"] for frame in inbox.heard if frame["type"] == "conversation_left"]


def test_a_card_that_is_mine_no_more_is_left(board, engine, ada, bob):
    """Nothing else tells of it: a card is mine by its board alone."""
    hub = Hub()
    inbox = opened(Inbox(hub, bob))
    on_boards.archive_task(by=ada, task_id=engine.task_id)
    inbox._look_soon()
    hub.goes_on()
    assert left(inbox) == [engine.pk] and stream(engine) not in hub.followed
    on_boards.restore_task(by=ada, task_id=engine.task_id)
    inbox._look_soon()
    hub.goes_on()
    assert inbox.heard[-1]["type"] == "conversation_joined" and left(inbox) == [engine.pk]
    on_boards.remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    inbox._look_soon()
    hub.goes_on()
    assert left(inbox).count(engine.pk) == 2


def test_a_card_that_is_lost_between_being_told_and_being_followed_is_left(engine, ada, bob):
    hub = Hub()
    inbox = Inbox(hub, bob)
    hub.meanwhile = lambda: on_boards.restore_task(by=ada, task_id=engine.task_id)
    on_boards.archive_task(by=ada, task_id=engine.task_id)
    opened(inbox)
    assert stream(engine) not in hub.followed and hub.soon
    on_boards.archive_task(by=ada, task_id=engine.task_id)
    hub.goes_on()
    assert left(inbox) == [engine.pk] and hub.soon == []


def test_what_is_closed_leaves_without_a_word(engine, bob):
    inbox = opened(Inbox(Hub(), bob))
    inbox.close(4401)
    assert inbox.followers == {} and left(inbox) == []


@pytest.mark.parametrize("look", [1, 2])
def test_who_cannot_be_told_what_became_theirs_is_asked_to_come_again(cockpit, ada, bob, look):
    """At the first look nothing is followed yet, at the second it is half done."""

    def is_busy():
        raise Busy("the database is locked")

    hub = Hub()
    inbox = opened(Inbox(hub, bob))
    add_member(by=ada, conversation_id=cockpit.pk, user_id=bob.pk)
    hub.looks, hub.meanwhile = 2 - look, is_busy
    inbox._look_soon()
    hub.goes_on()
    assert inbox.closed_with == 1013


def test_an_inbox_looks_for_news_once_at_a_time(board, bob):
    """What an earlier look saw would undo what a later one did."""
    hub = Hub()
    inbox = opened(Inbox(hub, bob))
    looks = hub.looks
    inbox.is_settling = True
    inbox._look_soon()
    hub.goes_on()
    assert hub.looks == looks
    inbox.is_settling = False
    hub.goes_on()
    assert hub.looks > looks and hub.soon == []


# -- what is no reason to look -----------------------------------------------------------------------------------


def looks(inbox, board, *deeds):
    """Whether the inbox looks what is its own, when all of this is told of the board at once."""
    before, since = inbox.hub.looks, now(board).revision
    for deed in deeds:
        deed()
    for revision, change in unbroken(BoardStream().changes(board.pk, since, 100), since):
        inbox._noticed(board.stream, change, revision)
    asked = bool(inbox.hub.soon)
    inbox.hub.goes_on()
    assert asked == (inbox.hub.looks > before)
    return asked


def now(board):
    return type(board).objects.get(pk=board.pk)


@pytest.fixture
def inbox(engine, bob):
    return opened(Inbox(Hub(), bob))


def test_what_happens_to_cards_is_no_reason_to_look(inbox, board, engine, ada, vera):
    card, to = {"by": ada, "task_id": engine.task_id}, board.columns.last().pk
    for deed in (
        lambda: on_boards.move_task(**card, column_id=to),
        lambda: on_boards.edit_task(**card, title="Left engine"),
        lambda: on_boards.assign_task(**card, user_id=ada.pk),
        lambda: on_boards.note_comment(task_id=engine.task_id, count=1),
        lambda: on_boards.edit_column(by=ada, column_id=to, title="Flying"),
        lambda: on_boards.remove_board_member(by=ada, board_id=board.pk, user_id=vera.pk),
    ):
        assert not looks(inbox, board, deed)
    assert looks(inbox, board, lambda: on_boards.rename_board(by=ada, board_id=board.pk, name="Shed"))
    assert inbox.heard[-1]["boards"][0]["name"] == "Shed"


def test_cards_that_come_and_go_are_looked_for_whatever_is_done_to_them_at_once(inbox, board, engine, ada):
    card, to = {"by": ada, "task_id": engine.task_id}, board.columns.last().pk
    archive, restore = (partial(deed, **card) for deed in (on_boards.archive_task, on_boards.restore_task))
    move = partial(on_boards.move_task, **card, column_id=to)
    rename = partial(on_boards.edit_task, **card, title="New")
    followed = inbox.hub.followed
    assert looks(inbox, board, archive, rename) and stream(engine) not in followed
    assert looks(inbox, board, restore, move) and stream(engine) in followed
    assert not looks(inbox, board, rename)
    assert looks(inbox, board, archive, restore, move) and stream(engine) in followed


def test_a_card_that_is_made_and_moved_at_once_is_looked_for_once(inbox, board, ada):
    first, last = board.columns.first(), board.columns.last()
    made = []

    def make():
        made.append(on_boards.create_task(by=ada, column_id=first.pk, title="Tail"))

    def move(column):
        on_boards.move_task(by=ada, task_id=made[0].pk, column_id=column.pk)

    assert looks(inbox, board, make, partial(move, last))
    assert stream(made[0].conversation) in inbox.hub.followed
    assert not looks(inbox, board, partial(move, first))
