"""What somebody has begun to write is theirs on every browser, and nobody else's."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from messaging.actions import delete_message, keep_draft, remove_member
from messaging.line.personal import personal_changes
from messaging.models import Draft
from messaging.queries import drafts

from ..conftest import say


def begins(who, where, text, reply_to=None):
    return keep_draft(by=who, conversation_id=where.pk, body=text, reply_to=reply_to)


def told(who):
    return [(one["text"], one["reply_to"] and one["reply_to"]["excerpt"]) for one in drafts.begun(who.pk)]


def heard(who, since=0):
    frames = [frame for change in personal_changes(who.pk, since, 100) for frame in change.noun]
    return [frame["text"] for frame in frames if frame["type"] == "draft_changed"]


def test_a_draft_is_kept_with_what_it_answers_and_told_once_for_each_change(ada, bob, hangar):
    question = say(bob, hangar, "Is it on?")
    begins(ada, hangar, "I th")
    first = begins(ada, hangar, "I think ", question.pk)
    assert told(ada) == [("I think ", "Is it on?")]
    assert heard(ada) == ["I think "]
    assert begins(ada, hangar, "I think ", question.pk).inbox_revision == first.inbox_revision
    assert heard(ada, first.inbox_revision) == []
    assert told(bob) == [] and heard(bob) == []


def test_emptied_it_is_news_and_no_draft_any_more(ada, engine):
    begun = begins(ada, engine, "Half a")
    begins(ada, engine, "  \n")
    assert told(ada) == [] and heard(ada, begun.inbox_revision) == [""]
    assert Draft.objects.count() == 1


def test_nothing_begun_leaves_no_row(ada, hangar):
    begins(ada, hangar, "")
    assert not Draft.objects.exists()


def test_a_draft_is_kept_only_where_one_may_write(ada, vera, eve, bob, hangar, cockpit):
    for who, where in ((eve, hangar), (vera, hangar), (bob, cockpit)):
        with pytest.raises(PermissionDenied):
            begins(who, where, "Hello")
    assert begins(ada, cockpit, "Hello").pk


def test_of_a_room_one_was_put_out_of_nothing_is_told(ada, gus, cockpit):
    secret = say(ada, cockpit, "Secret")
    begins(gus, cockpit, "I heard", secret.pk)
    assert told(gus)
    remove_member(by=ada, conversation_id=cockpit.pk, user_id=gus.pk)
    assert told(gus) == [] and heard(gus) == []


def test_the_answer_to_what_is_gone_or_elsewhere_stays_without_it(ada, bob, hangar, engine):
    gone, elsewhere = say(bob, hangar, "Gone soon"), say(bob, engine, "Elsewhere")
    begins(ada, hangar, "Well,", gone.pk)
    delete_message(conversation_id=hangar.pk, message_id=gone.pk, by=bob)
    assert told(ada) == [("Well,", "")]
    begins(ada, hangar, "Well, yes", elsewhere.pk)
    assert told(ada) == [("Well, yes", None)]


@pytest.mark.parametrize("text", ["x" * 8001, "\ud800", "\0"])
def test_what_cannot_be_posted_or_stored_is_refused(ada, hangar, text):
    with pytest.raises(ValidationError):
        begins(ada, hangar, text)


def test_a_post_asks_nothing_of_drafts(ada, hangar):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begins(ada, hangar, "Hello")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        say(ada, hangar, "Hello")
    assert not [query["sql"] for query in asked if "messaging_draft" in query["sql"]]


def test_the_door_of_a_closing_page(ada, hangar, client):
    client.force_login(ada)
    address = f"/messaging/conversation/{hangar.pk}/draft/"
    answer = client.post(address, {"text": "Half\r\na"}, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["type"], answer.json()["text"]) == (
        200,
        "draft_changed",
        "Half\na",
    )
