"""What a tool takes and gives, in JSON Schema, made of the shapes of its door."""

from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model

from accounts.api import Id
from live.ids import LARGEST_ID

STRICT = ConfigDict(extra="forbid")
# What is there for pages and lines: a model would read it for nothing.
FOR_BROWSERS = {"html", "avatar", "type", "rank", "epoch", "revision", "comment", "comment_id"}


@dataclass(frozen=True)
class Arguments:
    shape: type[BaseModel]
    sources: dict  # {name: "path", "query" or "body", where the door looks for it}

    @cached_property
    def schema(self):
        return _plain(self.shape.model_json_schema())


def arguments_of(operation, without=()):
    """All that a door takes, from its address, its query and its body, under one roof."""
    fields = {name: (source, one) for source, name, one in _fields(operation)}
    shown = {name: one for name, (_, one) in fields.items() if name not in without}
    shape = create_model("Arguments", __config__=STRICT, **shown)
    return Arguments(shape, {name: source for name, (source, _) in fields.items()})


def answer_of(operation):
    (model,) = operation.response_models.values()
    answer = TypeAdapter(model.model_fields["response"].annotation)
    return {"type": "object", **_without(_plain(answer.json_schema(mode="serialization")))}


def without_what_browsers_need(said):
    if isinstance(said, dict):
        return {
            key: without_what_browsers_need(value) for key, value in said.items() if key not in FOR_BROWSERS
        }
    return [*map(without_what_browsers_need, said)] if isinstance(said, list) else said


def _fields(operation):
    """(where the door looks for it, name, (type, field))"""
    for model in operation.models:
        source = model.__ninja_param_source__
        for name, one in model.model_fields.items():
            if isinstance(one.annotation, type) and issubclass(one.annotation, BaseModel):
                inner = one.annotation.model_fields.items()
                yield from ((source, name, (one.annotation, one)) for name, one in inner)
            else:
                yield source, name, (Id if one.annotation is int else one.annotation, ...)


def _plain(schema):
    """Without the titles that pydantic makes of names, and without bounds that JavaScript cannot count to."""
    if isinstance(schema, dict):
        return {key: _plain(value) for key, value in schema.items() if not _is_idle(key, value)}
    return [*map(_plain, schema)] if isinstance(schema, list) else schema


def _is_idle(key, value):
    """A property that is called title is an object, and none of these words."""
    return (key == "title" and isinstance(value, str)) or (key, value) == ("maximum", LARGEST_ID)


def _without(schema):
    if isinstance(schema, list):
        return [*map(_without, schema)]
    if not isinstance(schema, dict):
        return schema
    said = {key: _without(value) for key, value in schema.items()}
    if isinstance(said.get("properties"), dict):
        said["properties"] = {k: v for k, v in said["properties"].items() if k not in FOR_BROWSERS}
        said["required"] = [name for name in said.get("required", ()) if name not in FOR_BROWSERS]
    return said
