"""What was said in Slack is brought in once, in its order and at its times, and what is not taken is told."""

import json
import threading
import zipfile
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from accounts.addresses import owner_of
from accounts.models import User
from messaging.models import Conversation, Message, Notification
from messaging.queries.checking import drifts
from messaging.queries.places import places_of
from messaging.slack import bringing, fetching, files
from messaging.slack.words import emoji_of, in_markdown

from ..conftest import now, say

pytestmark = pytest.mark.django_db(transaction=True)

USERS = [
    {"id": "U1", "name": "ada.l", "profile": {"real_name": "Ada L", "email": "ADA@example.org"}},
    {"id": "U2", "name": "zoe", "profile": {"display_name": "Zoe", "email": "zoe@example.org"}},
    {"id": "U3", "name": "builder", "is_bot": True, "profile": {"real_name": "Builder"}},
    {"id": "U4", "name": "bobby", "profile": {"email": "bobby@elsewhere.example"}},
]
CHANNELS = [
    {"id": "C1", "name": "general", "purpose": {"value": "All of us"}},
    {"id": "C2", "name": "attic", "is_archived": True},
]
FIRST, SECOND, THIRD = "1512085950.000216", "1512085960.000100", "1512172800.000000"
DAYS = {
    "general/2017-12-01.json": [
        {"type": "message", "user": "U1", "text": "Then *this*, <@U2> in <#C2|attic>", "ts": SECOND},
        {
            "type": "message",
            "user": "U2",
            "text": "Hello &amp; welcome <https://example.org|here>",
            "ts": FIRST,
            "thread_ts": FIRST,
            "edited": {"user": "U2", "ts": "1512085999.000000"},
            "reactions": [
                {"name": "thumbsup", "users": ["U1", "U4"]},
                {"name": "ours_alone", "users": ["U1"]},
            ],
        },
        {"type": "message", "subtype": "channel_join", "user": "U4", "text": "joined", "ts": "1512085940.0"},
    ],
    "general/2017-12-02.json": [
        {"type": "message", "user": "U4", "text": "Me too", "ts": THIRD, "thread_ts": FIRST},
        {"subtype": "bot_message", "username": "deploys", "text": "Done", "ts": "1512172801.0"},
        {
            "user": "U1",
            "text": "",
            "ts": "1512172802.0",
            "files": [
                {"id": "F1", "name": "plan.txt", "url_private": "https://files.slack.com/F1/plan.txt"},
                {"id": "F2", "name": "song.mp3", "url_private": "https://files.slack.com/F2/song.mp3"},
                {"id": "F3", "mode": "tombstone"},
            ],
        },
    ],
    "attic/2017-12-01.json": [{"user": "U3", "text": "dust", "ts": FIRST}],
}


@pytest.fixture
def slack(tmp_path):
    """Writes the zip, with other days if they are given."""

    def write(days=DAYS):
        path = tmp_path / "slack.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("users.json", json.dumps(USERS))
            archive.writestr("channels.json", json.dumps(CHANNELS))
            archive.writestr("dms.json", json.dumps([{"id": "D1", "members": ["U1", "U2"]}]))
            archive.writestr("general/attachments/F1-plan.txt", b"the plan")
            for name, said in days.items():
                archive.writestr(name, json.dumps(said))
        return str(path)

    return write


def brings(path, *more):
    out = StringIO()
    call_command("import_slack", path, "--board", "hangar", *more, stdout=out)
    return out.getvalue()


def room(channel="C1"):
    return Conversation.objects.get(brought_from=channel)


def said(conversation):
    return list(conversation.messages.exclude(kind="system").order_by("seq"))


def test_channels_are_rooms_and_words_stand_in_their_order_and_at_their_times(ada, board, slack):
    told = brings(slack())
    general = room()
    assert (general.name, general.description, general.board) == ("general (Slack)", "All of us", board)
    assert room("C2").name == "attic" and room("C2").archived_at
    messages = said(general)
    assert [one.author_name for one in messages] == ["Zoe", "Ada", "bobby", "deploys", "Ada"]
    assert messages[0].created_at == datetime(2017, 11, 30, 23, 52, 30, 216, tzinfo=UTC)
    assert messages[0].body == "Hello & welcome [here](https://example.org)" and messages[0].edited_at
    assert f"Then **this**, @zoe in [#attic]({room('C2').url})" == messages[1].body
    assert messages[2].reply_to == messages[0] and messages[0].reply_to is None
    assert [(one.user.username, one.emoji) for one in messages[0].reactions.all()] == [
        ("ada", "👍"),
        ("bobby", "👍"),
    ]
    for line in ("messages: 6\n", "lines of the kind channel_join: 1", "reactions :ours_alone:: 1"):
        assert line in told
    assert "direct conversations: 1" in told and "files that were deleted: 1" in told


