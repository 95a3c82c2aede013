"""The stagehand makes people, rooms and sessions, and does what an administrator or a job would, through the actions.

Each function below is a verb another process may ask for by a line of JSON, {"verb": ..., "words": {...}}.
"""

import json
import os
import sys
import traceback
from contextlib import suppress

import django
from django.core.exceptions import PermissionDenied

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kanban_board.settings")


def migrate():
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def make_person(username, display_name):
    """With a password that is hashed once, not a million times, which a sign-in makes up for."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    user = get_user_model().objects.create_user(
        username, f"{username}@example.org", display_name=display_name
    )
    hasher = PBKDF2PasswordHasher()
    user.password = hasher.encode(f"{username}-takes-off", hasher.salt(), iterations=1)
    user.save()
    return user.pk


def sign_in(user_id):
    """The key of a new session of this person."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = _person(user_id).get_session_auth_hash()
    session.save()
    return session.session_key


def make_token(user_id):
    """The secret of a token with every scope."""
    from accounts.actions import make_token
    from accounts.scopes import SCOPES

    return make_token(by=_person(user_id), name="Program", scopes=[*SCOPES])[1]


def sign_out(session_key):
    from importlib import import_module

    from django.conf import settings

    import_module(settings.SESSION_ENGINE).SessionStore(session_key).flush()


def expire_session(session_key, seconds=-1):
    from datetime import timedelta

    from django.utils import timezone

    from accounts.models import Session

    Session.objects.filter(pk=session_key).update(expire_date=timezone.now() + timedelta(seconds=seconds))


def call_themselves(user_id, name):
    person = _person(user_id)
    person.display_name = name
    person.save()


def live_in(user_id, zone):
    """What their profile says; "" for wherever their browser is."""
    from accounts.models import User

    User.objects.filter(pk=user_id).update(time_zone=zone)


def deactivate(user_id):
    from accounts.actions import deactivate

    deactivate(by=None, user_id=user_id)


def promote(user_id):
    from accounts.actions import promote

    promote(by=None, user_id=user_id)


def change_password(user_id, password):
    """As the password page does it, without the browser that did it."""
    from accounts.sessions.validity import end_sessions_of

    person = _person(user_id)
    person.set_password(password)
    person.save()
    end_sessions_of(user_id)


def make_board(by, name):
    from boards.actions import create_board

    return create_board(by=_person(by), name=name).pk


def add_to_board(by, board_id, user_id, role="member"):
    from boards.actions import add_board_member

    add_board_member(by=_person(by), board_id=board_id, user_id=user_id, role=role)


def remove_from_board(by, board_id, user_id):
    from boards.actions import remove_board_member

    remove_board_member(by=_person(by), board_id=board_id, user_id=user_id)


def columns(board_id):
    from boards.models import Column

    return list(Column.objects.filter(board=board_id).order_by("rank").values_list("pk", flat=True))


def make_task(by, column_id, title):
    from boards.actions import create_task

    return create_task(by=_person(by), column_id=column_id, title=title).pk


def assign(by, task_id, user_id):
    from boards.actions import assign_task

    assign_task(by=_person(by), task_id=task_id, user_id=user_id)


def rename_task(by, task_id, title):
    from boards.actions import edit_task

    edit_task(by=_person(by), task_id=task_id, title=title)


def take_away(by, task_id, user_id):
    from boards.actions import unassign_task

    unassign_task(by=_person(by), task_id=task_id, user_id=user_id)


def move_task(by, task_id, column_id):
    from boards.actions import move_task

    move_task(by=_person(by), task_id=task_id, column_id=column_id)


def archive_task(by, task_id):
    from boards.actions import archive_task

    archive_task(by=_person(by), task_id=task_id)


def put_away(by, rooms, tasks, but_board):
    """Rooms and cards are archived, as far as this person still may; the boards they own become somebody else's."""
    from boards.actions import archive_task
    from messaging.actions import archive_room

    for room_id in rooms:
        with suppress(PermissionDenied):
            archive_room(by=_person(by), conversation_id=room_id)
    for task_id in tasks:
        with suppress(PermissionDenied):
            archive_task(by=_person(by), task_id=task_id)
    for owned in _person(by).board_memberships.filter(role="owner").exclude(board=but_board):
        _hand_over(owned.board_id, by)


