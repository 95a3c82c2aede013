"""How the API answers: JSON, and one shape for everything that is refused."""

import math

import orjson
from django.http import HttpResponse


def told(said, status=200):
    """A response with `said` as JSON. It is not validated here: tests check answers against the described schemas."""
    return HttpResponse(orjson.dumps(said), status=status, content_type="application/json")


def refusal(status, code, detail, *, retry_after=None, **more):
    """A response that refuses a request. `retry_after` is in seconds; with it, the refusal is called temporary."""
    said = {"code": code, "detail": detail, "temporary": retry_after is not None, **more}
    if retry_after is None:
        return told(said, status)
    answer = told({**said, "retry_after": round(retry_after, 2)}, status)
    answer["Retry-After"] = str(math.ceil(retry_after))
    return answer
