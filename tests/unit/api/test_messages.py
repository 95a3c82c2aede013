"""What a program does in conversations is what a person does there: it is numbered, told and counted alike."""

import io
import uuid

import pytest

from messaging.actions import clear_conversation, delete_message, edit_message
from messaging.frames import chat_message
from messaging.models import Conversation, Message, Preview, ShownPreview
from messaging.queries.snapshots import snapshot_of

from .conftest import Program, say

NAME = str(uuid.uuid4())


def of(conversation, what=""):
    return f"conversations/{conversation.pk}{what}"


def test_a_post_is_a_message_like_any_other(bot, hangar, ada):
    first = say(ada, hangar, "Who is there?")
    told = bot.does("POST", of(hangar, "/messages"), {"message": "**I** am, @ada", "reply_to": first.pk})
    message = Message.objects.get(pk=told["id"])
    assert told == chat_message(snapshot_of(message)) and message.author == bot.person
    assert told["reply_to"]["message_id"] == first.pk and told["mentioned_users"] == ["ada"]
    assert message.mentions.get().user == ada


def test_a_retry_does_not_post_twice(bot, hangar, cockpit, board, ada):
    said = {"message": "Once", "client_id": NAME}
    ids = {bot.does("POST", of(hangar, "/messages"), said)["id"] for _ in range(3)}
    assert len(ids) == 1 and hangar.messages.filter(body="Once").count() == 1
    hers = Program(ada).does("POST", of(cockpit, "/messages"), said)
    assert hers["id"] not in ids


def test_a_name_used_elsewhere_is_refused(bot, hangar, engine):
    bot.does("POST", of(hangar, "/messages"), {"message": "Once", "client_id": NAME})
    said = {"message": "Once", "client_id": NAME}
    assert bot.refused("POST", of(engine, "/messages"), said) == (400, "invalid")


def test_a_card_is_commented_on_by_its_own_number(bot, engine):
    told = bot.does("POST", f"cards/{engine.task_id}/comments", {"message": "Oil"})
    assert (told["type"], told["comment"], told["comment_id"]) == ("new_comment", "Oil", told["id"])
    page = bot.gets(f"cards/{engine.task_id}/comments")
    assert [one["message"] for one in page["messages"]] == ["Oil"]
    assert page == bot.gets(of(engine, "/messages"))


def test_history_is_turned_page_by_page(bot, hangar, ada):
    for number in range(7):
        say(ada, hangar, f"{number}")
    newest = bot.gets(of(hangar, "/messages"), limit=3)
    assert [one["message"] for one in newest["messages"]] == ["4", "5", "6"] and newest["more_before"]
    before = bot.gets(of(hangar, "/messages"), limit=3, before=newest["first_seq"])
    assert [one["message"] for one in before["messages"]] == ["1", "2", "3"] and before["more_after"]
    after = bot.gets(of(hangar, "/messages"), limit=3, after=before["last_seq"])
    assert after["messages"] == newest["messages"]
    around = bot.gets(of(hangar, "/messages"), limit=3, around=before["messages"][1]["seq"])
    assert around["messages"] == before["messages"]


def test_what_changed_since_brings_the_old_state_to_the_new(bot, hangar, ada):
    first, second = say(ada, hangar, "first"), say(ada, hangar, "second")
    position = bot.gets(of(hangar, "/messages"))
    edit_message(conversation_id=hangar.pk, message_id=first.pk, by=ada, body="1st")
    delete_message(conversation_id=hangar.pk, message_id=second.pk, by=ada)
    third = say(ada, hangar, "third")
    told = bot.gets(of(hangar, "/changes"), since=position["revision"], epoch=position["epoch"])
    types = [(one["type"], one["message_id"]) for one in told["changes"]]
    assert types == [
        ("message_changed", first.pk),
        ("message_deleted", second.pk),
        ("chat_message", third.pk),
    ]
    assert told["changes"][0]["message"] == "1st" and not told["more"]
    assert told["revision"] == Conversation.objects.get(pk=hangar.pk).revision
    assert bot.gets(of(hangar, "/changes"), since=told["revision"])["changes"] == []


