"""How the two servers are started so that the line keeps its limits, and their logs no keys.

An address may be a key (of a new password, of the first administrator), so addresses are not logged: what was refused
is, by live.sockets.violations, and a proxy may log as it likes. Nor does uvicorn log what goes well: it would write a
line for each socket that is opened, which costs a twentieth of the opening even if it is left out afterwards.
"""

import os

DAPHNE_ARGUMENTS = ["--ping-interval", "20", "--ping-timeout", "30", "--access-log", os.devnull]

UVICORN_ARGUMENTS = [
    "--loop",
    "live.loop:Loop",
    "--http",
    "live.upgrade:Http",
    "--ws",
    "live.protocol:Protocol",
    "--ws-max-size",
    "65536",
    "--ws-per-message-deflate",
    "false",
    "--lifespan",
    "off",
    "--no-access-log",
    "--log-level",
    "warning",
]
