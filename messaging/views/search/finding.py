"""What the palette finds besides one's own conversations: people to talk to, tasks, and rooms one has not joined."""

from django.db.models import Q
from django.http import JsonResponse

from boards.models import Board, Task

from ... import policy
from ...models import Conversation
from ..doors import looks_up

MOST = 8  # of each kind
LONGEST = 80  # characters of `q`


@looks_up
def find(request):
    """`q`: words, each of which must be somewhere in the name."""
    words = request.GET.get("q", "")[:LONGEST].split()
    kinds = {"people": _people, "tasks": _tasks, "rooms": _rooms}
    return JsonResponse({kind: among(request.user, words) if words else [] for kind, among in kinds.items()})


def _people(user, words):
    known = policy.acquaintances(user).filter(_all_in(words, "display_name", "username"))
    listed = known.order_by("display_name", "username")[:MOST]
    return [{"user_id": one.pk, "username": one.username, "display_name": one.name} for one in listed]


def _tasks(user, words):
    boards = Board.objects.visible_to(user)
    tasks = Task.objects.filter(_all_in(words, "title"), board__in=boards, archived_at=None)
    listed = tasks.select_related("board", "column").order_by("-updated_at")[:MOST]
    return [
        {
            "task_id": one.pk,
            "name": one.title,
            "url": one.url,
            "place": f"{one.board.name}, {one.column.title}",
        }
        for one in listed
    ]


def _rooms(user, words):
    readable = Conversation.objects.visible_to(user).filter(kind=Conversation.Kind.ROOM, archived_at=None)
    others = readable.exclude(memberships__user=user).filter(_all_in(words, "name"))
    listed = others.select_related("board").order_by("name", "pk")[:MOST]
    return [
        {"conversation_id": one.pk, "name": one.name, "url": one.url, "place": one.board.name}
        for one in listed
    ]


def _all_in(words, *fields):
    wanted = Q()
    for word in words:
        wanted &= Q(*[(f"{field}__icontains", word) for field in fields], _connector=Q.OR)
    return wanted
