"""A place is a conversation as one person sees it in a list: by what name, and how much of it is unread."""

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from boards.models import Board, BoardMembership
from live.database.question import Question

from ..models import Conversation, Membership, Message, Notification
from ..models.conversation import url_of

Kind = Conversation.Kind


def mine(user):
    """The conversations that are this person's: where they are a member, and those of their boards' tasks."""
    of_board = Exists(BoardMembership.objects.filter(board=OuterRef("board"), user=user))
    of_task = Q(kind=Kind.TASK, task__archived_at=None) & of_board
    joined = Conversation.objects.annotate(
        place=FilteredRelation("memberships", condition=Q(memberships__user=user)),
        read_seq=Coalesce(F("place__read_seq"), 0),
        level=Coalesce(F("place__level"), Value(Membership.Level.MENTIONS.value)),
        favourite=Coalesce(F("place__favourite"), Value("")),
    )
    is_member = ~Q(kind=Kind.TASK) & Q(place__isnull=False)
    return joined.filter(is_member | of_task, archived_at=None).order_by("name", "pk")


def all_of_mine(user):
    """All of them, found by the person's own rows; otherwise the database would look at every conversation there is."""
    boards = BoardMembership.objects.filter(user=user).order_by().values("board")
    tasks = Conversation.objects.filter(board__in=boards, kind=Kind.TASK).order_by().values("pk")
    joined = Membership.objects.filter(user=user).order_by().values("conversation")
    return mine(user).filter(pk__in=joined.union(tasks))


def places_of(user, conversations=None):
    """Each place of this person, or of some of their `conversations`, in three queries."""
    if conversations is None:
        found = PLACES.ask(user_id=user.pk)
    else:
        found = SOME_PLACES.ask(user_id=user.pk, ids=list(conversations))
    return _told(user, found, unread_mentions(user))


def places_to_show(user, mentions):
    """Those places that a sidebar shows: without the many tasks in which nothing is new.

    `mentions` is what `unread_mentions` returned; the caller needs it for the bell, too.
    """
    return _told(user, TO_SHOW.ask(user_id=user.pk), mentions)


def _told(user, found, mentions):
    rows = [dict(zip(SHOWN, row, strict=True)) for row in found]
    others = _others(user, [row["pk"] for row in rows if row["kind"] == Kind.DIRECT])
    return [_place(row, mentions.get(row["pk"], 0), others.get(row["pk"], ())) for row in rows]


SHOWN = (
    *("pk", "kind", "name", "task__title", "board_id", "task_id", "unread", "read_seq", "last_seq"),
    *("revision", "level", "favourite", "is_private"),
)


def _counted(places, user_id):
    return places.annotate(unread=_unread(user_id)).values_list(*SHOWN)


def _to_show(user_id):
    is_shown = ~Q(kind=Kind.TASK) | ~Q(favourite="") | Q(last_seq__gt=F("read_seq"))
    return _counted(all_of_mine(user_id).filter(is_shown), user_id)


def _some(user_id, ids):
    return _counted(mine(user_id).filter(pk__in=ids), user_id)


PLACES = Question(lambda user_id: _counted(all_of_mine(user_id), user_id), user_id=int)  # an inbox that opens
TO_SHOW = Question(_to_show, user_id=int)  # every page
SOME_PLACES = Question(_some, user_id=int, ids=[int])
MINE = Question(lambda user_id: all_of_mine(user_id).order_by().values_list("pk"), user_id=int)


def ids_of_mine(user):
    return [id for (id,) in MINE.ask(user_id=user.pk)]


def unread_mentions(user):
    """{conversation id: how many unread notifications}; their sum is the number on the bell.

    What is about nothing that was said there just now, such as an invitation or a reminder, is under None.
    """
    return dict(MENTIONS.ask(user_id=user.pk))


def _mentions(user_id):
    unread = Notification.objects.filter(user=user_id, read_at=None).readable().order_by()
    of_now = ~Q(kind=Notification.Kind.REMINDER)
    place = Case(When(of_now, then=F("message__conversation")), default=None)
    return unread.annotate(place=place).values_list("place").annotate(Count("pk"))


MENTIONS = Question(_mentions, user_id=int)  # every page asks it


def boards_of(user):
    """In the order of their names."""
    return BOARDS.ask(user_id=user.pk) if user.is_active else []


BOARDS = Question(lambda user_id: Board.objects.visible_to(get_user_model()(pk=user_id)), user_id=int)


def name_for(conversation, others):
    """What this conversation is called by somebody who talks there with `others` (names)."""
    title = conversation.task.title if conversation.kind == Kind.TASK else None
    return _name(conversation.kind, conversation.name, title, others)


def name_for_all(conversation):
    """What it is called whoever looks; a direct conversation has another name for each."""
    return name_for(conversation, ()) if conversation.kind != Kind.DIRECT else gettext("Conversation")


def _name(kind, name, title, others):
    if kind == Kind.TASK:
        return title
    if kind == Kind.DIRECT:
        return ", ".join(others) or gettext("Just you")
    return name


def _place(row, mentions, others):
    return {
        "conversation_id": row["pk"],
        "kind": row["kind"],
        "name": _name(row["kind"], row["name"], row["task__title"], [user.name for user in others]),
        "url": url_of(row["pk"], row["task_id"]),
        "board_id": row["board_id"],
        "task_id": row["task_id"],
        "user_id": others[0].pk if len(others) == 1 else None,
        "avatar": others[0].face if len(others) == 1 else None,
        "unread": row["unread"],
        "mentions": mentions,
        "read_seq": row["read_seq"],
        "last_seq": row["last_seq"],
        "revision": row["revision"],
        "level": row["level"],
        "favourite": row["favourite"],
        "private": row["is_private"],
    }


def _unread(user):
    """How much of what others said after my cursor is still there, for each conversation."""
    after = Message.objects.filter(
        conversation=OuterRef("pk"), seq__gt=OuterRef("read_seq"), deleted_at=None
    ).filter(seq__gt=OuterRef("cleared_seq"))
    by_others = after.exclude(kind=Message.Kind.SYSTEM).filter(Q(author=None) | ~Q(author=user)).order_by()
    count = by_others.values("conversation").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


def _others(user, direct_ids):
    """{conversation id: the people in it besides me}, of direct conversations."""
    people = {}
    for membership in OTHERS.ask(user_id=user.pk, ids=direct_ids):
        people.setdefault(membership.conversation_id, []).append(membership.user)
    return people


def _others_of(user_id, ids):
    memberships = Membership.objects.filter(conversation__in=ids).exclude(user=user_id)
    return memberships.select_related("user").order_by("user__username")


OTHERS = Question(_others_of, user_id=int, ids=[int])
