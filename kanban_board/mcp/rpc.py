"""JSON-RPC 2.0 as the protocol has it: one message in, one answer or none out."""

import orjson

from .methods import METHODS, VERSIONS
from .wrong import INVALID, NO_METHOD, PARAMS, PARSE, Wrong

UNREADABLE = "This is no JSON."
BATCH = "Send one message at a time: there are no batches since 2025-06-18."
NO_MESSAGE = 'This is no message: send {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}.'


def answered(request):
    """(HTTP status, the answer or None) for the message in this request."""
    said = None
    try:
        said = _read(request.body)
        if not {"id", "method"} <= said.keys():  # a notification, or an answer: nothing here waits for any
            return 202, None
        _same_version(request, said)
        return 200, _answer(said, result=_method(said)(request, _params(said)))
    except Wrong as wrong:
        return wrong.status, _answer(said, error={"code": wrong.code, "message": str(wrong)})


def _read(body):
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Wrong(PARSE, UNREADABLE, 400) from error
    match said:
        case list():
            raise Wrong(INVALID, BATCH, 400)
        case {"jsonrpc": "2.0", "method": str(), "id": True | False}:  # which Python takes for numbers
            raise Wrong(INVALID, NO_MESSAGE, 400)
        case {"jsonrpc": "2.0", "method": str(), "id": int() | str()}:
            return said
        case {"jsonrpc": "2.0", "method": str()} if "id" not in said:
            return said
        case {"jsonrpc": "2.0", "result": _} | {"jsonrpc": "2.0", "error": _} if "method" not in said:
            return said
    raise Wrong(INVALID, NO_MESSAGE, 400)


def _same_version(request, said):
    """Whoever says none is older than the header; `initialize` comes before anything is agreed."""
    version = request.headers.get("MCP-Protocol-Version")
    if version and version not in VERSIONS and said["method"] != "initialize":
        raise Wrong(INVALID, f"MCP-Protocol-Version may be {', '.join(VERSIONS)}.", 400)


def _method(said):
    try:
        return METHODS[said["method"]]
    except KeyError:
        raise Wrong(NO_METHOD, f"There are {', '.join(METHODS)} here, and nothing else.") from None


def _params(said):
    params = said.get("params")
    if not isinstance(params, dict | None):
        raise Wrong(PARAMS, "The params are an object, with names.")
    return params or {}


def _answer(said, **what):
    named = said.get("id") if isinstance(said, dict) else None
    return {"jsonrpc": "2.0", "id": named, **what}