def _hand_over(board_id, owner_id):
    """To somebody whom nobody else meets there."""
    from django.contrib.auth import get_user_model

    from boards.actions import add_board_member, remove_board_member
    from boards.models import BoardMembership

    caretaker = get_user_model().objects.filter(username="caretaker").first()
    id = caretaker.pk if caretaker else make_person("caretaker", "Caretaker")
    add_board_member(by=_person(owner_id), board_id=board_id, user_id=id, role="owner")
    for other in BoardMembership.objects.filter(board=board_id).exclude(user=id):
        remove_board_member(by=_person(id), board_id=board_id, user_id=other.user_id)


def first_room(board_id):
    from messaging.models import Conversation

    return Conversation.objects.get(board=board_id, kind="room").pk


def fold_activity(board_id):
    """As the worker does a little after something was done on the board."""
    from messaging.actions.rooms.folding import fold_activity

    fold_activity(board_id)


def make_room(by, board_id, name, private=False, user_ids=()):
    from messaging.actions import add_member, create_room

    room = create_room(by=_person(by), board_id=board_id, name=name, is_private=private)
    for user_id in user_ids:
        add_member(by=_person(by), conversation_id=room.pk, user_id=user_id)
    return room.pk


def add_to_room(by, room_id, user_id):
    from messaging.actions import add_member

    add_member(by=_person(by), conversation_id=room_id, user_id=user_id)


def invite(by, room_id, user_id):
    from messaging.actions import invite

    invite(by=_person(by), conversation_id=room_id, user_id=user_id)


def remove_from_room(by, room_id, user_id):
    from messaging.actions import remove_member

    remove_member(by=_person(by), conversation_id=room_id, user_id=user_id)


def post(by, conversation_id, text):
    """As another process, a job or the page without JavaScript would."""
    from messaging.actions import post_message

    return post_message(author=_person(by), conversation_id=conversation_id, body=text).pk


def react(by, conversation_id, message_id, emoji):
    from messaging import actions

    actions.react(
        by=_person(by), conversation_id=conversation_id, message_id=message_id, emoji=emoji, on=True
    )


def post_many(by, conversation_id, count):
    from messaging.actions import post_message

    person = _person(by)
    for number in range(count):
        post_message(author=person, conversation_id=conversation_id, body=f"number {number}")


def has_talked(by, conversation_id, count, read=()):
    """Once upon a time, a message every twenty minutes: as the rows they left, which those in `read` have read."""
    from datetime import timedelta

    from django.utils import timezone

    from messaging.models import Conversation, Membership, Message

    person, room, now = _person(by), Conversation.objects.get(pk=conversation_id), timezone.now()
    messages = []
    for number in range(1, count + 1):
        said = {
            "author": person,
            "author_name": person.name,
            "body": f"number {number} " + "of many " * (number % 40),
        }
        numbers = {
            "seq": room.last_seq + number,
            "revision": room.revision + number,
            "born": room.revision + number,
        }
        at = now - timedelta(minutes=20 * (count - number))
        messages.append(Message(conversation=room, created_at=at, **said, **numbers))
    Message.objects.bulk_create(messages)
    Conversation.objects.filter(pk=room.pk).update(
        last_seq=room.last_seq + count, revision=room.revision + count
    )
    readers = Membership.objects.filter(conversation=room, user__in=read)
    readers.update(read_seq=room.last_seq + count)


def clear(by, conversation_id):
    from messaging.actions import clear_conversation

    clear_conversation(by=_person(by), conversation_id=conversation_id)


def conversation_of_task(task_id):
    from messaging.models import Conversation

    return Conversation.objects.get(task_id=task_id).pk


def change_epoch(conversation_id):
    """As a restore of a backup does."""
    import uuid

    from messaging.models import Conversation

    Conversation.objects.filter(pk=conversation_id).update(epoch=uuid.uuid4())


