"""A crowd is for load tests: people with sessions of known keys, spread evenly over the rooms of one board."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import Session, User
from accounts.sessions.store import SessionStore
from boards.actions import create_board
from boards.models import BoardMembership
from messaging.actions import create_room
from messaging.models import Membership

SESSION = "crowdsession"
LASTS = timedelta(days=1)
BATCH = 500


@transaction.atomic
def make_crowd(people, rooms):
    """Person n of `people` is in room (n-1) mod `rooms`, and signed in. Returns the id of the first room.

    Made again, it keeps the people, gives them new sessions and a new board with new rooms.
    """
    users = _users(people)
    board = create_board(by=users[0], name="Crowd")
    BoardMembership.objects.bulk_create(
        [BoardMembership(board=board, user=user, role="member") for user in users[1:]], batch_size=BATCH
    )
    made = [
        create_room(by=users[0], board_id=board.pk, name=f"Crowd {n + 1}", is_private=True)
        for n in range(rooms)
    ]
    Membership.objects.filter(conversation__in=made).delete()  # the first person is in the first room only
    Membership.objects.bulk_create(
        [Membership(conversation=made[n % rooms], user=user) for n, user in enumerate(users)],
        batch_size=BATCH,
    )
    _sign_in(users)
    return made[0].pk


def _users(count):
    names = [f"crowd{n}" for n in range(1, count + 1)]
    nobody_knows = make_password(None)
    User.objects.bulk_create(
        [User(username=name, display_name=name.title(), password=nobody_knows) for name in names],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    found = {user.username: user for user in User.objects.filter(username__startswith="crowd")}
    return [found[name] for name in names]


def _sign_in(users):
    store, until = SessionStore(), timezone.now() + LASTS
    Session.objects.filter(session_key__startswith=SESSION).delete()
    Session.objects.bulk_create(
        [
            Session(
                session_key=f"{SESSION}{n}",
                session_data=store.encode(_signed_in(user)),
                expire_date=until,
                user_id=user.pk,
            )
            for n, user in enumerate(users, 1)
        ],
        batch_size=BATCH,
    )


def _signed_in(user):
    return {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
