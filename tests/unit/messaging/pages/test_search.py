"""Finding: the words, the operators, who finds what, and that the index is the database's own affair."""

import contextlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from boards.actions import create_board, create_task, edit_task, remove_board_member
from messaging import limits
from messaging.actions import (
    clear_conversation,
    create_room,
    delete_message,
    edit_message,
    keep_upload,
    leave_room,
    mark_read,
    mark_unread,
    open_direct,
    post_messages,
    react,
    remove_member,
)
from messaging.models import Conversation, Message, Saved
from messaging.posts import Post
from messaging.search import index
from messaging.search.asking import Unclear, parsed
from messaging.search.finding import search
from messaging.search.hits import excerpt, marked
from messaging.search.index import Term
from messaging.search.nouns import FILE, TASK
from messaging.search.postgres import asking
from messaging.search.results import told

from ..conftest import say


@pytest.fixture(autouse=True)
def nobody_has_searched_yet():
    limits.SEARCHES.clear()


def found(who, text, **how):
    return [getattr(hit, "body", None) or str(hit) for hit in search(who, text, **how).hits]


# -- words ---------------------------------------------------------------------------------------------------------

SAID = "Über die Élan-Straße: smørrebrød, see https://example.org/foo_bar and v1.2, it's Ćwiczenie"


@pytest.mark.parametrize(
    "words",
    [
        "uber",
        "ÜBER",
        "élan",
        "elan",
        "strasse",
        "Straße",
        "smorrebrod",
        "foo_bar",
        "v1.2",
        "it's",
        "example.org",
    ]
    + ["cwicz", "die -nothing uber", '"die elan strasse"', "EXAM", "https://example.org/foo_bar"],
)
def test_case_accents_and_punctuation_make_no_difference(ada, hangar, words):
    say(ada, hangar, SAID)
    say(ada, hangar, "Something else")
    assert found(ada, words) == [SAID]


@pytest.mark.parametrize("words", ["lan", '"elan die"', "uber -strasse", "uber else", "foo_baz", '"die ela"'])
def test_what_was_not_said_is_not_found(ada, hangar, words):
    say(ada, hangar, SAID)
    say(ada, hangar, "Something else")
    assert found(ada, words) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("東京に行きました", ["東京", "京に", "行", "東京に行きました", "東京 まし"]),
        ("서울에서 만나요", ["서울", "서울에서", "만나"]),
        ("Привет, Мир", ["привет", "МИР", "прив"]),
        ("Καλημέρα κόσμος", ["καλημερα", "ΚΟΣΜΟΣ"]),
        ("مرحبا بالعالم", ["مرحبا"]),
        ("नमस्ते दुनिया", ["नमस्ते"]),
    ],
)
def test_every_script_is_found(ada, hangar, said, words):
    say(ada, hangar, said)
    assert [found(ada, one) for one in words] == [[said]] * len(words)


def test_the_last_word_may_be_only_begun_and_no_other(ada, hangar):
    say(ada, hangar, "propeller blades")
    assert found(ada, "propeller bla") and found(ada, "pr")
    assert not found(ada, "prop blades") and not found(ada, "propeller bla ") and not found(ada, "p")


def test_nothing_typed_is_a_language(ada, hangar):
    say(ada, hangar, "plain words")
    for odd in [
        '"',
        "plain AND",
        "NOT plain",
        "(plain",
        "plain*",
        "words:plain",
        "pl:ain | !",
        "'",
        "NEAR(",
        "a\\",
        "%s",
    ]:
        with contextlib.suppress(Unclear):
            search(ada, odd)
    assert found(ada, "plain OR words") == []


# -- operators -----------------------------------------------------------------------------------------------------


@pytest.fixture
def talk(ada, bob, gus, hangar, cockpit, engine, direct):
    return {
        "a": say(ada, hangar, "wing a @bob"),
        "b": say(bob, hangar, "wing b https://example.org"),
        "c": say(ada, cockpit, "wing c"),
        "d": say(bob, engine, "wing d"),
        "e": say(ada, direct, "wing e"),
    }


