"""The WebSocket consumer of a board: it tells of changes, and hears who is dragging a card."""

from live.ids import is_id
from live.limits import Bucket
from live.sockets.close_codes import FORBIDDEN
from live.sockets.errors import Refused
from live.sockets.stream_consumer import StreamConsumer
from live.streams import Head
from live.whispering.passing import HOLDING

from .models import Board
from .policy import may_hold

HOLDS_PER_SECOND, HOLDS_AT_ONCE = 2, 4  # frames about a card in the hand; the browser repeats the last one


class BoardConsumer(StreamConsumer):
    full_dialect = "board"
    held = None  # the id of the card that this page is dragging

    def admit(self):
        self.board_id = self.scope["live.address"]["board_id"]
        board = Board.objects.visible_to(self.scope["user"]).filter(pk=self.board_id).first()
        if board is None:
            raise Refused(FORBIDDEN)
        self.key, self.standing = board.stream, Head(board.revision, str(board.epoch), board.access)
        self._holds = Bucket(HOLDS_PER_SECOND, HOLDS_AT_ONCE)

    async def hear(self, frame):
        match frame:
            case {"type": "hold_card", "task_id": task_id, "column_id": column_id} if not self.plain and all(
                is_id(id) for id in (task_id, column_id)
            ):
                await self._hold(task_id, column_id)
            case {"type": "let_go_card"} if not self.plain:
                self._let_go()
            case _:
                await super().hear(frame)

    async def _hold(self, task_id, column_id):
        """Tell the others, unless it is said too often, or by somebody who may not move the card."""
        if self._holds.take():
            return
        asked = self.user_id, self.board_id, task_id, column_id
        if await self.hub.reading.run(may_hold, *asked) and not self.closed:
            if self.held != task_id:
                self._let_go()
            self.held = task_id
            self.hub.whispers.passing[HOLDING].goes_on(self.key, task_id, self.user_id, self.page, column_id)

    def _let_go(self):
        if self.held:
            self.hub.whispers.passing[HOLDING].ends(self.key, self.held, self.user_id, self.page)
            self.held = None

    def left(self):
        super().left()
        self._let_go()
