"""The inbox: everything that is mine, on one line."""

import pytest

from ..cast import new_client_id, tells_of


async def opens_inbox(person, door=None):
    line = await person.dials("/ws/inbox/", door=door)
    await line.hears("welcome")
    return line, await line.hears("inbox")


def entry(inbox, place):
    found = [one for one in inbox["conversations"] if one["conversation_id"] == place.conversation_id]
    return found[0] if found else None


async def test_an_inbox_begins_with_everything_that_is_mine(ada, bob, hangar, cockpit, far_away, scene):
    await ada.posts(hangar, "Unread by Bob")
    await ada.posts(hangar, "This one for @bob")
    line, inbox = await opens_inbox(bob)
    mine = entry(inbox, hangar)
    assert mine["unread"] == 2 and mine["mentions"] == 1 and mine["kind"] == "room"
    assert mine["url"] == hangar.page and mine["board_id"] == scene.board
    assert entry(inbox, cockpit)["private"] is True
    assert entry(inbox, far_away) is None
    assert scene.board in {board["board_id"] for board in inbox["boards"]}
    assert scene.other_board not in {board["board_id"] for board in inbox["boards"]}
    assert inbox["notifications_unread"] >= 1
    welcome = await line.hears("welcome")
    assert welcome["protocol"] == 2 and welcome["heartbeat"] == 25 and welcome["mode"] in ("live", "degraded")


async def test_what_is_said_anywhere_of_mine_is_told(ada, bob, place, other_web):
    line, _ = await opens_inbox(bob, other_web.address)
    sent = await ada.posts(place, "Heard in the inbox")
    told = await line.hears("conversation_changed", conversation_id=place.conversation_id)
    assert (told["what"], told["message_id"], told["seq"]) == ("posted", sent["message_id"], sent["seq"])
    assert told["user_id"] == ada.user_id and "Heard in the inbox" in told["excerpt"]
    assert told["last_seq"] == sent["seq"] and told["revision"] == sent["revision"]


async def test_nothing_of_closed_rooms_is_told(ada, bob, eve, vera, hangar, cockpit):
    """Eve hears nothing of the board, Vera nothing of the private room; each is shown to hear her own."""
    vera_line, vera_inbox = await opens_inbox(vera)
    eve_line, eve_inbox = await opens_inbox(eve)
    assert entry(vera_inbox, cockpit) is None and entry(eve_inbox, hangar) is None
    await ada.posts(cockpit, "Private, @vera and @eve")
    await ada.posts(hangar, "Open, @vera and @eve")
    await vera_line.hears("conversation_changed", conversation_id=hangar.conversation_id)
    await vera_line.hears("notification", conversation_id=hangar.conversation_id)
    await eve_line.settles()
    assert "Private" not in str(vera_line.heard)
    assert "Private" not in str(eve_line.heard) and "Open" not in str(eve_line.heard)


async def test_reading_is_told_to_my_other_tabs(ada, bob, place):
    sent = await ada.posts(place, "Read me")
    line, inbox = await opens_inbox(bob)
    assert inbox and (entry(inbox, place) or {"unread": 1})["unread"] == 1
    await (await bob.enters(place)).says("message_read", message_id=sent["message_id"])
    state = await line.hears("conversation_state", conversation_id=place.conversation_id)
    assert (state["unread"], state["mentions"], state["read_seq"]) == (0, 0, sent["seq"])
    assert state["revision"] >= sent["revision"]


async def test_my_own_words_are_not_unread(ada, hangar):
    await ada.posts(hangar, "Said by me")
    _, inbox = await opens_inbox(ada)
    assert entry(inbox, hangar)["unread"] == 0


async def test_a_mention_is_a_notification_until_it_is_read(ada, bob, hangar):
    line, inbox = await opens_inbox(bob)
    sent = await ada.posts(hangar, "Please look, @bob")
    told = await line.hears("notification", message_id=sent["message_id"])
    assert told["kind"] == "mention" and told["conversation_id"] == hangar.conversation_id
    assert told["display_name"] == "Ada Flyer" and "Please look" in told["excerpt"]
    assert told["unread_count"] == inbox["notifications_unread"] + 1
    await line.says("notifications_read", ids=[told["notification_id"]])
    read = await line.hears("notifications_read")
    assert read["ids"] == [told["notification_id"]] and read["unread_count"] == told["unread_count"] - 1


