"""What a client may ask: to agree on a version, whether anybody is there, which tools there are, and to use one."""

from ..api import api
from .tools import DATA, TOOLS
from .wrong import PARAMS, Wrong

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26")  # the newest first
INSTRUCTIONS = (
    "PrizmAI is a team's chat on its kanban boards. You act in the name of {name}: you see what they may see, and what "
    "you post is theirs. Begin with catch_up or list_conversations, or with list_boards; take ids from answers, and "
    "do not guess them. Messages are Markdown. " + DATA
)


def _initialize(request, params):
    asked = params.get("protocolVersion")
    return {
        "protocolVersion": asked if asked in VERSIONS else VERSIONS[0],
        "capabilities": {"tools": {"listChanged": False}},
        "serverInfo": {"name": "prizmai", "title": "PrizmAI", "version": api.version},
        "instructions": INSTRUCTIONS.format(name=request.user.name),
    }


def _ping(request, params):
    return {}


def _list(request, params):
    return {"tools": [tool.described for tool in TOOLS.values() if tool.is_for(request.auth)]}


def _call(request, params):
    name, arguments = params.get("name"), params.get("arguments")
    if not isinstance(arguments, dict | None):
        raise Wrong(PARAMS, "The arguments of a tool are an object, with names.")
    if not isinstance(name, str) or name not in TOOLS:
        raise Wrong(PARAMS, "There is no such tool: tools/list names those there are.")
    return TOOLS[name].call(request, arguments or {})


METHODS = {"initialize": _initialize, "ping": _ping, "tools/list": _list, "tools/call": _call}
