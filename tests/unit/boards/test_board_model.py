"""Whatever is done to a board, in whatever order: old state + frames = fresh state, live and after being away."""

import random

import pytest

from boards import actions, frames
from boards.models import Board, ChecklistItem, Column, Label, Task

from .test_stream import told

STEPS = 60
WHY = "why"  # the latest thing that happened is no state


class Screen:
    """A board as a page keeps it, from frames alone."""

    def __init__(self, board):
        self.revision, self.board = board.revision, fresh(board)

    def hears(self, said):
        for frame in said:
            if frame["revision"] > self.revision:
                self._show(frame)
                self.revision = frame["revision"]

    def _show(self, frame):
        facts = {key: value for key, value in frame.items() if key not in {"type", "revision", WHY}}
        match frame["type"].split("_"):
            case ["card", "archived"]:
                self.board["cards"].pop(frame["task_id"], None)
            case ["card", _]:
                self.board["cards"][frame["task_id"]] = facts
            case ["column", "removed"]:
                self.board["columns"].pop(frame["column_id"], None)
            case ["column", _]:
                self.board["columns"][frame["column_id"]] = facts
            case ["board", "renamed"]:
                self.board["name"] = frame["name"]
            case ["people", "changed"]:
                self.board["people"] = frame["people"]


def fresh(board):
    """The same, as a page would load it now."""
    columns = [frames.column(one) for one in Column.objects.filter(board=board, removed_at=None)]
    cards = [frames.card(one) for one in Task.objects.shown().filter(board=board)]
    people = board.people.order_by("display_name", "username")
    return {
        "name": board.name,
        "people": frames.people(board, people)["people"],
        "columns": {one["column_id"]: without_why(one) for one in columns},
        "cards": {one["task_id"]: without_why(one) for one in cards},
    }


def without_why(facts):
    return {key: value for key, value in facts.items() if key != WHY}


class People:
    """They do anything they can think of."""

    def __init__(self, chance, board, ada, eve):
        self.chance, self.board, self.ada, self.eve = chance, board, ada, eve

    def do_something(self):
        self.chance.choice(
            [self.create, self.rename, self.edit, self.move, self.archive, self.restore, self.comment]
            + [self.list_something, self.tick_something]
            + [self.make_column, self.change_column, self.shift_column, self.drop_column]
            + [self.make_label, self.change_label, self.drop_label]
            + [self.rename_board, self.come_or_go]
        )()

    def one(self, rows):
        rows = list(rows)
        return self.chance.choice(rows) if rows else None

    def card(self):
        return self.one(Task.objects.shown().filter(board=self.board))

    def column(self):
        return self.one(Column.objects.filter(board=self.board, removed_at=None))

    def word(self):
        return f"{self.chance.choice(['Wing', 'Tail', 'Wheel'])} {self.chance.randrange(10_000)}"

    def create(self):
        actions.create_task(by=self.ada, column_id=self.column().pk, title=self.word())

    def rename(self):
        if card := self.card():
            actions.edit_task(by=self.ada, task_id=card.pk, title=self.word())

    def edit(self):
        if card := self.card():
            labels = [
                label.pk for label in Label.objects.filter(board=self.board) if self.chance.random() < 0.5
            ]
            actions.edit_task(
                by=self.ada,
                task_id=card.pk,
                description=self.chance.choice(["", "Look closely"]),
                assignee_ids=self.chance.choice([[], [self.ada.pk]]),
                label_ids=labels,
            )

    def move(self):
        if card := self.card():
            actions.move_task(by=self.ada, task_id=card.pk, column_id=self.column().pk)

    def archive(self):
        if card := self.card():
            actions.archive_task(by=self.ada, task_id=card.pk)

    def restore(self):
        if card := self.one(Task.objects.filter(board=self.board).exclude(archived_at=None)):
            actions.restore_task(by=self.ada, task_id=card.pk)

    def comment(self):
        if card := self.card():
            actions.note_comment(task_id=card.pk, count=card.comment_count + 1)

    def list_something(self):
        if card := self.card():
            actions.add_item(by=self.ada, task_id=card.pk, text=self.word())

    def tick_something(self):
        if item := self.one(ChecklistItem.objects.filter(task__board=self.board)):
            actions.edit_item(
                by=self.ada, task_id=item.task_id, item_id=item.pk, is_done=self.chance.random() < 0.7
            )

    def make_column(self):
        actions.create_column(by=self.ada, board_id=self.board.pk, title=self.word())

    def change_column(self):
        actions.edit_column(by=self.ada, column_id=self.column().pk, title=self.word(), is_done=True, limit=3)

    def shift_column(self):
        actions.move_column(by=self.ada, column_id=self.column().pk, before_column_id=None)

    def drop_column(self):
        empty = Column.objects.filter(board=self.board, removed_at=None).exclude(tasks__archived_at=None)
        if Column.objects.filter(board=self.board, removed_at=None).count() > 1 and (
            column := self.one(empty)
        ):
            actions.remove_column(by=self.ada, column_id=column.pk)

    def make_label(self):
        actions.create_label(by=self.ada, board_id=self.board.pk, name=self.word(), colour="blue")

    def change_label(self):
        if label := self.one(Label.objects.filter(board=self.board)):
            actions.edit_label(by=self.ada, label_id=label.pk, name=self.word(), colour="red")

    def drop_label(self):
        if label := self.one(Label.objects.filter(board=self.board)):
            actions.remove_label(by=self.ada, label_id=label.pk)

    def rename_board(self):
        actions.rename_board(by=self.ada, board_id=self.board.pk, name=self.word())

    def come_or_go(self):
        is_in = self.board.memberships.filter(user=self.eve).exists()
        act = actions.remove_board_member if is_in else actions.add_board_member
        act(by=self.ada, board_id=self.board.pk, user_id=self.eve.pk)


@pytest.mark.parametrize("seed", range(2))
def test_old_state_and_frames_are_fresh_state(ada, eve, hangar, cards, seed):
    chance = random.Random(seed)
    hangar.refresh_from_db()
    people, live, away = People(chance, hangar, ada, eve), Screen(hangar), Screen(hangar)
    for step in range(STEPS):
        people.do_something()
        board = Board.objects.get(pk=hangar.pk)
        live.hears(told(board, live.revision))
        assert live.board == fresh(board), f"seed {seed}, step {step}"
        if chance.random() < 0.1:
            away.hears(told(board, max(0, away.revision - chance.randrange(5))))
            assert away.board == fresh(board), f"seed {seed}, step {step}, after being away"