def test_many_changes_come_in_parts_without_a_gap(bot, hangar, ada, monkeypatch):
    monkeypatch.setattr("messaging.api.messages.LARGEST", 2)
    since = bot.gets(of(hangar, "/messages"))["revision"]
    said = [say(ada, hangar, str(number)).pk for number in range(5)]
    heard, more = [], True
    while more:
        told = bot.gets(of(hangar, "/changes"), since=since)
        heard += [one["message_id"] for one in told["changes"]]
        since, more = told["revision"], told["more"]
    assert heard == said and since == Conversation.objects.get(pk=hangar.pk).revision


def test_a_cleared_conversation_tells_so_and_nothing_else(bot, hangar, ada):
    since = bot.gets(of(hangar, "/messages"))["revision"]
    say(ada, hangar, "a secret")
    clear_conversation(conversation_id=hangar.pk, by=ada)
    told = bot.gets(of(hangar, "/changes"), since=since)
    assert [one["type"] for one in told["changes"]] == ["messages_cleared"] and "secret" not in str(told)


@pytest.mark.parametrize(
    ("where", "why"), [({"since": 10**6}, "ahead"), ({"since": 0, "epoch": NAME}, "epoch")], ids=str
)
def test_a_place_of_another_history_is_a_reset(bot, hangar, where, why):
    answer = bot.asks("GET", of(hangar, "/changes"), **where)
    told = answer.json()
    assert (answer.status_code, told["code"], told["why"]) == (409, "reset", why)
    assert bot.gets(of(hangar, "/changes"), since=told["revision"], epoch=told["epoch"])["changes"] == []


def test_words_reactions_and_pins_are_changed_and_told_whole(bot, hangar):
    one = bot.does("POST", of(hangar, "/messages"), {"message": "Good"})
    here = of(hangar, f"/messages/{one['id']}")
    edited = bot.does("PATCH", here, {"message": "Better"})
    assert (edited["type"], edited["message"]) == ("message_changed", "Better") and edited["edited_at"]
    for _ in range(2):
        assert bot.does("PUT", f"{here}/reactions/👍")["reactions"] == {"👍": [bot.person.pk]}
        assert bot.does("PUT", f"{here}/pin")["pinned"]["user_id"] == bot.person.pk
    assert bot.does("DELETE", f"{here}/reactions/👍")["reactions"] == {}
    assert bot.does("DELETE", f"{here}/pin")["pinned"] is None
    gone = bot.does("DELETE", here)
    assert (gone["type"], gone["message_id"], gone["deleted_by_id"]) == (
        "message_deleted",
        one["id"],
        bot.person.pk,
    )
    assert bot.refused("PATCH", here, {"message": "Back"}) == (403, "forbidden")


def test_a_message_of_another_conversation_is_not_there(bot, hangar, direct, engine):
    message = say(bot.person, direct, "between us")
    here = of(hangar, f"/messages/{message.pk}")
    for method, what, body in (("PATCH", "", {"message": "x"}), ("DELETE", "", None), ("PUT", "/pin", None)):
        assert bot.refused(method, here + what, body) == (404, "not_found")
    assert bot.refused("POST", of(hangar, "/read"), {"message_id": message.pk}) == (404, "not_found")
    answering = {"message": "x", "reply_to": message.pk}
    assert bot.refused("POST", of(hangar, "/messages"), answering) == (400, "invalid")


def test_conversations_are_told_with_what_is_unread(bot, hangar, engine, direct, ada):
    last = say(ada, hangar, "one @bob")
    told = {one["conversation_id"]: one for one in bot.gets("conversations")["conversations"]}
    assert {hangar.pk, engine.pk, direct.pk} <= told.keys()
    assert (told[hangar.pk]["unread"], told[hangar.pk]["mentions"]) == (1, 1)
    assert {one["kind"] for one in bot.gets("conversations", kind="task")["conversations"]} == {"task"}
    assert [one["name"] for one in bot.gets("conversations", kind="direct")["conversations"]] == ["Ada"]
    unread = bot.gets("conversations", unread="true")["conversations"]
    assert hangar.pk in {one["conversation_id"] for one in unread} and all(one["unread"] for one in unread)
    assert bot.does("POST", of(hangar, "/read"), {"message_id": last.pk}) == {"read_seq": last.seq}
    assert bot.gets("conversations", unread="true", kind="room")["conversations"] == []
    assert (
        bot.does("POST", of(hangar, "/read"), {"message_id": last.pk, "unread": True})["read_seq"] < last.seq
    )


def test_a_conversation_says_what_one_may_there(bot, hangar, vera, cockpit):
    assert bot.gets(of(hangar))["may"] == ["post", "read"]
    assert Program(vera).gets(of(hangar))["may"] == ["read"]
    assert bot.refused("GET", of(cockpit)) == (404, "not_found")


