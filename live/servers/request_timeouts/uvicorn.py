"""uvicorn's connections before they become lines, which it would keep for as long as nothing comes."""

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from . import BODY, HEAD


class Impatient(H11Protocol):
    _hanging_up = None
    _is_waiting_for_head = _is_line = False

    def connection_made(self, transport):
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data):
        super().data_received(data)
        if not self._is_line:
            self._wait()

    def handle_websocket_upgrade(self, event):
        self._wait_no_more()
        self._is_line = True
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc):
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self):
        """For whatever must come next, if anything must."""
        if self.conn.their_state is h11.IDLE:
            self._wait_for_head()
        else:
            self._wait_no_more()
            if self.conn.their_state is h11.SEND_BODY:
                self._hang_up_after(BODY)

    def _wait_for_head(self):
        """From its first byte on, or from the opening: the bytes that follow gain no time."""
        if not self._is_waiting_for_head:
            self._wait_no_more()
            self._is_waiting_for_head = True
            self._hang_up_after(HEAD)

    def _wait_no_more(self):
        self._is_waiting_for_head = False
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None

    def _hang_up_after(self, seconds):
        self._hanging_up = self.loop.call_later(seconds, self._hang_up)

    def _hang_up(self):
        if self.flow.read_paused:  # it waits for us
            self._hang_up_after(BODY)
        else:
            self.transport.abort()
