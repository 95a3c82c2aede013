"""One uvicorn process on a listening socket that the launcher holds, so that several share a port.

`uvicorn --fd` would do nearly the same, but takes the socket for a local one and so leaves Nagle's delay on.
"""

import socket
import sys

import uvicorn
from click.core import ParameterSource

from live.servers.starting import UVICORN_ARGUMENTS

APPLICATION = "kanban_board.asgi:application"


def serve(descriptor):
    listening = socket.socket(fileno=descriptor)
    uvicorn.Server(uvicorn.Config(APPLICATION, **_options(UVICORN_ARGUMENTS))).run(sockets=[listening])


def _options(arguments):
    """What these command line arguments mean to uvicorn.Config."""
    context = uvicorn.main.make_context("uvicorn", [*arguments, APPLICATION])
    given = (
        name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    )
    return {name: context.params[name] for name in given if name != "app"}


if __name__ == "__main__":
    serve(int(sys.argv[1]))
