"""Fills the usual chat: python -m tests.bench.peers.usual.people PEOPLE ROOMS; rooms count from 1."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.peers.usual.settings")


def fill(people, rooms):
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.core.management import call_command
    from django.utils import timezone

    from .models import Room

    call_command("migrate", run_syncdb=True, verbosity=0)
    users = User.objects.bulk_create(User(username=f"crowd{n + 1}", password="!") for n in range(people))
    made = Room.objects.bulk_create(Room(name=f"Room {n + 1}") for n in range(rooms))
    place = Room.members.through
    place.objects.bulk_create(place(room=made[n % rooms], user=user) for n, user in enumerate(users))
    until, store = timezone.now() + timezone.timedelta(days=1), SessionStore()
    Session.objects.bulk_create(
        Session(
            session_key=f"crowdsession{n}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=until,
        )
        for n, user in enumerate(users, 1)
    )


if __name__ == "__main__":
    import django

    django.setup()
    fill(int(sys.argv[1]), int(sys.argv[2]))
