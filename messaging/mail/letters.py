"""A letter tells somebody who is away what waits for them, and how to get no more of its kind."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from live.language import language_for

from ..queries import notices

SALT = "messaging.letters"


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str
    headers: dict


def digest(user, told, more=0):
    """One letter for all of these (as messaging.queries.notices tells them), grouped by where they were said."""
    with translation.override(language_for(user)):
        return _written(user, told, more)


def _written(user, told, more):
    stop = settings.PUBLIC_URL + reverse("messaging:unsubscribe", args=[token_for(user)])
    context = {
        "user": user,
        "groups": _by_place(told),
        "more": more,
        "site": settings.PUBLIC_URL,
        "stop": stop,
        "all": settings.PUBLIC_URL + reverse("messaging:notifications"),
        "wishes": settings.PUBLIC_URL + reverse("messaging:notification_wishes"),
    }
    return Letter(
        subject=_subject(told, len(told) + more),
        text=render_to_string("messaging/letters/digest.txt", context),
        html=render_to_string("messaging/letters/digest.html", context),
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def token_for(user):
    return signing.dumps(user.pk, salt=SALT)


def person_of(token):
    """The id of whose letter it came in, or None for a token that we never wrote."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None


def _by_place(told):
    """[(place, address, what was said there)] in the order in which they first spoke."""
    groups = {}
    for one in told:
        told_here = {**one, "what": notices.sentence(one)}
        place = notices.place_in_words(one["place"])
        groups.setdefault((place, one["conversation_id"], one["task_id"]), []).append(told_here)
    return [{"place": place, "url": ones[0]["url"], "told": ones} for (place, *_), ones in groups.items()]


def _subject(told, count):
    words = notices.sentence(told[0])
    if count > 1:
        words = gettext("%(first)s, and %(count)d more") % {"first": words, "count": count - 1}
    # A name may hold a line break no form let through; a header must not.
    return " ".join(words.split())
