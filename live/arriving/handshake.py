"""What a server keeps of a handshake is kilobytes for each line that is open, and the key that was in its cookie.

Once the line is open, nobody asks for it: but for the headers that tell whose a violation is.
"""

KEPT_BY_UVICORN = "request", "response"  # the parser of its protocols holds the same objects
OF_USE = {b"origin", b"x-forwarded-for"}


def forget_handshake(scope, send):
    """Call it when the line was accepted. The list of headers is the server's own, as is the scope."""
    scope["headers"][:] = [header for header in scope["headers"] if header[0] in OF_USE]
    protocol = getattr(send, "__self__", None)
    for kept in KEPT_BY_UVICORN:
        if hasattr(protocol, kept):
            getattr(protocol, kept).headers.clear()
