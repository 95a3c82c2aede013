"""Rooms with uWebSockets: what is heard of one goes to its topic, and the fan-out is uWebSockets' own.

python uwebsockets_publish.py PORT
"""

import sys

from socketify import App, CompressOptions, OpCode


def upgrade(response, request, context):
    response.upgrade(
        request.get_header("sec-websocket-key"),
        request.get_header("sec-websocket-protocol"),
        request.get_header("sec-websocket-extensions"),
        context,
        request.get_url(),
    )


def hear(line, message, opcode):
    app.publish(line.get_user_data(), message, OpCode.TEXT)


app = App()
app.ws(
    "/*",
    {
        "compression": CompressOptions.DISABLED,
        "max_backpressure": 16 * 1024 * 1024,
        "upgrade": upgrade,
        "open": lambda line: line.subscribe(line.get_user_data()),
        "message": hear,
    },
)
app.listen({"port": int(sys.argv[1]), "host": "127.0.0.1"}, lambda config: None)
app.run()
