"""What conversations do when boards, or people, tell that something happened."""

from django.conf import settings
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.signals import person_changed
from boards import signals

from .actions import show_person_anew
from .actions.hooks.queueing_deliveries import queue_card_deliveries
from .actions.notices.falling_due import count_due_anew, count_due_in_column_anew
from .actions.rooms import board_changes, folding
from .actions.saying.telling import count_card_anew, notify_assignee
from .models import Activity, OutgoingHook, Version


@receiver(signals.board_created)
def open_first_room(sender, board, by, **kwargs):
    board_changes.open_first_room(board=board, by=by)


@receiver(signals.board_member_added)
def welcome_to_board(sender, board, user, by, **kwargs):
    board_changes.welcome_to_board(board=board, user=user, by=by)


@receiver(signals.board_member_removed)
def send_off_board(sender, board, user, by, **kwargs):
    board_changes.send_off_board(board=board, user=user, by=by)


@receiver(signals.board_role_changed)
def follow_role(sender, board, user, **kwargs):
    board_changes.follow_role(board=board, user=user)


@receiver(signals.board_retention_changed)
def follow_retention(sender, board, by, **kwargs):
    board_changes.follow_retention(board=board, by=by)


@receiver(signals.task_created)
def open_comments(sender, task, by, **kwargs):
    board_changes.open_comments(task=task, by=by)
    queue_card_deliveries(OutgoingHook.Event.CARD_CREATED, task)
    folding.note_activity(Activity.What.ADDED, task=task, by=by)


@receiver(signals.task_moved)
def have_move_heard(sender, task, **kwargs):
    queue_card_deliveries(OutgoingHook.Event.CARD_MOVED, task)


@receiver(signals.task_renamed)
def note_task_name(sender, task, by, **kwargs):
    board_changes.note_task_name(task=task, by=by)


@receiver(signals.task_assigned)
def tell_assignee(sender, task, user, by, **kwargs):
    notify_assignee(task=task, user=user, by=by)
    folding.note_assignment(task=task, user=user, by=by)


@receiver(signals.task_moved)
def note_move(sender, task, before, by, **kwargs):
    folding.note_move(task=task, before=before, by=by)
    if task.due and before.is_done != task.column.is_done:
        count_due_anew(task=task)


@receiver(signals.task_edited)
def follow_due_date(sender, task, changed, **kwargs):
    if changed & {"due", "assignees"}:
        count_due_anew(task=task)


@receiver(signals.column_done_changed)
def follow_done(sender, column, **kwargs):
    count_due_in_column_anew(column=column)


@receiver(person_changed)
def show_anew(sender, user, **kwargs):
    show_person_anew(user=user)


@receiver(signals.task_archived)
def put_away_notices(sender, task, by, **kwargs):
    count_card_anew(task=task)
    folding.note_activity(Activity.What.ARCHIVED, task=task, by=by)


@receiver(signals.task_restored)
def bring_back_notices(sender, task, by, **kwargs):
    count_card_anew(task=task)
    folding.note_activity(Activity.What.RESTORED, task=task, by=by)


@receiver(signals.boards_kept_owned)
def follow_account(sender, user, heirs, **kwargs):
    board_changes.follow_account(user=user, heirs=heirs)


@receiver(pre_delete, sender=settings.AUTH_USER_MODEL)
def forget_versions(sender, instance, **kwargs):
    """Their messages stay, as they stand; what they had taken back of them does not."""
    Version.objects.filter(message__author=instance).delete()
