"""Notifications as their person reads them: who, where, and the beginning of what was said."""

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.zones import iso
from live.database.question import Question

from ..models import Notification
from . import exports, places

Kind = Notification.Kind
SENTENCES = {
    Kind.MENTION: _("{who} mentioned you in {place}"),
    Kind.EVERYBODY: _("{who} called everybody in {place}"),
    Kind.REPLY: _("{who} answered you in {place}"),
    Kind.DIRECT: _("{who} wrote to you"),
    Kind.REMINDER: _("A reminder of what {who} said in {place}"),
    Kind.INVITATION: _("{who} invited you to {place}"),
    Kind.ASSIGNMENT: _("{who} gave you {place}"),
    Kind.DUE: _("{place} is due on {day}"),
    Kind.OVERDUE: _("{place} was due on {day}"),
    Kind.WEBHOOK: _("The webhook to {place} was switched off"),
    Kind.EXPORT: _("{place} is ready to download"),
}
DIRECT = "direct message"  # the place of what was said there: it has no name of its own
RELATED = (
    "actor",
    "task__board",
    "hook__bot__user",
    "export__conversation",
    "export__user",
    "invitation__conversation",
    "invitation__invited_by",
    "message__author",
    "message__conversation__task",
)
LATEST_TOLD = 30
NO_ANSWER = gettext_noop("Nothing that was sent there for a day was taken.")


def of(user_id):
    """This person's notifications, but for those about what they may not read any more."""
    return Notification.objects.filter(user=user_id).readable()


def unread_count(user_id):
    return len(UNREAD.ask(user_id=user_id))


def told(notifications):
    """Each notification of a query as a plain value, in its order."""
    return [tell(notification) for notification in notifications.select_related(*RELATED)]


def told_of(user_id, ids):
    """Of these notifications those that this person may read, as plain values."""
    return [tell(notification) for notification in SOME.ask(user_id=user_id, ids=ids)]


def told_latest(user_id):
    """The latest that are unread and not about a direct conversation, as plain values."""
    return [tell(notification) for notification in LATEST.ask(user_id=user_id)]


def _latest(user_id):
    unread = of(user_id).filter(read_at=None).exclude(kind=Kind.DIRECT)
    return unread.order_by("-pk").select_related(*RELATED)[:LATEST_TOLD]


UNREAD = Question(lambda user_id: of(user_id).filter(read_at=None).order_by().values_list("pk"), user_id=int)
SOME = Question(
    lambda user_id, ids: of(user_id).filter(pk__in=ids).select_related(*RELATED), user_id=int, ids=[int]
)
LATEST = Question(_latest, user_id=int)


def sentence(one):
    """What happened, of a notification that was told."""
    place = gettext("a direct message") if one["place"] == DIRECT else one["place"]
    return SENTENCES[one["kind"]].format(who=one["display_name"], place=place, day=_day(one.get("due")))


def _day(due):
    """By its name: it is read on other days, too."""
    return date_format(due, gettext("l j F")) if due else ""


def place_in_words(place):
    """Where it was said, for people: `place` is as it was told."""
    return gettext("direct message") if place == DIRECT else place


def tell(notification):
    """One that was found with what is RELATED to it."""
    who, name, avatar = _by(notification)
    return {
        "notification_id": notification.pk,
        "kind": notification.kind,
        "message_id": notification.message_id,
        "invitation_id": notification.invitation_id,
        "task_id": notification.task_id,
        "due": notification.due,
        **_about(notification),
        "url": _address(notification),
        "user_id": who,
        "display_name": name,
        "avatar": avatar,
        "timestamp": iso(notification.created_at),
        "when": notification.created_at,
        "read_at": iso(notification.read_at),
    }


def _about(notification):
    if notification.message:
        return _about_message(notification.message)
    if notification.task:
        task = notification.task
        return {"conversation_id": None, "place": task.title, "excerpt": ""}
    if notification.hook:
        return {"conversation_id": None, "place": notification.hook.host, "excerpt": gettext(NO_ANSWER)}
    if notification.export:
        return {"conversation_id": None, "place": exports.name_of(notification.export), "excerpt": ""}
    room = notification.invitation.conversation
    return {"conversation_id": None, "place": room.name, "excerpt": room.description}


def _about_message(message):
    conversation = message.conversation
    is_direct = conversation.kind == conversation.Kind.DIRECT
    return {
        "conversation_id": conversation.pk,
        "place": DIRECT if is_direct else places.name_for(conversation, ()),
        "excerpt": message.excerpt(),
    }


def _address(notification):
    """Where it leads, with its id, by which it is put away there: what it is about may have been read before.

    A notification of a direct conversation has no id there: it stands for all that is unread in it, and goes with that.
    """
    message, task = notification.message, notification.task
    seen = "" if notification.kind == Kind.DIRECT else f"notice={notification.pk}"
    if message:
        around = "&".join(filter(None, [f"around={message.seq}", seen]))
        return f"{message.conversation.url}?{around}#message-{message.pk}"
    if notification.hook:
        return f"{notification.hook.page}?{seen}"
    page = task.url if task else exports.PAGE if notification.export else "/messaging/"
    return f"{page}?{seen}"


def _by(notification):
    """(id, name, picture) of whoever caused it: the author, unless somebody else did; of a due date the board."""
    message, invitation = notification.message, notification.invitation
    if notification.actor or notification.actor_name:
        return _named(notification.actor, notification.actor_name)
    if notification.export:
        return _named(notification.export.user, gettext("Somebody"))
    if notification.due:
        return _named(None, notification.task.board.name)
    if message:
        return _named(message.author, message.author_name)
    if notification.hook:
        return _named(notification.hook.bot.user, "")
    return _named(invitation.invited_by if invitation else None, gettext("Somebody"))


def _named(user, otherwise):
    return (user.pk, user.name, user.face) if user else (None, otherwise, None)