def test_whoever_says_that_an_address_is_theirs_is_not_believed_and_may_still_prove_it(board, slack):
    zo = User.objects.create_user("zo", "zoe@example.org")
    brings(slack())
    assert owner_of("zoe@example.org") is None and User.objects.filter(email="zoe@example.org").count() == 2
    assert zo not in {one.author for one in said(room())}


def test_people_are_known_by_their_address_and_the_others_cannot_sign_in(client, ada, board, slack):
    brings(slack())
    assert User.objects.filter(email__iexact="ada@example.org").count() == 1
    zoe = User.objects.get(username="zoe")
    assert (zoe.is_active, zoe.has_usable_password(), zoe.display_name) == (False, False, "Zoe")
    assert not zoe.boards.exists() and not zoe.conversation_memberships.exists()
    assert owner_of("zoe@example.org") == zoe
    assert said(room())[1].author == ada


def test_a_list_says_who_is_who(tmp_path, ada, bob, board, slack):
    people = tmp_path / "people.csv"
    people.write_text("U4,bob\n")
    brings(slack(), "--people", str(people))
    assert said(room())[2].author == bob and not User.objects.filter(username="bobby").exists()
    people.write_text("U4,nobody\n")
    with pytest.raises(CommandError, match="not here"):
        brings(slack(), "--people", str(people))


def test_files_come_along_or_stay_links(ada, board, slack):
    brings(slack())
    last = said(room())[-1]
    (file,) = last.attachments.all()
    assert file.name == "plan.txt" and file.created_at == last.created_at
    with default_storage.open(file.path) as content:
        assert content.read() == b"the plan"
    assert last.body == "[song.mp3](https://files.slack.com/F2/song.mp3)"


def test_with_a_token_files_are_fetched(ada, board, slack, monkeypatch):
    asked = []
    monkeypatch.setenv("SLACK_TOKEN", "xoxp")
    monkeypatch.setattr(files, "fetched", lambda *what: asked.append(what) or b"la la la")
    assert "  files: 2\n" in brings(slack())
    assert [(url, token) for url, token, _ in asked] == [("https://files.slack.com/F2/song.mp3", "xoxp")]
    assert sorted(file.name for file in said(room())[-1].attachments.all()) == ["plan.txt", "song.mp3"]


def test_what_is_there_is_not_fetched_again(ada, board, slack, monkeypatch):
    monkeypatch.setenv("SLACK_TOKEN", "xoxp")
    monkeypatch.setattr(files, "fetched", lambda *what: b"la la la")
    brings(slack())
    monkeypatch.setattr(files, "fetched", lambda url, *_: pytest.fail(f"fetched {url} again"))
    assert "  files:" not in brings(slack())


def test_what_stayed_a_link_is_fetched_when_there_is_a_token(ada, board, slack, monkeypatch):
    assert "  files: 1\n" in brings(slack())
    before = now(room()).revision
    monkeypatch.setenv("SLACK_TOKEN", "xoxp")
    monkeypatch.setattr(files, "fetched", lambda *what: b"la la la")
    told = brings(slack())
    assert "  files: 1\n" in told and "messages that were new" not in told
    last = said(room())[-1]
    assert sorted(file.name for file in last.attachments.all()) == ["plan.txt", "song.mp3"]
    assert (last.body, last.kind, last.edited_at) == ("", "file", None)
    assert last.revision == now(room()).revision == before + 1
    assert list(drifts()) == []


def test_no_more_files_are_held_than_fit(ada, board, slack, monkeypatch):
    monkeypatch.setenv("SLACK_TOKEN", "xoxp")
    monkeypatch.setattr(files, "fetched", lambda *what: b"la la la")
    monkeypatch.setattr(bringing, "HEAVY", 20)
    held, bring_in = [], bringing.bring_in

    def weighs(room, brought, known):
        held.append(sum(len(content) for one in brought for _, content in one.files))
        return bring_in(room, brought, known)

    monkeypatch.setattr(bringing, "bring_in", weighs)
    song = {"name": "song.mp3", "url_private": "https://files.slack.com/F2/song.mp3"}
    days = {
        "general/2017-12-01.json": [
            {"user": "U1", "text": "", "ts": f"151208{n}.0", "files": [song]} for n in range(5000, 5009)
        ]
    }
    brings(slack(days))
    assert held == [24, 24, 24] and len(said(room())) == 9


