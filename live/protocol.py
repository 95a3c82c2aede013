"""uvicorn's WebSocket protocol with a short way in, which tells its writer when there is a short way out.

By the usual way each frame waits in a queue for a task to wake up, and its socket is not read meanwhile. A LiveSocket
never keeps a frame waiting, so it may have each as soon as it is parsed. Handshake, parsing, limits, pings and closing
stay the library's.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from .writers.uvicorn import end_soon

NO_HANDSHAKE = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Protocol(WebSocketsSansIOProtocol):
    listener = writer = None

    def data_received(self, data):
        super().data_received(data)
        if not self.handshake_initiated:
            self._turn_away()

    def _turn_away(self):
        """The first data are a whole handshake. What h11 takes for one, and this library does not, would stay open, and
        be told nothing: headers over 8 KiB or by the hundred, control characters, a body."""
        if not self.transport.is_closing():
            self.transport.write(b"".join(self.conn.data_to_send()) or NO_HANDSHAKE)
            self.transport.close()

    def listen(self, listener):
        """From now on texts go to `listener` as they come; not yet while others wait in the queue for their turn."""
        if self.queue.empty():
            self.listener = listener

    def send_receive_event_to_app(self):
        text = self._text_for_listener()
        if text is None:
            super().send_receive_event_to_app()
        else:
            self.frames = []
            self.listener({"type": "websocket.receive", "text": text})

    def _text_for_listener(self):
        """Nothing for what the library answers by itself: what comes after a close, and what is no UTF-8."""
        if self.listener is None or self.close_sent or self.curr_msg_data_type != "text":
            return None
        try:
            return b"".join(self.frames).decode()
        except UnicodeDecodeError:
            return None

    def handle_ping(self):
        """Where a close came right behind it the answers to both are said at once: no frame may come between."""
        if self.conn.close_rcvd is None:
            super().handle_ping()

    # -- the way out -------------------------------------------------------------------------------------------

    def pause_writing(self):
        super().pause_writing()
        if self.writer is not None:
            self.writer.holds()

    def resume_writing(self):
        super().resume_writing()
        if self.writer is not None:
            self.writer.drained()

    def handle_close(self, event):
        self._no_more()
        super().handle_close(event)
        end_soon(self)

    def handle_parser_exception(self):
        self._no_more()
        super().handle_parser_exception()
        end_soon(self)

    def keepalive_timeout(self):
        self._no_more()
        super().keepalive_timeout()
        end_soon(self)

    def eof_received(self):
        self._no_more()
        end_soon(self)

    def shutdown(self):
        """The library's fails where the answer to a close still waits to be sent, and the server with it."""
        self._no_more()
        if not self.transport.is_closing():
            super().shutdown()
        end_soon(self)

    def _no_more(self):
        """A close is about to be sent, or the socket to be closed: no frame comes after it."""
        if self.writer is not None:
            self.writer.holds()
            self.writer = None

    def connection_lost(self, exc):
        self.listener = None
        self._no_more()
        super().connection_lost(exc)
        # asyncio's transport holds itself by its own method, and would lie about until the collector comes.
        getattr(self.transport, "__dict__", {}).pop("_read_ready_cb", None)
