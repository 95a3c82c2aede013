"""Daphne's connections before they become lines. Twisted would give each byte a minute for the next one to follow."""

from twisted.web.http import HTTPChannel, HTTPFactory

from . import BODY, HEAD


def limit_requests_of(factory):
    """All connections that this factory of Daphne's makes from now on. One that wraps it, as for TLS, is left alone."""
    if isinstance(factory, HTTPFactory):
        factory.protocol, factory.timeOut = Channel, HEAD


class Channel(HTTPChannel):
    """`timeOut` is None while a request is being answered, and is then again what it was before."""

    def resetTimeout(self):  # noqa: N802 -- Twisted's name, as are the others
        """Whenever something comes: a byte of a head gains no time."""
        if not self.line_mode:
            super().resetTimeout()

    def allHeadersReceived(self):  # noqa: N802
        """A handshake has no body: one that names one is refused, as under uvicorn, and nothing more is waited for."""
        super().allHeadersReceived()
        if self.length != 0 and asks_for_a_line(self.requests[-1]):
            self._respondToBadRequestAndDisconnect()

    def setRawMode(self):  # noqa: N802
        if self.timeOut:
            self.setTimeout(BODY)
        super().setRawMode()

    def allContentReceived(self):  # noqa: N802
        self.setTimeout(HEAD)
        super().allContentReceived()


def asks_for_a_line(request):
    return (request.requestHeaders.getRawHeaders(b"Upgrade") or [b""])[0].lower() == b"websocket"
