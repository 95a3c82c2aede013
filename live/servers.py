"""How the two servers are started so that the line keeps its limits."""

DAPHNE_ARGUMENTS = ["--ping-interval", "20", "--ping-timeout", "30"]

UVICORN_ARGUMENTS = [
    "--ws",
    "websockets-sansio",
    "--ws-max-size",
    "65536",
    "--ws-per-message-deflate",
    "false",
    "--lifespan",
    "off",
]