def asked(client, who, **what):
    client.force_login(who)
    return client.get("/messaging/search/", {"part": 1, **what})


def letters(who, text, **how):
    return "".join(sorted(body[5] for body in found(who, text, **how)))


@pytest.mark.parametrize(
    ("text", "ada_finds"),
    [
        ("wing", "abcde"),
        ("from:bob wing", "bd"),
        ("from:@BOB", "bd"),
        ("from:me wing", "ace"),
        ('from:"bob"', "bd"),
        ("from:nobody wing", ""),
        ("from:bob from:ada", ""),
        ("in:general", "ab"),
        ("in:#General wing", "ab"),
        ("in:hangar/general wing", "ab"),
        ("in:Hangar", "abcd"),
        ("in:Engine", "d"),
        ("in:@bob", "e"),
        ("in:cockpit in:engine", "cd"),
        ("mentions:bob", "a"),
        ("mentions:me", ""),
        ("has:link", "b"),
        ("has:reaction", "c"),
        ("is:unread", "bd"),
        ("is:saved wing", "b"),
        ("on:today wing", "abcde"),
        ("before:today wing", ""),
        ("after:yesterday wing", "abcde"),
        ("after:today wing", ""),
        ("on:1999 wing", ""),
        ("wing -a -b", "cde"),
    ],
)
def test_each_operator_finds_what_it_names(ada, hangar, cockpit, talk, text, ada_finds):
    react(conversation_id=cockpit.pk, message_id=talk["c"].pk, by=ada, emoji="👍", on=True)
    Saved.objects.create(user=ada, message=talk["b"], inbox_revision=1)
    assert letters(ada, text) == ada_finds


@pytest.mark.parametrize("fraction", [0, 1, 999_499, 999_500, 999_999])
def test_what_is_said_at_the_end_of_a_second_is_found(ada, bob, hangar, fraction):
    """By its words, and by what hangs on it, of which only the moment is known."""
    moment = timezone.now().replace(microsecond=fraction)
    Message.objects.filter(pk=say(ada, hangar, "wing a @bob").pk).update(created_at=moment)
    assert [letters(ada, text) for text in ("wing", "mentions:bob", "mentions:bob wing")] == ["a", "a", "a"]


def test_unread_is_what_is_unread(ada, hangar, talk):
    mark_read(by=ada, conversation_id=hangar.pk, message_id=talk["b"].pk)
    assert letters(ada, "is:unread") == "d"


def test_days_are_days_of_who_asks(ada, hangar, talk):
    long_ago = timezone.now() - timedelta(days=400)
    Message.objects.filter(pk=talk["a"].pk).update(created_at=long_ago)
    day = timezone.localtime(long_ago).date()
    assert letters(ada, f"on:{day}") == letters(ada, f"on:{day:%Y-%m} wing") == "a"
    assert letters(ada, "before:30d wing") == "a" and letters(ada, "after:30d wing") == "bcde"
    assert [hit.body[5] for hit in search(ada, "wing").hits][-1] == "a", "the order is that of time"


def test_files_are_found_by_their_names(ada, bob, hangar, talk, eve):
    photo = keep_upload(conversation_id=hangar.pk, by=ada, name="Wing-Plan 7.txt", chunks=[b"x"])
    assert found(ada, "plan", noun=FILE) == []  # not posted yet
    message = say(ada, hangar, "", attachments=[photo.pk])
    assert found(bob, "wing plan", noun=FILE) == ["Wing-Plan 7.txt"]
    assert found(eve, "plan", noun=FILE) == []
    assert [hit.pk for hit in search(ada, "has:file").hits] == [message.pk]
    assert found(ada, "has:image") == []
    delete_message(conversation_id=hangar.pk, message_id=message.pk, by=ada)
    assert found(bob, "plan", noun=FILE) == [] == found(ada, "has:file")


