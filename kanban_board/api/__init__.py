"""The API: its doors stand in `api/` of each app, and here is what they have in common."""

from functools import wraps

import orjson
from django.utils import timezone
from ninja import NinjaAPI
from ninja.parser import Parser

from accounts.api import router as people
from accounts.zones import zone
from boards.api import routers as boards
from live.rate import limit_rate
from messaging.api import routers as conversations

from .refusals import refuse

SAFE = {"GET", "HEAD"}


class StrictJson(Parser):
    """JSON as the standard has it: no NaN, no half characters, and no depth that breaks anything."""

    def parse_body(self, request):
        return orjson.loads(request.body)


def as_pages_do(door):
    """Writes are limited in rate, as over a line or a page; and times are the person's own."""

    @wraps(door)
    def entered(request, *args, **kwargs):
        if request.method not in SAFE:
            limit_rate(request.user)
        with timezone.override(zone(request.user.time_zone)):
            return door(request, *args, **kwargs)

    return entered


api = NinjaAPI(
    title="PrizmAI",
    version="1",
    description="Boards, conversations and messages, in the name of the person whose token asks.",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=StrictJson(),
)
api.add_decorator(as_pages_do)
for router in (people, *conversations, *boards):
    api.add_router("", router)
refuse(api)
