"""A writer puts frames on one socket. There is one for each server that is known, and a portable one for all others.

Where its server allows that, it also has the frames that come in handed over without a detour (`listen`).
"""

from .daphne import DaphneWriter
from .portable import PortableWriter
from .uvicorn import UvicornWriter


def writer_for(send):
    """The writer for the ASGI `send` a server gave us, chosen by what it is bound to."""
    for kind in (DaphneWriter, UvicornWriter):
        writer = kind.over(send)
        if writer is not None:
            return writer
    return PortableWriter(send)