def test_tasks_are_found_by_title_and_description(ada, eve, board, engine):
    edit_task(by=ada, task_id=engine.task_id, title="Motor", description="two cylinders")
    assert found(ada, "motor cyl", noun=TASK) == ["Motor"]
    assert found(ada, "engine", noun=TASK) == [] == found(eve, "motor", noun=TASK)
    assert found(ada, "from:ada in:hangar motor", noun=TASK) == ["Motor"]
    assert found(ada, "has:pin motor", noun=TASK) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("from:", "After from: write whose words"),
        ("has:nose", "After has: write one of file, image, link, reaction or pin."),
        ("is:bad", "After is: write unread or saved."),
        ("on:2026-13-01", "After on: write a day"),
        ("before:soon", "After before: write a day"),
        ("in:Atlantis", "called “Atlantis”"),
        ("-word", "Say what to look for"),
        ("?!", "Type letters or digits."),
        ("-from:ada", "Only words can be left out"),
        ("x" * 301, "at most 300 characters"),
        ("x " * 30, "at most 20 words"),
    ],
)
def test_what_cannot_be_meant_says_what_to_do(ada, hangar, text, words):
    with pytest.raises(Unclear, match=words.replace("?", r"\?")):
        search(ada, text)


def test_nothing_typed_asks_for_nothing(ada, hangar):
    assert not parsed("  ").asks_for_something
    assert search(ada, "").hits == []


@pytest.fixture
def odd(ada, bob, gus, board):
    """A place of each kind, whose name could be taken for more than a name."""
    web = create_board(by=ada, name="Web/App")
    task = create_task(by=ada, column_id=board.columns.first().pk, title='Oil "it"')
    return [
        create_room(by=ada, board_id=board.pk, name="CI/CD"),
        web.conversations.get(name="General"),
        create_room(by=ada, board_id=board.pk, name='The "old" wing'),
        open_direct(by=ada, people=[bob.pk, gus.pk]),
        task.conversation,
    ]


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (0, ["CI/CD", "ci/cd", "Hangar/CI/CD", '"Hangar / #CI/CD"']),
        (1, ["Web/App", "Web/App/General", '"web/app / #general"']),
        (2, ['"The old wing"', '"Hangar/The old wing"']),
        (3, ['"@Bob, Gus"', '"@bob, gus"']),
        (4, ['"Oil it"', '"OIL IT"']),
    ],
)
def test_a_place_is_found_by_its_name_whatever_is_in_it(ada, hangar, direct, odd, place, names):
    for number, one in enumerate([*odd, hangar, direct]):
        say(ada, one, f"wing {number}")
    for name in names:
        assert found(ada, f"wing in:{name}") == [f"wing {place}"], name
    with pytest.raises(Unclear):
        search(ada, 'in:"@Bob, Eve"')
    with pytest.raises(Unclear):
        search(ada, "in:Web/CD")


# -- who finds what ------------------------------------------------------------------------------------------------

QUESTIONS = ["wing", "from:ada", "has:link", "has:reaction wing", "mentions:bob", "is:unread", "on:today"]


@pytest.mark.parametrize("text", QUESTIONS)
def test_eve_finds_nothing_at_any_door(client, ada, eve, hangar, talk, text):
    react(conversation_id=hangar.pk, message_id=talk["a"].pk, by=ada, emoji="👍", on=True)
    for order in ("new", "best"):
        assert found(eve, text, order=order) == []
    for kind in ("messages", "files", "tasks"):
        assert b'class="row hit"' not in asked(client, eve, q=text, kind=kind).content
    assert b'class="row hit"' in asked(client, ada, q="wing").content
    with pytest.raises(Unclear):
        search(eve, "in:General wing")


def test_a_guest_finds_what_is_in_their_rooms(gus, vera, talk):
    assert letters(gus, "wing") == "abc" and letters(vera, "wing") == "abd"
    assert letters(gus, "in:Hangar/General wing") == "ab"
    with pytest.raises(Unclear):
        search(gus, "in:Engine")