@pytest.fixture
def slack_itself(monkeypatch):
    """Slack's server: `answers` are (status, Retry-After) until it gives the file; `pauses` what was waited for."""

    class Slack(BaseHTTPRequestHandler):
        answers, pauses = [], []

        def do_GET(self):
            status, after = self.answers.pop(0) if self.answers else (200, "")
            self.send_response(status)
            if after:
                self.send_header("Retry-After", after)
            self.end_headers()
            self.wfile.write(b"la la la")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Slack)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setattr(fetching, "connection_to", lambda parts, _: HTTPConnection(*server.server_address))
    monkeypatch.setattr(fetching, "sleep", Slack.pauses.append)
    yield Slack
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("answers", "pauses", "content"),
    [
        ([(429, "7"), (503, "")], [7, 5], b"la la la"),
        ([(500, "")] * 4, [1, 5, 20], None),
        ([(429, "3600")], [], None),
        ([(404, "")], [], None),
    ],
)
def test_slack_is_asked_again_when_it_says_so(slack_itself, answers, pauses, content):
    slack_itself.answers += answers
    assert fetching.fetched("https://files.slack.com/a", "xoxp", 100) == content
    assert slack_itself.pauses == pauses


@pytest.mark.parametrize(
    "url",
    [
        "http://files.slack.com/a",
        "https://slack.com.evil.example/a",
        "https://127.0.0.1/a",
        "https://files.slack.com:8443/a",
        "file:///etc/passwd",
        "",
        None,
    ],
)
def test_a_token_is_shown_to_slack_alone(url, monkeypatch):
    monkeypatch.setattr(
        fetching, "connection_to", lambda parts, timeout: pytest.fail(f"went to {parts.hostname}")
    )
    assert fetching.fetched(url, "xoxp", 100) is None


