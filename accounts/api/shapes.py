"""Schemas of the API: people, refusals, ids."""

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

from live.ids import LARGEST_ID

Id = Annotated[int, Field(ge=1, le=LARGEST_ID, strict=True)]


class Asked(Schema):
    """What a body holds: a field that nobody knows is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Person(Schema):
    user_id: int
    username: str
    display_name: str
    avatar: str | None = Field(description="The address of their picture, for browsers.")


class Me(Person):
    time_zone: str
    token: str = Field(description="The name of the token that asks.")
    scopes: list[str]
    good_until: str | None


class Refusal(Schema):
    """Everything that is refused, in one shape; `code` is for programs, `detail` for people."""

    code: str
    detail: str
    temporary: bool = Field(description="Whether the same may succeed later.")
    retry_after: float | None = Field(None, description="In seconds; the header Retry-After says it too.")