def test_who_left_or_was_removed_finds_it_no_more(ada, bob, gus, board, hangar, cockpit, talk):
    remove_member(by=ada, conversation_id=hangar.pk, user_id=gus.pk)
    leave_room(by=gus, conversation_id=cockpit.pk)
    remove_board_member(by=ada, board_id=board.pk, user_id=bob.pk)
    assert letters(gus, "wing") == "" and letters(bob, "wing") == "e"


def test_somebody_put_out_finds_nothing(bob, talk):
    bob.is_active = False
    bob.save()
    assert found(bob, "wing") == []


def test_what_was_edited_deleted_or_cleared_is_found_as_it_is(ada, bob, hangar, cockpit, talk):
    edit_message(conversation_id=hangar.pk, message_id=talk["a"].pk, by=ada, body="tail a")
    delete_message(conversation_id=hangar.pk, message_id=talk["b"].pk, by=bob)
    clear_conversation(conversation_id=cockpit.pk, by=ada)
    assert letters(ada, "wing") == "de" and letters(ada, "tail") == "a"
    assert letters(ada, "from:bob") == "d"


# -- the index -----------------------------------------------------------------------------------------------------


def everything():
    """How much of each noun is in the index."""
    of_anybody = index.Asked(marks=(tuple(f"{of}{n}" for of in "ut" for n in range(10_000)),))
    return [len(index.newest(noun, of_anybody, limit=1000)) for noun in index.NOUNS]


def test_the_index_is_the_databases_own_affair(ada, bob, hangar, talk):
    """However rows come, change and go."""
    post_messages([(hangar.pk, Post(author=bob, body=f"batch {n}")) for n in range(3)])
    assert len(found(ada, "batch")) == 3
    Message.objects.filter(body="batch 1").update(body="flock 1")
    Message.objects.filter(body="batch 2").delete()
    assert found(ada, "batch") == ["batch 0"] and found(ada, "flock") == ["flock 1"]
    bob.delete()
    assert letters(ada, "wing d") == "d" and found(ada, "from:bob wing") == []


def test_the_index_is_rebuilt_as_it_was(ada, hangar, talk):
    before = everything()
    index.remove()
    index.prepare()
    assert everything() == [0, 0, 0]
    call_command("rebuild_search", verbosity=0)
    assert everything() == before and letters(ada, "wing") == "abcde"
    say(ada, hangar, "after it")
    assert found(ada, "after") == ["after it"]


def test_lost_triggers_are_restored(ada, hangar):
    with connection.cursor() as cursor:
        on = " ON messaging_message" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER messaging_search_message_made{on}")
    index.repair()
    say(ada, hangar, "found all the same")
    assert found(ada, "same")


@pytest.mark.django_db(transaction=True)
def test_emptied_tables_are_emptied_in_the_index(ada, hangar, engine):
    say(ada, hangar, "gone with the rest")
    say(ada, engine, "gone with its task")
    call_command("flush", interactive=False, verbosity=0)
    assert everything() == [0, 0, 0]


def test_a_board_that_goes_leaves_nothing(ada, board, hangar, engine, talk):
    board.delete()
    assert letters(ada, "wing") == "e" and found(ada, "Engine", noun=TASK) == []


# -- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["word", "word -nothing", "in:General", "has:reaction word"])
def test_pages_follow_each_other_without_a_gap_or_a_double(ada, bob, hangar, text):
    messages = post_messages([(hangar.pk, Post(author=bob, body=f"word {n}")) for n in range(70)])
    for message in messages:
        react(conversation_id=hangar.pk, message_id=message.pk, by=ada, emoji="👍", on=True)
    bodies, below = [], None
    for _ in range(10):
        page = search(ada, text, below=below)
        bodies += [hit.body for hit in page.hits]
        below = page.below
        if below is None:
            break
    assert bodies == [f"word {n}" for n in reversed(range(70))]


