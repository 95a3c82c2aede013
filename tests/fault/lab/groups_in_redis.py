"""Settings with the usual channel layer: it keeps in Redis who belongs to which group, and lets that lapse."""

from kanban_board.settings import *  # noqa: F403
from kanban_board.settings import CHANNEL_LAYERS

CHANNEL_LAYERS["default"]["BACKEND"] = "channels_redis.core.RedisChannelLayer"
CHANNEL_LAYERS["default"]["CONFIG"]["group_expiry"] = 2
