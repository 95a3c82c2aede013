"""Schemas of what the API accepts: bodies and query strings."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from accounts.api import Asked, Id
from live.ids import LARGEST_ID

from ..queries.timeline import LARGEST, PAGE

Seq = Annotated[int, Field(ge=0, le=LARGEST_ID)]


class NewMessage(Asked):
    message: str = Field("", description="Markdown; may be empty if there are attachments.")
    client_id: UUID | None = Field(
        None, description="A name of your choosing: posted again, it finds the same message."
    )
    reply_to: Id | None = Field(None, description="The message of this conversation that is answered.")
    attachments: list[Id] = Field([], max_length=100, description="Ids of files uploaded here.")


class NewWords(Asked):
    message: str = Field(description="All of the new words.")


class Link(Schema):
    url: str = Field(max_length=1_000, pattern=r"^https?://\S+$", description="As the preview has it.")


class Reading(Asked):
    message_id: Id = Field(description="A message of this conversation.")
    unread: bool = Field(False, description="True: from this message on it is unread again.")


class Others(Asked):
    user_ids: list[Id] = Field(
        min_length=1, max_length=20, description="One to nine, whom you share a board or room with."
    )


class Which(Schema):
    kind: Literal["room", "task", "direct"] | None = Field(None, description="room, task or direct.")
    unread: bool = Field(False, description="True: only those with something unread.")


class Where(Schema):
    """At most one of the first three; without any the newest page."""

    before: Seq | None = Field(None, description="The page that ends before this place.")
    after: Seq | None = Field(None, description="The page that begins after this place.")
    around: Seq | None = Field(None, description="The page with this place in its middle.")
    limit: int = Field(PAGE, ge=1, le=LARGEST, description=f"{PAGE}, or up to {LARGEST}.")


class Since(Schema):
    since: Seq = Field(description="A revision: what came with it is known already.")
    epoch: UUID | None = Field(None, description="Of the history that the revision is of.")


class What(Schema):
    q: str = Field(description="Words and operators, as in the search of the pages.")
    kind: Literal["messages", "files", "tasks"] = Field("messages", description="messages, files or tasks.")
    below: int | None = Field(None, ge=1, le=LARGEST_ID, description="From the answer before, for more.")