def take_back_the_last(conversation_id, text):
    """As a restore by hand does that forgets the epoch, and a post after it: the same numbers mean something else."""
    from messaging.models import Message

    last = Message.objects.filter(conversation=conversation_id).latest("seq")
    Message.objects.filter(pk=last.pk).update(body=text, client_id=None)


def speaks_of_the_future(conversation_id):
    """News such as a later version may publish: of unknown kinds and shapes, among what is known."""
    from asgiref.sync import async_to_sync
    from channels.layers import get_channel_layer

    from live.hints import GROUP

    strange = [
        {"hologram": 7},
        {"hint": 5},
        {"hint": [["planet:9", 1]]},
        "shouted",
        {"whisper": 1, "from": "x"},
    ]
    async_to_sync(get_channel_layer().group_send)(GROUP, {"type": "hologram.shown", "news": strange})


def leaves_errands(user_id):
    """One for each notification of this person; their ids."""
    from messaging.models import Errand, Notification

    ids = Notification.objects.filter(user=user_id).values_list("pk", flat=True)
    errands = [Errand(verb=Errand.Verb.PUSH, noun_id=id) for id in ids]
    return [errand.pk for errand in Errand.objects.bulk_create(errands)]


def errands_done(ids):
    from messaging.models import Errand

    return Errand.objects.filter(pk__in=ids).exclude(done_at=None).count()


def lets_time_pass_for_errands(seconds):
    """Those that wait become due so much sooner."""
    from datetime import timedelta

    from django.db.models import F

    from messaging.models import Errand

    Errand.objects.filter(done_at=None).update(due_at=F("due_at") - timedelta(seconds=seconds))


def notifications_of(user_id):
    """[(message, how many times this person was told of it)]"""
    from django.db.models import Count

    from messaging.models import Notification

    told = Notification.objects.filter(user=user_id).values_list("message").annotate(Count("pk"))
    return [list(row) for row in told.order_by()]


def draws(template):
    """The page that nobody can be led to here: something broke, or nobody is there yet."""
    from django.contrib.auth.models import AnonymousUser
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from accounts.forms import FirstAdministratorForm

    request = RequestFactory().get("/")
    request.user, request.csp_nonce = AnonymousUser(), ""
    return render_to_string(template, {"form": FirstAdministratorForm()}, request)


def schedule(by, conversation_id, text):
    from datetime import timedelta

    from django.utils import timezone

    from messaging import actions

    send_at = timezone.now() + timedelta(hours=1)
    return actions.schedule_message(
        by=_person(by), conversation_id=conversation_id, body=text, send_at=send_at
    ).pk


def save(by, message_id):
    from datetime import timedelta

    from django.utils import timezone

    from messaging import actions

    remind_at = timezone.now() + timedelta(hours=1)
    actions.save_message(by=_person(by), message_id=message_id, remind_at=remind_at)


def may_look_at(place):
    """From now on, pages of a site on this machine are looked at by whoever is on the stage."""
    from django.conf import settings

    settings.PREVIEWED_FOR_TESTS = [place]


def preview_links():
    from messaging.actions import preview_due

    return preview_due()


def depict_files():
    from messaging.actions import depict_due

    return depict_due()


def queue_sweep():
    """As a program does that trusts its broker: the work is in the queue, and nowhere else."""
    from messaging.tasks import sweep_errands

    sweep_errands.delay()


def worker_answers():
    from kanban_board.celery import app

    with app.connection_for_write() as connection:
        return bool(app.control.ping(timeout=1, connection=connection))


def _person(user_id):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=user_id)


def main():
    django.setup()
    from django.db import connections

    spoken, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        order = json.loads(line)
        connections.close_all()  # the database may have been another process since
        try:
            answer = {"value": globals()[order["verb"]](**order["words"])}
        except Exception as error:
            traceback.print_exc()
            answer = {"failed": f"{type(error).__name__}: {error}"}
        spoken.write(json.dumps(answer) + "\n")
        spoken.flush()


if __name__ == "__main__":
    main()
