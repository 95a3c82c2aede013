"""Whoever says half a request and no more is hung up on: each connection takes memory and a descriptor.

A proxy has limits of its own; these are for a server that stands alone.
"""

HEAD = 10.0  # seconds from the opening of a connection, or the end of the last answer, to the end of a request's head
BODY = 30.0  # seconds in which more of a body must come
