"""Writing to the audit log what is done with a board."""

from accounts.actions import note


def note_on(board, word, *, by, on=None, **details):
    on = on or ("board", board.pk, board.name)
    note(word, by=by, on=on, board_id=board.pk, place=board.name, **details)
