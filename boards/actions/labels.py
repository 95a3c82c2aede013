"""The labels of a board. Changing a label changes how its cards look, so it is a change of each of them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ..models import Label, Task
from ..wording import one_line
from .changing import NoSuchThing, lock_board_to_manage, stamp


@transaction.atomic
def create_label(*, by, board_id, name, colour):
    board = lock_board_to_manage(board_id, by)
    label = Label(board=board, name=_name(board, name), colour=_colour(colour))
    label.save()
    return label


@transaction.atomic
def edit_label(*, by, label_id, name, colour):
    board, label = _lock(label_id, by)
    label.name, label.colour = _name(board, name, apart_from=label), _colour(colour)
    label.save()
    _stamp_cards(board, list(label.tasks.all()))
    return label


@transaction.atomic
def remove_label(*, by, label_id):
    board, label = _lock(label_id, by)
    wearing = list(label.tasks.all())
    label.delete()
    _stamp_cards(board, wearing)
    return label


def _stamp_cards(board, tasks):
    for task in tasks:
        stamp(board, task, Task.Why.CHANGED)


def _lock(label_id, by):
    board_id = Label.objects.filter(pk=label_id).values_list("board_id", flat=True).first()
    board = lock_board_to_manage(board_id, by)
    label = board.labels.filter(pk=label_id).first()
    if label is None:
        raise NoSuchThing(_("There is no such label."))
    return board, label


def _name(board, name, apart_from=None):
    name = one_line(name, limit=40, field="name")
    if board.labels.filter(name=name).exclude(pk=apart_from and apart_from.pk).exists():
        raise ValidationError({"name": _("The board already has a label of that name.")})
    return name


def _colour(colour):
    if colour not in Label.Colour.values:
        raise ValidationError({"colour": _("Please choose one of the colours.")})
    return colour
