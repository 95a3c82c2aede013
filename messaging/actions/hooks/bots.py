"""Bots are made, called otherwise and removed by those who manage their board."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import actions as on_accounts
from accounts.actions import person
from accounts.pictures import faces
from boards.actions.noting import note_on
from boards.models import Board

from ... import policy
from ...models import Bot, Delivery

MOST = 50  # bots of one board


def make_bot(*, by, board_id, name, picture=None):
    """A bot that may speak in the board's rooms, once it has a webhook there.

    What takes time about its picture, for those who may, is done before anybody has to wait for the board.
    """
    _require_manager(by, Board.objects.filter(pk=board_id).first())
    with faces.kept_for(picture) as face, transaction.atomic():
        board = lock_board(board_id, by)
        if board.bots.filter(user__is_active=True).count() >= MOST:
            raise ValidationError(_("A board has at most %(most)d bots."), params={"most": MOST})
        account = on_accounts.make_bot_account(name)
        if face:
            on_accounts.give_face(account, face)
        note_on(board, "bot.made", by=by, on=person(account))
        return Bot.objects.create(user=account, board=board, made_by=by)


def change_bot(*, by, bot_id, name, picture=None):
    _require_manager(by, Board.objects.filter(bots=bot_id).first())
    with faces.kept_for(picture) as face, transaction.atomic():
        bot = _lock_bot(bot_id, by)
        on_accounts.rename_bot_account(bot.user, name)
        if face:
            on_accounts.give_face(bot.user, face)
        return bot


@transaction.atomic
def remove_bot(*, by, bot_id):
    """It says nothing any more, and what it said stays. Its addresses tell so to whoever still sends
    to them, and nothing is told any more where it would have spoken the answers."""
    bot = _lock_bot(bot_id, by)
    on_accounts.close_bot_account(bot.user)
    bot.outgoing_hooks.update(is_on=False)
    give_up_waiting(Delivery.objects.filter(hook__bot=bot))
    note_on(bot.board, "bot.removed", by=by, on=person(bot.user))
    return bot


def lock_board(board_id, by):
    """The board, locked, for who manages it: the same refusal for a board that there is not."""
    board = Board.objects.select_for_update(no_key=True).filter(pk=board_id).first()
    _require_manager(by, board)
    return board


def _require_manager(by, board):
    if board is None or not policy.may_make_bots(by, board):
        raise PermissionDenied(_("Only owners and admins of the board may do that."))


def give_up_waiting(deliveries):
    deliveries.waiting().update(state=Delivery.State.GIVEN_UP, done_at=timezone.now())


def bot_of(board, bot_id):
    """A bot of this board that was not removed."""
    bot = Bot.objects.select_related("user").filter(pk=bot_id, board=board, user__is_active=True).first()
    if bot is None:
        raise ValidationError(_("Please choose one of the board's bots."))
    return bot


def _lock_bot(bot_id, by):
    bot = Bot.objects.select_related("user").filter(pk=bot_id).first()
    lock_board(bot and bot.board_id, by)
    bot.user.refresh_from_db()
    if bot.is_removed:
        raise ValidationError(_("This bot was removed already."))
    return bot
