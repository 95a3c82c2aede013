"""The audit log of one board, for its owners and admins."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audit.log import page_of
from accounts.models import AuditEntry
from boards.models import Board
from boards.policy import may_manage

from ...models import Conversation
from ..doors import signed_in

OF_BOARDS = ("board", "room", "message", "file")  # keys of audit_words.GROUPS


@signed_in
@require_safe
def board(request, board_id):
    """Entries about rooms that the reader may not read are left out, so that they do not learn of private ones."""
    found = Board.objects.visible_to(request.user).filter(pk=board_id).first()
    if found is None or not may_manage(request.user, found):
        raise Http404("There is no such page.")
    readable = Conversation.objects.visible_to(request.user).filter(board=found).values("pk")
    told = AuditEntry.objects.filter(Q(room_id=None) | Q(room_id__in=readable), board_id=found.pk)
    return render(
        request, "messaging/rooms/board_audit.html", {"board": found, **page_of(told, request.GET, OF_BOARDS)}
    )