async def test_an_edit_does_not_notify_again(ada, bob, hangar):
    """S20"""
    line, _ = await opens_inbox(bob)
    sent = await ada.posts(hangar, "@bob once")
    await line.hears("notification", message_id=sent["message_id"])
    ada_line = await ada.line_to(hangar)
    for text in ("nobody", "@bob again"):
        before = len(ada_line.heard)
        await ada_line.says("edit_message", message_id=sent["message_id"], message=text)
        await ada_line.hears("message_changed", after=before, message=text)
    later = await ada.posts(hangar, "@bob twice")
    await line.hears("notification", message_id=later["message_id"])
    assert len(line.has_heard("notification", message_id=sent["message_id"])) == 1


async def test_being_added_to_a_room_brings_it(ada, vera, bob, scene):
    line, _ = await opens_inbox(bob)
    room = scene.room(private_to=("ada", "bob"))
    joined = await line.hears("conversation_joined", conversation_id=room.conversation_id)
    assert joined["private"] is True and joined["url"] == room.page
    sent = await ada.posts(room, "Welcome")
    await line.hears_such(  # as news of the room, or with the room as it is by then
        lambda frame: (
            frame.get("conversation_id") == room.conversation_id and frame.get("last_seq") == sent["seq"]
        ),
        "the first words there",
    )
    scene.stage.ask("remove_from_room", by=ada.user_id, room_id=room.id, user_id=bob.user_id)
    await line.hears("conversation_left", conversation_id=room.conversation_id)
    before = len(line.heard)
    await ada.posts(room, "Behind your back")
    other = scene.room()
    await is_told_of(line, other, await ada.posts(other, "And here"))
    assert "Behind your back" not in str(line.heard[before:])


async def is_told_of(line, place, sent):
    """As news of the place, or, when it is still being joined, with the place as it is by then."""
    where = place.conversation_id
    await line.hears_such(
        lambda frame: (frame.get("conversation_id"), frame.get("last_seq")) == (where, sent["seq"]), sent
    )


async def test_a_card_of_mine_that_goes_on_is_told_to_me_alone(bob, vera, scene, other_web):
    """Also the last of it: that it was taken from me."""
    mine, others = (await opens_inbox(bob, other_web.address))[0], (await opens_inbox(vera))[0]
    ask, ada = scene.stage.ask, scene.ids["ada"]
    task = ask("make_task", by=ada, column_id=scene.columns[0], title="Polish the nose")
    ask("assign", by=ada, task_id=task, user_id=bob.user_id)
    for line in (mine, others):  # whose it was before, nobody knows
        await line.hears("my_card_changed", task_id=task)
        line.heard.clear()
    ask("move_task", by=ada, task_id=task, column_id=scene.columns[1])
    await mine.hears("my_card_changed", task_id=task)
    await others.settles()
    assert not [frame for frame in others.heard if frame["type"] == "my_card_changed"]
    mine.heard.clear()
    ask("take_away", by=ada, task_id=task, user_id=bob.user_id)
    await mine.hears("my_card_changed", task_id=task)


async def test_refresh_counts_anew(ada, bob, hangar):
    line, _ = await opens_inbox(bob)
    sent = await ada.posts(hangar, "Count me")
    await line.says("refresh", conversation_id=hangar.conversation_id)
    state = await line.hears("conversation_state", conversation_id=hangar.conversation_id)
    assert state["unread"] == 1 and state["revision"] >= sent["revision"]


async def test_refresh_of_a_closed_room_tells_nothing(ada, bob, eve, hangar):
    await ada.posts(hangar, "Closed to Eve")
    own, _ = await opens_inbox(bob)
    await own.says("refresh", conversation_id=hangar.conversation_id)
    await own.hears("conversation_state", conversation_id=hangar.conversation_id)
    line, _ = await opens_inbox(eve)
    await line.says("refresh", conversation_id=hangar.conversation_id)
    await line.settles()
    assert not line.has_heard("conversation_state")


async def test_people_of_my_boards_come_and_go(ada, bob, scene):
    line, _ = await opens_inbox(ada)
    guest, _ = await opens_inbox(bob)
    came = await line.hears_such(tells_of(bob.user_id, "active"), "Bob here")
    assert came["members"]
    await guest.closes()
    await line.hears_such(tells_of(bob.user_id, "offline"), "Bob gone")


@pytest.mark.parametrize(
    "frame", [{"type": "chat_message", "message": "x"}, {"type": "refresh"}, {"type": "dance"}]
)
async def test_nonsense_gets_an_error(ada, frame):
    line, _ = await opens_inbox(ada)
    await line.says(**frame, client_id=new_client_id())
    await line.hears("error")
    await line.settles()


