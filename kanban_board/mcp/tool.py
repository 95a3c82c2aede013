"""A tool is a door of the API by a name of its own: what it asks, what it may and what it answers are the door's."""

from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

import orjson
import pydantic
from django.http import QueryDict
from ninja.errors import ValidationError as Misshapen

from accounts.middleware import note_refusal

from ..api import api
from ..api.describing import operations
from .schemas import answer_of, arguments_of, without_what_browsers_need

DOORS = {one.view_func.__name__: one for one in operations()}


@dataclass(frozen=True)
class Tool:
    """`always` is what it asks for each time; `scope` is the door's, unless the door asks for one itself."""

    name: str
    door: str
    about: str
    always: dict = field(default_factory=dict)
    scope: str | None = None
    once: bool = True  # asked twice it does no more
    overwrites: bool = False

    @cached_property
    def operation(self):
        return DOORS[self.door]

    @cached_property
    def arguments(self):
        return arguments_of(self.operation, without=self.always)

    @cached_property
    def described(self):
        title = self.name.replace("_", " ").capitalize()
        hints = {"readOnlyHint": self.reads, "openWorldHint": False}
        if not self.reads:
            hints |= {"destructiveHint": self.overwrites, "idempotentHint": self.once}
        return {
            "name": self.name,
            "title": title,
            "description": self.about,
            "inputSchema": self.arguments.schema,
            "outputSchema": answer_of(self.operation),
            "annotations": {"title": title, **hints},
        }

    @property
    def reads(self):
        return self.operation.methods[0] == "GET"

    def is_for(self, token):
        scope = self.scope or self.operation.auth_callbacks[0].scope
        return scope is None or scope in token.scopes

    def call(self, request, arguments):
        """What the door answers is the result; what it refuses is told as it tells it, and noted as there."""
        answer = self._asked(request, arguments)
        note_refusal(request, answer.status_code)
        said = orjson.loads(answer.content)
        if answer.status_code >= 400:
            return {"content": [_text(said["detail"])], "isError": True}
        said = without_what_browsers_need(said)
        return {"content": [_text(orjson.dumps(said).decode())], "structuredContent": said, "isError": False}

    def _asked(self, request, arguments):
        try:
            self.arguments.shape.model_validate(arguments)
        except pydantic.ValidationError as error:
            return api.on_exception(request, Misshapen(error.errors()))
        given = {"path": {}, "query": {}, "body": {}}
        for name, value in {**arguments, **self.always}.items():
            given[self.arguments.sources[name]][name] = value
        return self.operation.run(_entering(request, self.operation, given), **given["path"])


def _entering(request, operation, given):
    """This request, as it would be at the door: the token is in it, and is asked for there again."""
    entering = copy(request)
    entering.method = operation.methods[0]
    entering.GET = QueryDict(mutable=True)
    entering.GET.update({name: value for name, value in given["query"].items() if value is not None})
    entering._body = orjson.dumps(given["body"])
    return entering


def _text(text):
    return {"type": "text", "text": text}
