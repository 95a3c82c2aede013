"""Notifications as they stand in a list: what came from one place on one day is one bundle."""

from django.utils import timezone
from django.utils.translation import gettext

from . import notices

PAGE = 60  # notifications on a page


def page_of(user_id, *, only_unread=False, kind="", before=None):
    """(bundles, the number below which the next page begins, or None), newest first."""
    notifications = notices.of(user_id).order_by("-pk")
    if only_unread:
        notifications = notifications.filter(read_at=None)
    if kind in notices.Kind.values:
        notifications = notifications.filter(kind=kind)
    if before:
        notifications = notifications.filter(pk__lt=before)
    told = notices.told(notifications[: PAGE + 1])
    more = told[PAGE - 1]["notification_id"] if len(told) > PAGE else None
    return bundled(told[:PAGE]), more


def bundled(told):
    """Each bundle stands where its newest is."""
    bundles = {}
    for one in told:
        bundles.setdefault(_place(one), []).append({**one, "sentence": notices.sentence(one)})
    return [_bundle(ones) for ones in bundles.values()]


def _place(one):
    day = timezone.localtime(one["when"]).date()
    where = one["conversation_id"] or f"{one['task_id']} {one['invitation_id']} {one['notification_id']}"
    return (where, day)


def _bundle(ones):
    newest = ones[0]
    unread = [one["notification_id"] for one in ones if not one["read_at"]]
    return {
        "newest": newest,
        "told": ones,
        "names": _names(ones),
        "unread": unread,
        "ids": [one["notification_id"] for one in ones],
    }


def _names(ones):
    """ "Bob and 2 others" """
    names = list(dict.fromkeys(one["display_name"] for one in ones))
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return gettext("%(first)s and %(second)s") % {"first": names[0], "second": names[1]}
    return gettext("%(first)s and %(count)d others") % {"first": names[0], "count": len(names) - 1}
