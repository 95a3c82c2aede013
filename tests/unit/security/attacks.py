"""How an attacker asks, and how one sees whether anything came of it."""

import functools
import re

from django.apps import apps
from django.db import connection
from django.test import Client

from live import rate

SCRIPT = {"Accept": "application/json"}
OURS = ("accounts", "boards", "messaging", "account", "mfa", "socialaccount")
# Sessions come and go, which is noted; of people only who there is, and of tokens not when they were used.
FLEETING = {"accounts.session", "accounts.auditentry", "accounts.user", "accounts.accesstoken"}
NOTED = "accounts_auditentry"


def browser_of(who, **how):
    client = Client(raise_request_exception=False, **how)
    if who is not None:
        client.force_login(who)
    return client


def asks(who, method, path, form=(), **how):
    """The answer to one request of this person, who has asked nothing before."""
    rate.POSTS.clear()
    client = browser_of(who)
    if method == "POST":
        return client.post(path, dict(form), headers=SCRIPT, **how)
    return client.generic(method, path, **how)


def in_a_word(answer):
    there = answer.headers.get("Location", "")
    return "in" if there.startswith("/accounts/login/") else str(answer.status_code)


def state():
    """Everything that is kept, but for sessions, and who came and went: two equal ones mean that nothing happened.

    Read as the database has it: this is asked thousands of times, and turning rows into values took most of it.
    """
    people = apps.get_model("accounts.user")._meta.db_table
    asked = [f"SELECT id, username, display_name, is_superuser, password FROM {people} ORDER BY 1"]
    asked += ["SELECT id, name, digest, scope, good_until FROM accounts_accesstoken ORDER BY 1"]
    asked += [f"SELECT * FROM {table} ORDER BY 1" for table in tables()]
    asked += [f"SELECT * FROM {NOTED} WHERE word NOT LIKE 'session.%' ORDER BY 1"]
    with connection.cursor() as cursor:
        return [cursor.execute(question).fetchall() for question in asked]


@functools.cache
def tables():
    return [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in OURS and model._meta.label_lower not in FLEETING
    ]


def words(answer):
    """What a page says, without what differs by chance."""
    text = answer.content.decode(errors="replace")
    return re.sub(r'(nonce|csrfmiddlewaretoken|value|content)="[^"]*"|nonce-[^\' ]*', "", text)