def test_a_name_that_leads_inside_is_not_followed(monkeypatch):
    found = [(2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr("socket.create_connection", lambda *_, **__: pytest.fail("connected"))
    assert fetching.fetched("https://files.slack.com/a", "xoxp", 100) is None


def test_a_second_import_takes_only_what_is_new(ada, board, slack):
    brings(slack())
    before, people = Message.objects.count(), User.objects.count()
    assert "messages that were new" not in brings(slack())
    more = {**DAYS, "general/2017-12-03.json": [{"user": "U2", "text": "More", "ts": "1512260000.0"}]}
    assert "messages that were new: 1" in brings(slack(more))
    assert Message.objects.count() == before + 1 and User.objects.count() == people
    assert said(room())[-1].body == "More"


def test_who_was_interrupted_goes_on(ada, board, slack, monkeypatch):
    monkeypatch.setattr(bringing, "AT_ONCE", 2)
    bring_in, calls = bringing.bring_in, []

    def dies_at_the_second(*what):
        calls.append(what)
        if len(calls) == 2:
            raise OSError("the disk is full")
        return bring_in(*what)

    monkeypatch.setattr(bringing, "bring_in", dies_at_the_second)
    with pytest.raises(CommandError, match="disk"):
        brings(slack())
    assert len(said(room())) == 2
    monkeypatch.setattr(bringing, "bring_in", bring_in)
    brings(slack())
    assert [one.seq for one in said(room())] == [1, 2, 3, 4, 5]


def test_the_past_is_unread_to_nobody_and_nobody_is_told(ada, bob, board, slack):
    brings(slack())
    place = places_of(bob, [room().pk])[0]
    assert place["unread"] == 0 and not Notification.objects.exists()
    assert list(drifts()) == []
    say(ada, room(), "And now here")
    assert places_of(bob, [room().pk])[0]["unread"] == 1


@pytest.mark.parametrize(
    "odd",
    [
        *({"ts": ts} for ts in ("nan", "inf", "1e15", "yesterday", [1], None)),
        *(
            {"text": ["x"]},
            {"user": ["U1"]},
            {"edited": "x"},
            {"reactions": [{"name": 7}]},
            {"subtype": ["x"]},
        ),
        *({"files": ["x"]}, {"files": [{"id": ["F1"], "name": 7, "url_private": 9}]}),
    ],
    ids=str,
)
def test_what_is_no_message_of_theirs_keeps_nothing_else_out(ada, board, slack, odd):
    there = {"user": "U1", "text": "Hello", "ts": SECOND}
    brings(slack({"general/2017-12-01.json": [{**there, "ts": FIRST, **odd}, "x", there]}))
    assert [one.body for one in said(room())][-1] == "Hello"


def test_what_cannot_be_stored_is_left_out_of_what_was_said(ada, board, slack):
    hostile = [
        {"user": "U1", "text": "half a \ud83d and \0 an end", "ts": FIRST},
        {"username": "\u202eadA\0\ud800", "subtype": "bot_message", "text": "I", "ts": SECOND},
        {
            "user": "U1",
            "files": [{"id": "F9", "name": "\0\ud800", "url_private": "https://x.org"}],
            "ts": THIRD,
        },
    ]
    brings(slack({"general/2017-12-01.json": hostile}))
    bodies, names = zip(*((one.body, one.author_name) for one in said(room())), strict=True)
    assert bodies == ("half a  and  an end", "I", "[](https://x.org)") and names == ("Ada", "adA", "Ada")


@pytest.mark.parametrize(
    "address", [None, 7, "zoe", "z\0@example.org\r\nBcc: eve@example.org", f"{'z' * 60}@{'e.' * 100}org"]
)
def test_what_is_no_address_is_nobodys(ada, board, slack, monkeypatch, address):
    monkeypatch.setitem(USERS[1]["profile"], "email", address)
    monkeypatch.setitem(CHANNELS[1], "purpose", None)
    monkeypatch.setitem(globals(), "USERS", [*USERS, {"name": "no id"}, {"id": "U9", "profile": None}, "x"])
    brings(slack())
    assert User.objects.get(username="zoe").email == ""


def test_a_dry_run_writes_nothing(ada, board, slack):
    def counts():
        return Message.objects.count(), User.objects.count(), Conversation.objects.count()

    before = counts()
    told = brings(slack(), "--dry-run")
    assert "Would be taken" in told and "new accounts: 3" in told and counts() == before


def test_what_is_no_export_is_refused_in_words(ada, board, tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("holiday.jpg", b"")
    with pytest.raises(CommandError, match="no export of Slack"):
        brings(str(path))
    path.write_text("text")
    with pytest.raises(CommandError, match="no zip"):
        brings(str(path))
    with pytest.raises(CommandError, match="no board"):
        call_command("import_slack", str(path), "--board", "Nowhere")


@pytest.mark.parametrize(
    "users", [b"[" * 100_000, b'"x"', b"null", b"[1"], ids=["deep", "text", "null", "cut"]
)
def test_what_is_no_list_is_refused_in_words(ada, board, tmp_path, users):
    with zipfile.ZipFile(tmp_path / "slack.zip", "w") as archive:
        archive.writestr("users.json", users)
        archive.writestr("channels.json", b"[]")
    with pytest.raises(CommandError, match="users.json in the zip is no"):
        brings(str(tmp_path / "slack.zip"))


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("*bold* _it_ ~gone~ 2*3*4", "**bold** _it_ ~~gone~~ 2*3*4"),
        ("`*raw* <https://a.example>` *b*", "`*raw* https://a.example` **b**"),
        ("<!here> <!channel> <!subteam^S1|@team>", "@here @room @team"),
        ("<@U9|old> <@U8>", "@old @somebody"),
        (
            "<https://a.example/x> <mailto:a@b.example|a@b.example>",
            "https://a.example/x [a@b.example](mailto:a@b.example)",
        ),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
    ],
)
def test_words_are_rewritten(text, here):
    assert in_markdown(text, {}, {}) == here


def test_emoji_are_those_of_the_same_name():
    assert (emoji_of("+1::skin-tone-3"), emoji_of("simple_smile"), emoji_of("party_parrot")) == (
        "👍",
        "🙂",
        None,
    )


def test_a_room_of_the_same_name_is_left_as_it_is(ada, board, hangar, slack):
    say(ada, hangar, "ours")
    brings(slack())
    assert [one.body for one in said(now(hangar))] == ["ours"]