@pytest.mark.parametrize(("many", "window"), [(0, 1000), (0, 7), (10**9, 1000)])
def test_however_postgres_goes_about_it_the_same_is_found(
    ada, bob, hangar, engine, monkeypatch, many, window
):
    monkeypatch.setattr(asking, "MANY", many)
    monkeypatch.setattr(asking, "WINDOW", window)
    post_messages(
        [(hangar.pk, Post(author=bob, body=f"{'word' if n % 4 else 'other'} {n}")) for n in range(40)]
    )
    say(ada, engine, "word of the engine")
    assert (
        len(found(ada, "word", count=100)) == 31
        and len(found(ada, "in:General from:bob word", count=100)) == 30
    )
    assert found(ada, "in:Engine word") == ["word of the engine"] and found(ada, "nobody") == []


@pytest.mark.parametrize(("most", "many"), [(1, 1), (400, 450)])
def test_who_is_in_many_places_finds_the_same(ada, gus, board, hangar, talk, monkeypatch, most, many):
    monkeypatch.setattr("messaging.search.places.MOST_PLACES", most)
    Conversation.objects.bulk_create(
        Conversation(kind="room", board=board, name=f"Room {n}") for n in range(many)
    )
    react(conversation_id=hangar.pk, message_id=talk["a"].pk, by=ada, emoji="👍", on=True)
    for text, finds in [
        ("on:today", "abcde"),
        ("on:today -nothing", "abcde"),
        ("has:reaction", "a"),
        ("mentions:bob", "a"),
        ("is:unread", "bd"),
        ("has:link", "b"),
        ("from:bob", "bd"),
        ("wing", "abcde"),
    ]:
        assert letters(ada, text) == finds, text
    assert letters(gus, "on:today") == "abc"
    assert found(ada, "has:file", noun=FILE) == [] and found(ada, "on:today", noun=TASK) == ["Engine"]


def test_one_look_reaches_so_far_and_says_so(ada, bob, hangar, monkeypatch):
    monkeypatch.setattr("messaging.search.finding.MOST_LOOKED_AT", 50)
    monkeypatch.setattr("messaging.search.finding.FIRST_LOOK", 50)
    first = say(ada, hangar, "word of Ada's")
    post_messages([(hangar.pk, Post(author=bob, body=f"word {n}")) for n in range(120)])
    mark_unread(by=bob, conversation_id=hangar.pk, message_id=first.pk)
    looks = [search(bob, "word is:unread")]
    while looks[-1].below:
        assert looks[-1].is_cut and looks[-1].hits == []
        looks.append(search(bob, "word is:unread", below=looks[-1].below))
    assert len(looks) == 3 and looks[-1].hits == [first]


def test_the_best_says_it_all_together(ada, hangar):
    for said in [
        "wing and also some bolt",
        "wing bolt",
        "bolt wing, and many other words besides all of these",
    ]:
        say(ada, hangar, said)
    assert found(ada, "wing bolt", order="best")[0] == "wing bolt"
    assert found(ada, "wing bolt")[0].startswith("bolt wing")


def test_the_page_shows_hits_that_jump(client, ada, bob, hangar, engine, talk):
    say(bob, hangar, "The <b>Wing</b> bends & wings flap")
    client.force_login(ada)
    page = client.get("/messaging/search/", {"q": "wing"})
    assert "The &lt;b&gt;<mark>Wing</mark>&lt;/b&gt; bends &amp; <mark>wings</mark>" in page.content.decode()
    assert f"{hangar.url}?around={talk['a'].seq}#message-{talk['a'].pk}" in page.content.decode()
    part = client.get("/messaging/search/", {"q": "wing", "part": 1}).content.decode()
    assert "<html" not in part and part in page.content.decode()
    assert "Engine" in client.get("/messaging/search/", {"q": "eng"}).content.decode()


@pytest.mark.parametrize(
    "said", [{}, {"q": ""}, {"q": "from:"}, {"q": "\x01"}, {"q": "x", "below": "9" * 30, "kind": "?"}]
)
def test_every_question_gets_a_page(client, ada, hangar, said):
    client.force_login(ada)
    assert client.get("/messaging/search/", said).status_code == 200


