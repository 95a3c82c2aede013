"""An assistant, over HTTP as its client speaks it: what it posts is heard on every line at once."""

import asyncio
import json
from urllib.request import Request, urlopen


def opened(door, secret):
    """A client that has agreed on a version: asks a method with its params, and is told the result, or None."""

    def asks(method, **params):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        message |= {} if method.startswith("notifications/") else {"id": 1}
        with urlopen(
            Request(f"http://{door}/mcp", json.dumps(message).encode(), headers), timeout=10
        ) as answer:
            said = answer.read()
            assert answer.status == (200 if "id" in message else 202)
        return json.loads(said)["result"] if said else None

    headers = {
        "Authorization": f"Bearer {secret}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    wish = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    headers["MCP-Protocol-Version"] = asks("initialize", **wish)["protocolVersion"]
    assert asks("notifications/initialized") is None
    return asks


async def test_what_an_assistant_posts_is_heard_at_once(scene, web, ada, bob, hangar):
    await bob.enters(hangar)
    asks = await asyncio.to_thread(opened, web.address, scene.stage.ask("make_token", user_id=ada.user_id))
    arguments = {"conversation_id": hangar.conversation_id, "message": "From afar"}
    posted = await asyncio.to_thread(asks, "tools/call", name="post_message", arguments=arguments)
    heard = await bob.hears("From afar")
    assert heard["message_id"] == posted["structuredContent"]["message_id"]
    assert (heard["user_id"], posted["isError"]) == (ada.user_id, False)
