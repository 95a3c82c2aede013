"""What is done on a board stands in its rooms as one line, which asks nobody to look."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from boards.actions import archive_task, assign_task, create_task, edit_task, move_task, restore_task
from messaging import activity
from messaging.actions import (
    add_member,
    archive_room,
    clear_conversation,
    create_room,
    forward_message,
    hear_board,
    mark_read,
    rename_room,
    run_due,
)
from messaging.actions.rooms import folding
from messaging.line.streams import ConversationSource
from messaging.models import Activity, Conversation, Errand, Membership, Message, Notification
from messaging.push import standing
from messaging.queries import checking, places

from ..conftest import now, say

MOVE = 15  # queries


@pytest.fixture
def general(board):
    return board.conversations.get(name="General")


@pytest.fixture
def columns(board):
    return list(board.columns.order_by("rank"))


@pytest.fixture
def wing(ada, columns):
    """A card that was told of already."""
    made = create_task(by=ada, column_id=columns[0].pk, title="Fix the wing")
    run_due()
    return made


def lines(room):
    return list(room.messages.filter(event__what="activity").order_by("seq"))


def told(room):
    """The sentences, once all errands were run."""
    run_due()
    return [line.body for line in lines(room)]


def cards(ada, columns, *titles):
    return [create_task(by=ada, column_id=columns[0].pk, title=title) for title in titles]


def test_much_that_is_done_is_one_line(ada, bob, general, columns):
    wing, tail, door = cards(ada, columns, "Fix the wing", "Paint the tail", "Oil the door")
    for task in (wing, tail):
        move_task(by=ada, task_id=task.pk, column_id=columns[1].pk)
    move_task(by=bob, task_id=wing.pk, column_id=columns[2].pk)
    assert told(general) == ["Ada added 3 cards and moved 2 cards, Bob finished Fix the wing."]
    assert not Activity.objects.exists()


def test_activities_are_told_in_one_line_until_somebody_speaks(ada, bob, general, wing, columns):
    first = told(general)
    move_task(by=bob, task_id=wing.pk, column_id=columns[1].pk)
    assert (first, told(general)) == (
        ["Ada added Fix the wing."],
        ["Ada added Fix the wing, Bob moved Fix the wing to Doing."],
    )
    say(bob, general, "Look at the wing.")
    archive_task(by=bob, task_id=wing.pk)
    assert told(general)[1:] == ["Bob archived Fix the wing."]


def test_an_hour_is_enough_for_a_line(ada, general, wing):
    assert told(general)
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    archive_task(by=ada, task_id=wing.pk)
    assert told(general) == ["Ada added Fix the wing.", "Ada archived Fix the wing."]


def test_each_kind_of_deed_in_its_words(ada, bob, general, wing):
    for person in (bob, ada):
        assign_task(by=ada, task_id=wing.pk, user_id=person.pk)
    archive_task(by=bob, task_id=wing.pk)
    restore_task(by=bob, task_id=wing.pk)
    assert told(general) == [
        "Ada added Fix the wing, gave Fix the wing to Bob and took on Fix the wing, "
        "Bob archived Fix the wing and put back Fix the wing."
    ]


def test_who_makes_a_card_for_themselves_has_made_a_card(ada, bob, general, columns):
    create_task(by=ada, column_id=columns[0].pk, title="Wing", assignee_ids=[ada.pk, bob.pk])
    assert told(general) == ["Ada added Wing and gave Wing to Bob."]


def test_small_things_are_not_told(ada, general, wing, columns):
    (tail,) = cards(ada, columns, "Paint the tail")
    before = told(general)
    edit_task(by=ada, task_id=wing.pk, title="Fix the left wing", description="It hangs.")
    move_task(by=ada, task_id=wing.pk, column_id=columns[0].pk, after_task_id=tail.pk)
    say(ada, wing.conversation, "Who has the key?")
    assert told(general) == before and not Errand.objects.filter(done_at=None, verb="fold").exists()


def test_the_log_counts_it_like_any_change(ada, general, wing, columns):
    """Who was away hears the line once, as it is now, and no revision is left out."""
    (line,) = lines(general)
    since = now(general).revision
    for column in columns[1:]:
        move_task(by=ada, task_id=wing.pk, column_id=column.pk)
        run_due()
    changes = ConversationSource().changes(general.pk, since, 10)
    assert now(general).revision == since + 2 and now(general).last_seq == line.seq
    assert [(change.revision, change.noun["id"]) for change in changes] == [(since + 2, line.pk)]


def test_every_room_that_wants_it_hears_it_once(ada, general, board, wing, columns):
    shed, quiet = (create_room(by=ada, board_id=board.pk, name=name) for name in ("Shed", "Quiet"))
    hear_board(by=ada, conversation_id=shed.pk, hears=True)
    archive_task(by=ada, task_id=wing.pk)
    assert told(shed) == ["Ada archived Fix the wing."] and told(quiet) == []
    folding.fold_activity(board.pk)
    assert told(shed) == ["Ada archived Fix the wing."] and len(lines(general)) == 1


def test_what_a_killed_process_left_is_told_once(ada, board, general, wing, monkeypatch):
    """It dies between two rooms."""
    shed = create_room(by=ada, board_id=board.pk, name="Shed")
    hear_board(by=ada, conversation_id=shed.pk, hears=True)
    archive_task(by=ada, task_id=wing.pk)
    tell = folding._tell

    def dies(room_id, noted):
        if room_id == shed.pk:
            raise SystemExit
        tell(room_id, noted)

    with monkeypatch.context() as patch:
        patch.setattr(folding, "_tell", dies)
        with pytest.raises(SystemExit):
            folding.fold_activity(board.pk)
    revision = now(general).revision
    assert lines(shed) == [] and told(shed) == ["Ada archived Fix the wing."]
    assert told(general) == ["Ada added Fix the wing and archived Fix the wing."]
    assert now(general).revision == revision


def test_a_room_that_wants_no_more_hears_no_more(ada, general, wing):
    hear_board(by=ada, conversation_id=general.pk, hears=False)
    archive_task(by=ada, task_id=wing.pk)
    assert told(general) == ["Ada added Fix the wing."] and not Activity.objects.exists()
    hear_board(by=ada, conversation_id=general.pk, hears=True)
    assert told(general) == ["Ada added Fix the wing."]


def test_an_archived_room_hears_nothing(ada, general, wing):
    archive_room(by=ada, conversation_id=general.pk)
    archive_task(by=ada, task_id=wing.pk)
    assert told(general) == ["Ada added Fix the wing."]


def test_only_who_may_manage_the_room_decides(ada, bob, vera, general):
    for person in (bob, vera):
        with pytest.raises(PermissionDenied):
            hear_board(by=person, conversation_id=general.pk, hears=False)
    hear_board(by=ada, conversation_id=general.pk, hears=False)
    assert not now(general).hears_board
    assert general.messages.last().event == {"what": "hearing", "hears": False}


def test_guests_hear_nothing_of_the_board(ada, gus, general, wing):
    add_member(by=ada, conversation_id=general.pk, user_id=gus.pk)
    archive_task(by=ada, task_id=wing.pk)
    assert told(general) == ["Ada added Fix the wing."] and not Activity.objects.exists()


def test_nobody_is_called_by_it(ada, bob, general, wing):
    """Who wants to hear everything is neither pushed nor shown a number; and all counts agree."""
    Membership.objects.filter(conversation=general).update(level="all", read_seq=0)
    Notification.objects.all().delete()
    archive_task(by=ada, task_id=wing.pk)
    assert told(general)
    (place,) = places.places_of(bob, [general.pk])
    assert place["unread"] == place["mentions"] == 0 and standing.of([bob.pk])[bob.pk]["standing"] == []
    assert not Notification.objects.exists() and not Errand.objects.exclude(verb="fold").exists()
    assert list(checking.drifts()) == []
    say(ada, general, "It is gone.")
    (place,) = places.places_of(bob, [general.pk])
    assert place["unread"] == 1 and len(standing.of([bob.pk])[bob.pk]["standing"]) == 1


def test_reading_past_it_is_reading(ada, bob, general, wing):
    (line,) = lines(general)
    mark_read(conversation_id=general.pk, message_id=line.pk, by=bob)
    assert Membership.objects.get(conversation=general, user=bob).read_seq == line.seq


def test_the_inbox_hears_of_no_post(ada, general, wing, columns):
    source, since = ConversationSource(), 0
    move_task(by=ada, task_id=wing.pk, column_id=columns[1].pk)
    run_due()
    (change,) = [
        one for one in source.changes(general.pk, since, 50) if one.noun["event"]["what"] == "activity"
    ]
    said = [source.say(change, at, "inbox", since)[0]["what"] for at in (change.born, change.revision)]
    assert said == ["system", "edited"]


def test_plain_clients_see_the_sentence(ada, general, wing, columns):
    source = ConversationSource()
    move_task(by=ada, task_id=wing.pk, column_id=columns[1].pk)
    run_due()
    change = source.changes(general.pk, 0, 50)[-1]
    born, changed = (source.say(change, at, "plain", 0)[0] for at in (change.born, change.revision))
    assert (born["type"], changed["type"]) == ("chat_message", "message_edited")
    assert changed["message"] == "Ada added Fix the wing and moved Fix the wing to Doing."


def test_a_line_of_activities_opens_to_the_cards(client, bob, general, wing):
    client.force_login(bob)
    page = client.get(general.url).content.decode()
    assert "<summary>Ada added Fix the wing.</summary>" in page
    assert f'<li>Ada added <a href="{wing.url}">Fix the wing</a></li>' in page


def test_what_people_write_is_text(ada, general, columns):
    cards(ada, columns, "<b>Wing</b> & {to}")
    run_due()
    (line,) = lines(general)
    assert line.body == "Ada added <b>Wing</b> & {to}." == line.excerpt()
    assert "&lt;b&gt;Wing&lt;/b&gt; &amp; {to}" in line.html and "<b>" not in line.html


def test_a_line_of_activities_is_not_forwarded_and_not_found(ada, bob, general, wing, direct):
    (line,) = lines(general)
    with pytest.raises(Message.DoesNotExist):
        forward_message(by=ada, message_id=line.pk, conversation_id=direct.pk)
    assert not Message.objects.exclude(kind="system").exists()


def test_clearing_takes_the_titles_too(ada, general, wing):
    (line,) = lines(general)
    clear_conversation(conversation_id=general.pk, by=ada)
    line.refresh_from_db()
    assert (line.body, line.html, line.event) == ("", None, None)
    archive_task(by=ada, task_id=wing.pk)
    assert told(general) == ["Ada archived Fix the wing."]


def test_a_line_does_not_grow_for_ever(ada):
    deeds = [deed(number) for number in range(activity.MOST_LISTED + 5)]
    event = activity.told(activity.told(None, deeds[:3]), deeds[3:])
    assert len(event["deeds"]) == activity.MOST_LISTED and event["earlier"] == 5
    assert activity.sentence(event) == "Ada moved 40 cards, 5 earlier changes."
    assert "<li>5 earlier changes</li>" in activity.html(event)


def test_a_crowd_is_counted():
    event = activity.told(None, [deed(number, by=number) for number in range(5)])
    assert activity.sentence(event).endswith(", 2 more people did something.")


def deed(task_id, by=1):
    return {"what": "moved", "user_id": by, "name": "Ada", "task_id": task_id, "title": "Wing", "to": "Doing"}


def test_a_move_costs_little_however_many_rooms(ada, board, wing, columns, django_assert_max_num_queries):
    rooms = [create_room(by=ada, board_id=board.pk, name=f"Room {number}") for number in range(20)]
    with django_assert_max_num_queries(MOVE):
        move_task(by=ada, task_id=wing.pk, column_id=columns[1].pk)
    for room in rooms:
        hear_board(by=ada, conversation_id=room.pk, hears=True)
    with django_assert_max_num_queries(MOVE):
        move_task(by=ada, task_id=wing.pk, column_id=columns[2].pk)
    assert told(rooms[-1]) == ["Ada finished Fix the wing."]


def test_many_changes_make_one_errand(ada, board, columns):
    cards(ada, columns, "One", "Two", "Three")
    errands = Errand.objects.filter(verb="fold")
    assert errands.count() == 1
    errands.update(attempts=1)  # somebody has it, and may have looked already
    cards(ada, columns, "Four")
    assert errands.count() == 2


def test_another_message_of_the_room_ends_the_line_of_activities(ada, general, wing):
    rename_room(by=ada, conversation_id=general.pk, name="Hangar")
    archive_task(by=ada, task_id=wing.pk)
    assert told(general) == ["Ada added Fix the wing.", "Ada archived Fix the wing."]


def test_only_the_first_room_of_a_board_hears_by_itself(ada, board):
    create_room(by=ada, board_id=board.pk, name="Shed")
    hearing = Conversation.objects.filter(heard_revision__isnull=False)
    assert [room.name for room in hearing] == ["General"]
