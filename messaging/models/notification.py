"""A notification tells one person that something was about them."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from boards.models import BoardMembership, Task

from .conversation import Conversation
from .invitation import Invitation


class NotificationQuerySet(models.QuerySet):
    def readable(self):
        """Those whose person may still read what they are about: not, for example, a mention in a room they left.

        One about a due date counts while the card still has that date, is assigned to the person and is not done.
        """
        about = Conversation.objects.filter(pk=OuterRef("message__conversation"))
        may_read = Exists(about.open_to(OuterRef(OuterRef("user"))))
        on_board = BoardMembership.objects.filter(board=OuterRef("task__board"), user=OuterRef("user"))
        is_theirs = Q(task__archived_at=None) & Exists(on_board)
        is_given = Exists(Task.assignees.through.objects.filter(task=OuterRef("task"), user=OuterRef("user")))
        is_so = Q(due=None) | Q(due=F("task__due"), task__column__is_done=False) & is_given
        of_hook = BoardMembership.objects.filter(board=OuterRef("hook__board"), user=OuterRef("user"))
        is_open = Exists(Invitation.objects.standing().filter(pk=OuterRef("invitation")))
        return self.filter(
            Q(message__isnull=False) & may_read
            | Q(message=None, task__isnull=False) & is_theirs & is_so
            | Q(message=None, task=None, hook=None, export=None) & is_open
            | Q(hook__isnull=False) & Exists(of_hook)
            | Q(export__isnull=False)
        )

    def unreadable(self):
        return self.exclude(pk__in=self.readable().values("pk"))


# The changes that make one unread again. It counts as e-mailed, because the person has seen it already.
UNREAD_AGAIN = {"read_at": None, "emailed_at": Coalesce("emailed_at", Now())}


class Notification(models.Model):
    class Kind(models.TextChoices):
        MENTION = "mention", _("Mention")
        EVERYBODY = "everybody", _("Mention of everybody in a room")
        REPLY = "reply", _("Reply")
        DIRECT = "direct", _("Direct message")
        REMINDER = "reminder", _("Reminder")
        INVITATION = "invitation", _("Invitation")
        ASSIGNMENT = "assignment", _("Assignment")
        DUE = "due", _("Due date")
        OVERDUE = "overdue", _("Due date that is over")
        WEBHOOK = "webhook", _("Webhook switched off")
        EXPORT = "export", _("Export")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MENTION)
    # What it is about: a message, an invitation, a task, a webhook or an export.
    message = models.ForeignKey("Message", models.CASCADE, null=True, related_name="notifications")
    invitation = models.ForeignKey("Invitation", models.CASCADE, null=True, related_name="notifications")
    task = models.ForeignKey("boards.Task", models.CASCADE, null=True, related_name="notifications")
    hook = models.ForeignKey("OutgoingHook", models.CASCADE, null=True, related_name="notifications")
    export = models.ForeignKey("Export", models.CASCADE, null=True, related_name="notifications")
    # The due date of the task that it tells of.
    due = models.DateField(null=True, editable=False)
    # Who caused it, if that is not the author of the message.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=150, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, editable=False)
    emailed_at = models.DateTimeField(null=True, editable=False)
    pushed_at = models.DateTimeField(null=True, editable=False)
    # The person's inbox revision when this was last changed, and when it was created.
    inbox_revision = models.PositiveBigIntegerField(editable=False)
    inbox_born = models.PositiveBigIntegerField(editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "message", "kind"], name="one_notification_per_person_and_message"
            ),
            models.CheckConstraint(
                condition=Q(message__isnull=False)
                | Q(invitation__isnull=False)
                | Q(task__isnull=False)
                | Q(hook__isnull=False)
                | Q(export__isnull=False),
                name="a_notification_is_about_something",
            ),
            models.UniqueConstraint(
                fields=["user", "task", "kind", "due"],
                condition=Q(due__isnull=False),
                name="a_due_date_is_told_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["due", "overdue"], task__isnull=False, due__isnull=False)
                | ~Q(kind__in=["due", "overdue"]) & Q(due=None),
                name="what_is_due_is_a_task_on_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "inbox_revision"], name="notification_in_inbox"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self):
        return f"{self.kind} for {self.user_id}"
