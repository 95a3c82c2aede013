"""A card made of a message: each leads to the other, for those who may go there."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from boards.actions import move_task
from boards.models import Task
from messaging.actions import delete_message, make_card, open_direct
from messaging.line.streams import ConversationSource
from messaging.queries.snapshots import address

from ..conftest import now, say


@pytest.fixture
def wing(bob, hangar):
    return say(bob, hangar, "The **wing** is loose\nAnd it rattles.")


@pytest.fixture
def to_do(board):
    return board.columns.get(title="To do")


def makes(by, message, column, title="Fix the wing", **more):
    what = {"conversation_id": message.conversation_id, "message_id": message.pk, "column_id": column.pk}
    return make_card(by=by, title=title, **what, **more)


def told_since(conversation, since, dialect="v2"):
    changes = ConversationSource().changes(conversation.pk, since, 10)
    return [frame for one in changes for frame in ConversationSource().say(one, one.revision, dialect, since)]


def test_the_card_has_its_words_and_everybody_is_told(ada, hangar, wing, to_do):
    card = makes(ada, wing, to_do)
    assert (card.title, card.column, card.description) == ("Fix the wing", to_do, wing.body)
    (frame,) = told_since(hangar, wing.revision)
    assert frame["type"] == "message_changed" and frame["card"] == card.pk
    assert told_since(hangar, wing.revision, "plain") == []
    (news,) = told_since(hangar, wing.revision, "inbox")
    assert news["what"] == "carded"


def test_a_card_made_from_a_message_may_be_mine_from_the_start(ada, bob, wing, to_do):
    assert list(makes(ada, wing, to_do, for_me=True).assignees.all()) == [ada]


def test_of_each_message_one_is_made(ada, bob, hangar, wing, to_do):
    makes(ada, wing, to_do)
    before = now(hangar).revision
    with pytest.raises(ValidationError, match="already"):
        makes(bob, wing, to_do)
    assert now(hangar).revision == before and Task.objects.filter(title="Fix the wing").count() == 1


def test_nobody_makes_one_of_what_they_may_not_answer_or_where_they_may_not_write(
    ada, bob, eve, vera, gus, cockpit, wing, to_do
):
    secret = say(ada, cockpit, "Among few")
    for person, message in ((eve, wing), (vera, wing), (bob, secret), (gus, wing)):
        with pytest.raises(PermissionDenied):
            makes(person, message, to_do)
    assert not Task.objects.filter(title="Fix the wing").exists()


def test_what_was_taken_back_leads_nowhere(ada, bob, hangar, wing, to_do, client):
    card = makes(ada, wing, to_do)
    delete_message(conversation_id=hangar.pk, message_id=wing.pk, by=bob)
    (frame,) = [frame for frame in told_since(hangar, 0) if frame.get("message_id") == wing.pk]
    assert not frame.get("card")
    client.force_login(ada)
    assert "made-of" not in client.get(card.url).content.decode()


def test_the_page_proposes_its_first_line_and_the_board_it_was_said_on(client, bob, wing, to_do):
    client.force_login(bob)
    page = client.get(f"/messaging/message/{wing.pk}/card/").content.decode()
    assert 'value="The wing is loose"' in page
    assert f'<option value="{to_do.pk}" selected>' in page


def test_without_a_script_the_form_leads_back_to_the_message(client, bob, wing, to_do):
    client.force_login(bob)
    answer = client.post(f"/messaging/message/{wing.pk}/card/", {"column": to_do.pk, "title": "Fix it"})
    assert answer.headers["Location"] == address(wing)
    page = client.get(address(wing).partition("#")[0]).content.decode()
    assert f'data-task="{Task.objects.get(title="Fix it").pk}"' in page


def test_the_card_leads_to_its_message_whoever_may_read_that(ada, bob, eve, vera, to_do, client):
    conversation = open_direct(by=ada, people=[bob.pk])
    asked = say(bob, conversation, "Would you look at the tail?")
    card = makes(ada, asked, to_do)
    pages = {}
    for person in (ada, vera):
        client.force_login(person)
        pages[person] = client.get(card.url).content.decode()
    assert f"?around={asked.seq}" in pages[ada] and "Bob in a direct conversation" in pages[ada]
    assert "made-of" not in pages[vera]


def test_pages_that_speak_of_cards_learn_what_they_are_now(ada, bob, eve, board, wing, to_do, client):
    card = makes(ada, wing, to_do, for_me=True)
    done = board.columns.get(is_done=True)
    move_task(by=bob, task_id=card.pk, column_id=done.pk)
    client.force_login(bob)
    told = client.get("/boards/cards/", {"id": [card.pk, 999_999]}).json()
    (one,), (its_board,) = told["cards"], told["boards"]
    assert (one["task_id"], one["column_id"], one["board_id"]) == (card.pk, done.pk, board.pk)
    assert [person["user_id"] for person in one["assignees"]] == [ada.pk]
    assert its_board["may_edit"] and len(its_board["columns"]) == board.columns.count()
    assert its_board["revision"] >= one["revision"]
    client.force_login(eve)
    assert client.get("/boards/cards/", {"id": card.pk}).json() == {"cards": [], "boards": []}
    assert Client().get("/boards/cards/", {"id": card.pk}).status_code == 401
    client.force_login(bob)
    assert client.get("/boards/cards/", {"id": "x"}).status_code == 400


def test_a_card_is_taken_and_given_up_without_touching_whose_it_is_besides(ada, bob, wing, to_do, client):
    card = makes(ada, wing, to_do, for_me=True)
    client.force_login(bob)
    for on, whose in (("1", [ada, bob]), ("0", [ada])):
        client.post(f"/boards/task/{card.pk}/take/", {"on": on})
        assert sorted(card.assignees.all(), key=lambda one: one.pk) == whose
