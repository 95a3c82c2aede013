"""The line of a board: its cards, live."""

from live.errors import Refused
from live.line import Line
from live.socket import FORBIDDEN
from live.streams import Head

from .models import Board


class BoardConsumer(Line):
    full_dialect = "board"

    def admit(self):
        board_id = self.scope["live.address"]["board_id"]
        board = Board.objects.visible_to(self.scope["user"]).filter(pk=board_id).first()
        if board is None:
            raise Refused(FORBIDDEN)
        self.key, self.standing = board.stream, Head(board.revision, str(board.epoch), board.access)
