"""How an attacker asks, and how one sees whether anything came of it."""

import re

from django.apps import apps
from django.test import Client

from messaging import limits

SCRIPT = {"Accept": "application/json"}
OURS = ("accounts", "boards", "messaging", "account")
FLEETING = {"accounts.session", "accounts.user"}  # sessions come and go; of people only who there is


def browser_of(who, **how):
    client = Client(raise_request_exception=False, **how)
    if who is not None:
        client.force_login(who)
    return client


def asks(who, method, path, form=(), **how):
    """The answer to one request of this person, who has asked nothing before."""
    limits._own_bucket.cache_clear()
    client = browser_of(who)
    if method == "POST":
        return client.post(path, dict(form), headers=SCRIPT, **how)
    return client.generic(method, path, **how)


def in_a_word(answer):
    there = answer.headers.get("Location", "")
    return "in" if there.startswith("/accounts/login/") else str(answer.status_code)


def state():
    """Everything that is kept, but for sessions: two equal ones mean that nothing happened."""
    kept = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS and model._meta.label_lower not in FLEETING:
            kept[model._meta.label] = list(model.objects.order_by("pk").values_list())
    people = apps.get_model("accounts.user").objects.order_by("pk")
    kept["people"] = list(people.values_list("pk", "username", "display_name", "is_superuser", "password"))
    return kept


def words(answer):
    """What a page says, without what differs by chance."""
    text = answer.content.decode(errors="replace")
    return re.sub(r'(nonce|csrfmiddlewaretoken|value|content)="[^"]*"|nonce-[^\' ]*', "", text)