async def test_a_draft_is_on_all_my_screens_and_nobody_elses(ada, bob, hangar, other_web):
    desk, _ = await opens_inbox(ada)
    phone, _ = await opens_inbox(ada, other_web.address)
    others, _ = await opens_inbox(bob)
    where = {"conversation_id": hangar.conversation_id}
    await desk.says("keep_draft", text="Half a th", reply_to=None, **where)
    for line in (desk, phone):
        assert (await line.hears("draft_changed", **where))["text"] == "Half a th"
    _, inbox = await opens_inbox(ada, other_web.address)
    assert [one["text"] for one in inbox["drafts"] if one["conversation_id"] == hangar.conversation_id]
    before = len(phone.heard)
    await desk.says("keep_draft", text="", **where)
    assert (await phone.hears("draft_changed", after=before, **where))["text"] == ""
    await ada.posts(hangar, "After all")
    await others.hears("conversation_changed", conversation_id=hangar.conversation_id)
    assert not others.has_heard("draft_changed")


async def test_nobody_begins_to_write_where_they_may_not(ada, eve, hangar):
    line, _ = await opens_inbox(eve)
    await line.says("keep_draft", conversation_id=hangar.conversation_id, text="Hello")
    assert (await line.hears("error"))["code"] == "forbidden"


async def test_another_name_is_told_to_those_who_share_a_board_and_to_nobody_else(scene, bob, eve, other_web):
    carol = scene.newcomer(f"carol{len(scene.ids)}", bob.door)
    line, inbox = await opens_inbox(bob, other_web.address)
    eve_line, _ = await opens_inbox(eve)
    since = people_revision(inbox, scene.board)
    scene.stage.ask("call_themselves", user_id=carol.user_id, name="Caroline")
    told = await line.hears("person_changed", board_id=scene.board)
    assert [one["display_name"] for one in told["people"]] == ["Caroline"] and told["since"] is None
    await line.says("people", board_id=scene.board, since=since)
    answer = await line.hears("person_changed", since=since)
    assert (answer["people"], answer["revision"]) == (told["people"], told["revision"])
    await eve_line.says("people", board_id=scene.board, since=0)
    assert (await eve_line.hears("person_changed"))["people"] == []
    assert "Caroline" not in str(eve_line.heard)


async def test_a_guest_is_told_of_those_in_the_room_and_of_nobody_else(scene, ada, bob, cockpit, other_web):
    carol = scene.newcomer(f"carol{len(scene.ids)}", bob.door)  # on the board, not in the room
    guest = scene.stranger(f"gus{len(scene.ids)}", bob.door)
    scene.stage.ask("add_to_room", by=ada.user_id, room_id=cockpit.id, user_id=guest.user_id)
    line, inbox = await opens_inbox(guest, other_web.address)
    bobs, _ = await opens_inbox(bob)
    for who, name in ((guest, "Gustav"), (carol, "Caroline"), (bob, "Robert")):
        scene.stage.ask("call_themselves", user_id=who.user_id, name=name)
    assert (await bobs.hears_such(_names("Gustav"), "the guest"))["board_id"] is None
    told = await line.hears_such(_names("Robert"), "Bob")
    assert (told["board_id"], told["since"]) == (None, None)
    assert [one["user_id"] for one in told["people"]] == [bob.user_id]
    await line.says("people", board_id=None, since=inbox["people_revision"])
    answer = await line.hears("person_changed", since=inbox["people_revision"])
    assert {one["display_name"] for one in answer["people"]} == {"Gustav", "Robert"}
    assert "Caroline" not in str(line.heard)
    scene.stage.ask("call_themselves", user_id=bob.user_id, name="Bob Wrench")


def _names(name):
    return lambda frame: any(one.get("display_name") == name for one in frame.get("people", ()))


@pytest.mark.parametrize("how", [{"since": -1}, {"since": True}, {"since": "0"}, {"board_id": 0}])
async def test_a_question_for_people_that_means_nothing_is_refused(bob, scene, how):
    line, _ = await opens_inbox(bob)
    await line.says("people", **({"board_id": scene.board, "since": 0} | how))
    assert (await line.hears("error"))["code"] == "malformed"


def people_revision(inbox, board_id):
    (board,) = [one for one in inbox["boards"] if one["board_id"] == board_id]
    return board["people_revision"]


@pytest.mark.parametrize("id", [2**64 - 1, 2**63, 0, -1, True])
async def test_a_refresh_of_what_could_be_no_conversation_is_refused(bob, id):
    """S12: the line lives on."""
    line, _ = await opens_inbox(bob)
    await line.says("refresh", conversation_id=id)
    assert (await line.hears("error"))["code"] == "malformed"
    await line.settles()