def test_people_are_talked_to_directly(bot, ada, direct, eve):
    told = bot.does("POST", "direct", {"user_ids": [ada.pk]})
    assert (told["conversation_id"], told["name"], told["kind"]) == (direct.pk, "Ada", "direct")
    assert bot.refused("POST", "direct", {"user_ids": [eve.pk]}) == (403, "forbidden")
    assert bot.refused("POST", "direct", {"user_ids": [10**6]}) == (403, "forbidden")


def test_who_is_in_it_is_told_without_what_is_private(bot, hangar, gus):
    told = bot.gets(of(hangar, "/members"))["members"]
    assert {one["username"] for one in told} == {"ada", "bob", "vera", "gus"}
    assert set(told[0]) == {"user_id", "username", "display_name", "avatar", "role"}


def a_file(words=b"a plan", name="plan.txt"):
    file = io.BytesIO(words)
    file.name = name
    return file


def test_a_file_is_brought_posted_and_fetched(bot, hangar, eve):
    there = of(hangar, "/files")
    brought = [bot.does("POST", there, a_file(), key=NAME) for _ in range(2)]
    assert brought[0] == brought[1] and hangar.attachments.count() == 1
    posted = bot.does("POST", of(hangar, "/messages"), {"attachments": [brought[0]["id"]]})
    assert posted["attachments"] == [brought[0]] and posted["kind"] == "file"
    key = brought[0]["url"].split("/")[-2]
    fetched = bot.asks("GET", f"files/{key}")
    assert fetched.getvalue() == b"a plan" and "attachment" in fetched.headers["Content-Disposition"]
    assert fetched.headers["Content-Security-Policy"].startswith("sandbox")
    assert Program(eve).refused("GET", f"files/{key}") == (404, "not_found")
    assert bot.refused("POST", there, {"file": "x"}) == (400, "malformed")


def test_a_search_finds_what_one_may_read(bot, hangar, engine, cockpit, ada):
    said = say(ada, hangar, "the *propeller* turns")
    say(ada, cockpit, "the propeller is a secret")
    (hit,) = bot.gets("search", q="propeller")["hits"]
    assert (hit["id"], hit["conversation_id"], hit["seq"]) == (said.pk, hangar.pk, said.seq)
    assert (hit["kind"], hit["excerpt"]) == ("message", "the propeller turns")
    (card,) = bot.gets("search", q="engine", kind="tasks")["hits"]
    assert (card["kind"], card["task_id"], card["title"]) == ("task", engine.task_id, "Engine")
    bot.does("POST", of(hangar, "/files"), a_file(name="propeller.txt"))
    assert bot.gets("search", q="propeller", kind="files")["hits"] == []
    assert bot.refused("GET", "search", q="has:nothing") == (400, "invalid")


def test_a_search_needs_the_scope_of_what_it_looks_for(bob, engine):
    reader = Program(bob, ["boards:read"])
    assert reader.gets("search", q="engine", kind="tasks")["hits"]
    assert reader.refused("GET", "search", q="engine") == (403, "insufficient_scope")


def test_searches_have_their_own_pace(bot, hangar):
    answers = [bot.asks("GET", "search", q="x") for _ in range(40)]
    assert {answer.status_code for answer in answers} == {200, 429}
    refused = next(
        answer for answer in answers if answer.status_code == 429
    )  # the last may have waited long enough
    assert int(refused.headers["Retry-After"]) >= 1


def test_a_preview_is_removed_by_whose_message_it_is(bot, hangar, ada):
    message = say(bot.person, hangar, "https://example.org/wings")
    preview = Preview.objects.create(url="https://example.org/wings", title="Wings")
    ShownPreview.objects.create(message=message, preview=preview)
    Message.objects.filter(pk=message.pk).update(has_previews=True)
    here = of(hangar, f"/messages/{message.pk}/previews")
    for url in ("", "ftp://example.org/", "https://a b"):
        assert bot.refused("DELETE", here, url=url) == (400, "malformed")
    assert len(bot.does("DELETE", here, url="https://example.org/elsewhere")["previews"]) == 1
    told = [bot.does("DELETE", here, url=preview.url) for _ in range(2)]
    assert [one["previews"] for one in told] == [[], []]
    assert told[0]["revision"] == told[1]["revision"] > message.revision