def test_a_search_costs_so_many_queries_and_no_more(client, ada, talk, django_assert_max_num_queries):
    client.force_login(ada)
    with django_assert_max_num_queries(45):
        client.get("/messaging/search/", {"q": "wing", "part": 1})


def test_too_many_searches_are_put_off(client, ada, hangar, monkeypatch):
    monkeypatch.setattr("messaging.limits.SEARCHES_PER_SECOND", 0.001)
    client.force_login(ada)
    answers = [client.get("/messaging/search/", {"q": "x y", "part": 1}).status_code for _ in range(40)]
    assert answers[0] == 200 and answers[-1] == 429


def test_too_many_names_are_looked_up_later(client, ada, hangar, monkeypatch):
    monkeypatch.setattr("messaging.limits.SEARCHES_PER_SECOND", 0.001)
    client.force_login(ada)
    doors = "/messaging/find/", "/messaging/destinations/", f"/messaging/conversation/{hangar.pk}/people/"
    for door in doors:
        limits.LOOKUPS.clear()
        answers = [client.get(door, {"q": "a"}) for _ in range(limits.SEARCHES_AT_ONCE + 1)]
        assert [answer.status_code for answer in answers] == [200] * limits.SEARCHES_AT_ONCE + [429]
        told = answers[-1].json()
        assert told["temporary"] and told["retry_after"] > 0 and "wait a moment" in told["detail"]
    assert client.get("/messaging/search/", {"q": "x y", "part": 1}).status_code == 200


def test_a_search_that_takes_too_long_is_ended(client, ada, hangar, monkeypatch):
    say(ada, hangar, "word")
    counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000000) SELECT max(x) FROM n"
    endless = {
        "sqlite": counting,
        "postgresql": "SELECT pg_sleep(5)",
    }[connection.vendor]

    def slow(*_, **__):
        with connection.cursor() as cursor:
            cursor.execute(endless)
        return []

    monkeypatch.setattr("messaging.search.finding.SECONDS", 0.05)
    monkeypatch.setattr(index, "newest", slow)
    client.force_login(ada)
    assert "too much to look through" in client.get("/messaging/search/", {"q": "word"}).content.decode()
    monkeypatch.undo()
    assert found(ada, "word")


# -- marks ---------------------------------------------------------------------------------------------------------


def test_hits_are_marked_where_they_stand():
    terms = [Term("strasse"), Term("UBER"), Term("ela", True), Term("京")]
    marks = [words for words, is_hit in marked("Über die Élan-Straße 東京に", terms) if is_hit]
    assert marks == ["Über", "Élan", "Straße", "京"]
    assert marked("", terms) == [] and marked("plain", []) == [("plain", False)]


@pytest.mark.parametrize(
    "text", ["e\u0301lan " * 3, "ﬁ ﬃ fi", "İstanbul ıI", "ẞß " * 50, "a" * 5000, "\n\n x"]
)
def test_marking_keeps_every_character(text):
    pieces = marked(text, [Term("fi", True), Term("elan"), Term("istanbul"), Term("ss", True)])
    assert "".join(words for words, _ in pieces) == text


def test_an_excerpt_is_of_where_the_hit_is():
    pieces = excerpt("before " * 200 + "needle" + " after" * 200, [Term("needle")])
    words = "".join(words for words, _ in pieces)
    assert len(words) < 320 and ("needle", True) in pieces and words.startswith("… ") and words.endswith(" …")


def test_a_hit_reads_as_what_was_said_reads(ada, hangar):
    say(ada, hangar, "The *needle* is [here](https://example.org/haystack)")
    hits = [told(search(ada, word), ada)[0]["pieces"] for word in ("needle", "haystack")]
    shown = ["".join(words for words, _ in pieces) for pieces in hits]
    assert shown == ["The needle is here", "The *needle* is [here](https://example.org/haystack)"]
