"""Saying something, in a room and about a task."""

import asyncio

import pytest

from ..cast import new_client_id, words
from ..fault.lab.shelf import Shelf
from ..fault.lab.wire import PLAIN


async def test_everybody_there_hears_it_its_author_too(ada, bob, place):
    bob_line, ada_line = await bob.enters(place), await ada.enters(place)
    ack = await ada.posts(place, "Hello")
    heard = await bob.hears("Hello")
    assert heard["type"] == place.said
    assert heard["id"] == heard["message_id"] == ack["message_id"]
    assert (heard["seq"], heard["revision"]) == (ack["seq"], ack["revision"])
    assert heard["client_id"] == ack["client_id"]
    assert (heard["user_id"], heard["username"], heard["display_name"]) == (ada.user_id, "ada", "Ada Flyer")
    assert heard["timestamp"] == ack["timestamp"] and heard["timestamp"].endswith(("Z", "+00:00"))
    assert heard["html"] is None and heard["reply_to"] is None and heard["kind"] == "said"
    assert heard["attachments"] == [] and heard["reactions"] == {} and heard["mentioned_users"] == []
    assert await ada_line.hears(place.said, message_id=ack["message_id"]) == heard
    assert not bob_line.has_heard("ack")


async def test_a_comment_has_its_own_names_too(ada, propeller):
    line = await ada.enters(propeller)
    ack = await ada.posts(propeller, "It turns")
    heard = await line.hears("new_comment", comment_id=ack["message_id"])
    assert heard["comment"] == heard["message"] == "It turns"


async def test_a_plain_client_talks_and_hears(ada, bob, place):
    ada_line, bob_line = await ada.enters(place), await bob.enters(place, dialect=PLAIN)
    await bob_line.says(**place.post("From the console"))
    heard = await ada_line.hears(place.said, user_id=bob.user_id)
    assert words(heard) == "From the console" and heard["client_id"] is None
    await ada.posts(place, "Well heard")
    assert (await bob.hears("Well heard"))["username"] == "ada"


async def test_order_is_the_same_for_all(ada, bob, hangar):
    ada_line, bob_line = await ada.enters(hangar), await bob.enters(hangar)
    for number in range(15):
        await ada_line.says("chat_message", message=f"ada {number}", client_id=new_client_id())
        await bob_line.says("chat_message", message=f"bob {number}", client_id=new_client_id())
    for line in (ada_line, bob_line):
        await line.hears("chat_message", message="ada 14")
        await line.hears("chat_message", message="bob 14")
    seqs = [[frame["seq"] for frame in line.has_heard("chat_message")] for line in (ada_line, bob_line)]
    assert seqs[0] == seqs[1] == list(range(seqs[0][0], seqs[0][0] + 30))
    revisions = [frame["revision"] for frame in ada_line.has_heard("chat_message")]
    assert revisions == list(range(revisions[0], revisions[0] + 30))


async def test_a_retry_is_acknowledged_with_the_same_number(ada, bob, hangar, house):
    await bob.enters(hangar)
    client_id = new_client_id()
    first = await ada.posts(hangar, "Once", client_id=client_id)
    line = await ada.enters(hangar)
    await line.says("chat_message", message="Once", client_id=client_id)
    again = await line.hears("ack", client_id=client_id)
    assert (again["seq"], again["message_id"]) == (first["seq"], first["message_id"])
    await ada.posts(hangar, "And on")
    await bob.hears("And on")
    assert len(bob.has_heard("Once")) == 1
    assert [row["text"] for row in Shelf(house.database_url).kept(hangar.conversation_id)] == [
        "Once",
        "And on",
    ]


async def test_twenty_lines_with_one_client_id_make_one_message(ada, hangar, house):
    client_id = new_client_id()
    lines = await asyncio.gather(*(ada.enters(hangar) for _ in range(20)))
    frame = hangar.post("Only once", client_id=client_id)
    await asyncio.gather(*(line.says(**frame) for line in lines))
    acks = await asyncio.gather(*(line.hears("ack", client_id=client_id) for line in lines))
    assert len({(ack["seq"], ack["message_id"]) for ack in acks}) == 1
    assert len(Shelf(house.database_url).kept(hangar.conversation_id)) == 1


async def test_a_reply_quotes_what_it_answers(ada, bob, hangar):
    question = await ada.posts(hangar, "Ready?")
    await bob.posts(hangar, "Ready!", reply_to=question["message_id"])
    heard = await bob.hears("Ready!")
    assert heard["reply_to"]["message_id"] == question["message_id"]
    assert heard["reply_to"]["display_name"] == "Ada Flyer" and "Ready?" in heard["reply_to"]["excerpt"]


async def test_a_reply_to_a_message_of_another_room_is_refused(ada, eve, hangar, far_away):
    secret = await eve.posts(far_away, "Secret")
    line = await ada.enters(hangar)
    await line.says("chat_message", message="Hm", client_id=new_client_id(), reply_to=secret["message_id"])
    error = await line.hears("error")
    assert not error["temporary"]
    assert not line.has_heard("chat_message")


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 8001])
async def test_nothing_and_too_much_are_refused_for_good(ada, place, text):
    line, client_id = await ada.enters(place), new_client_id()
    await line.says(**place.post(text, client_id=client_id))
    error = await line.hears("error", client_id=client_id)
    assert error["code"] and error["detail"] and error["temporary"] is False


async def test_eight_thousand_characters_pass(ada, bob, hangar):
    await bob.enters(hangar)
    text = "ä" * 8000
    await ada.posts(hangar, text)
    assert len((await bob.hears(text))["message"]) == 8000


async def test_markdown_is_rendered_and_made_harmless(ada, hangar):
    line = await ada.enters(hangar)
    await ada.posts(hangar, "**Bold** <script>alert(1)</script> [x](javascript:alert(1))")
    html = (await line.hears("chat_message"))["html"]
    assert "<strong>Bold</strong>" in html
    assert "<script" not in html and 'href="javascript' not in html


async def test_only_members_are_mentioned(ada, bob, hangar):
    line = await bob.enters(hangar)
    await ada.posts(hangar, "@bob and @eve and @nobody, look")
    assert (await line.hears("chat_message"))["mentioned_users"] == ["bob"]


async def test_a_viewer_reads_and_may_not_speak(ada, vera, hangar):
    line, client_id = await vera.enters(hangar), new_client_id()
    await ada.posts(hangar, "Look on")
    await vera.hears("Look on")
    await line.says("chat_message", message="May I?", client_id=client_id)
    error = await line.hears("error", client_id=client_id)
    assert error["temporary"] is False
    assert not line.has_heard("chat_message", message="May I?")


async def test_fields_that_are_the_servers_own_are_ignored(ada, bob, hangar):
    """S87: mass assignment."""
    await bob.enters(hangar)
    ack = await ada.posts(hangar, "It is I", user_id=bob.user_id, seq=999, kind="system", revision=999)
    heard = await bob.hears("It is I")
    assert (heard["user_id"], heard["seq"], heard["kind"]) == (ada.user_id, ack["seq"], "said")
    assert ack["seq"] < 999
