"""How the two servers are started so that the line keeps its limits, and their logs no keys.

An address may be a key (of a new password, of the first administrator), so addresses are not logged: what was refused
is, by live.violations, and a proxy may log as it likes.
"""

import os

DAPHNE_ARGUMENTS = ["--ping-interval", "20", "--ping-timeout", "30", "--access-log", os.devnull]

UVICORN_ARGUMENTS = [
    "--loop",
    "live.loop:Loop",
    "--ws",
    "live.protocol:Protocol",
    "--ws-max-size",
    "65536",
    "--ws-per-message-deflate",
    "false",
    "--lifespan",
    "off",
    "--no-access-log",
]
