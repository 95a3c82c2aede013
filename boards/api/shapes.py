"""Schemas of the API for boards and cards: what it tells, with the names of the frames, and what it accepts."""

from datetime import date
from uuid import UUID

from ninja import Schema
from pydantic import Field, StrictBool

from accounts.api import Asked, Id, Person

ROLE = "owner, admin, member or viewer."


class Label(Schema):
    label_id: int
    name: str
    colour: str


class Progress(Schema):
    done: int
    total: int


class CardPlace(Schema):
    """Where a card stands: what a token is told of its own writing that does not read."""

    task_id: int
    board_id: int
    column_id: int
    revision: int = Field(description="The board's, at the latest change of this card.")


class Card(Schema):
    task_id: int
    column_id: int
    rank: str = Field(
        description="Cards of a column stand in the order of their ranks, which are compared as text."
    )
    title: str
    url: str
    has_description: bool
    due: str | None
    assignees: list[Person]
    labels: list[Label]
    comment_count: int
    checklist: Progress | None = Field(description="How far its checklist is; null without one.")
    why: str = Field(
        description="The latest change: created, moved, renamed, changed, commented or archived."
    )


class ItemPlace(Schema):
    """Of a checklist: what a token is told that does not read."""

    item_id: int
    task_id: int


class Item(ItemPlace):
    text: str
    is_done: bool


class WholeCard(Card):
    board_id: int
    revision: int = Field(description="The board's, at the latest change of this card.")
    description: str
    items: list[Item] = Field(description="Of its checklist, in their order.")


Written = WholeCard | CardPlace
WrittenItem = Item | ItemPlace


class ColumnPlace(Schema):
    """What a token is told of a column that does not read."""

    column_id: int
    board_id: int
    revision: int = Field(description="The board's, at the latest change of this column.")


class ColumnLine(Schema):
    column_id: int
    title: str
    rank: str
    is_done: bool = Field(description="Whether cards that stand here are done.")
    limit: int | None = Field(description="How many cards are enough; nothing is refused for it.")
    why: str = Field(description="The latest change: created, changed or removed.")


class Column(ColumnLine):
    cards: list[Card]


class WholeColumn(ColumnPlace, ColumnLine):
    """Without its cards."""


WrittenColumn = WholeColumn | ColumnPlace


class BoardPerson(Person):
    role: str = Field(description=ROLE)


class BoardLine(Schema):
    board_id: int
    name: str
    url: str
    role: str = Field(description="Mine: " + ROLE)


class Boards(Schema):
    boards: list[BoardLine]


class Board(BoardLine):
    revision: int
    epoch: str
    columns: list[Column]
    labels: list[Label]
    people: list[BoardPerson]


class NewCard(Asked):
    title: str = Field(description="On one line, 200 characters at most.")
    description: str = Field("", description="8,000 characters at most.")
    due: date | None = Field(None, description="A day, as 2030-01-31.")
    assignee_ids: list[Id] = Field([], max_length=100, description="People of the board.")
    label_ids: list[Id] = Field([], max_length=100, description="Labels of the board.")
    client_id: UUID | None = Field(
        None, description="A name of your choosing: asked again, it finds the same card."
    )


class CardChange(Asked):
    """What is left out stays as it is."""

    title: str = Field(default_factory=str, description="What is left out stays as it is.")
    description: str = Field(default_factory=str)
    due: date | None = Field(None, description="A day; null for none.")
    assignee_ids: list[Id] = Field(default_factory=list, max_length=100, description="All of them.")
    label_ids: list[Id] = Field(default_factory=list, max_length=100, description="All of them.")


class Taking(Asked):
    on: bool = Field(True, description="False: it is no longer mine.")


class CardMove(Asked):
    """Before or after a card of that column, or else to its foot."""

    column_id: Id = Field(description="A column of the same board.")
    before_task_id: Id | None = Field(None, description="The card below it then.")
    after_task_id: Id | None = Field(
        None, description="The card above it then; with neither, it goes to the foot."
    )


class ColumnChange(Asked):
    """What is left out stays as it is."""

    title: str = Field(default_factory=str, description="On one line, 80 characters at most.")
    is_done: StrictBool = Field(default_factory=bool, description="Whether cards that stand here are done.")
    limit: int | None = Field(None, strict=True, description="How many cards are enough; null for none.")


class NewItem(Asked):
    text: str = Field(description="On one line, 200 characters at most.")
    client_id: UUID | None = Field(
        None, description="A name of your choosing: asked again, it finds the same item."
    )


class ItemChange(Asked):
    """What is left out stays as it is."""

    text: str = Field(default_factory=str, description="On one line, 200 characters at most.")
    is_done: StrictBool = Field(default_factory=bool, description="Whether it is ticked.")


class ItemMove(Asked):
    """Before or after an item of that card, or else to the foot."""

    before_item_id: Id | None = Field(None, description="The item below it then.")
    after_item_id: Id | None = Field(
        None, description="The item above it then; with neither, it goes to the foot."
    )
