"""Why a line is closed, as a number. What each means to a client stands in docs/wire.md, "Coming back".

Those upon which a browser acts stand in static/js/live/close-codes.js by the same names.
"""

FAULT = 1011
RESTART = 1012
AGAIN = 1013  # there is no room for another line just now, or what it asked cannot be answered yet
MALFORMED = 4400
SIGNED_OUT = 4401
FORBIDDEN = 4403
TOO_FAST = 4429
TOO_SLOW = 4510
