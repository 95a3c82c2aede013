"""A board membership lets one person see a board, and do there what their role allows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BoardMembership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ADMIN = "admin", _("Admin")
        MEMBER = "member", _("Member")
        VIEWER = "viewer", _("Viewer")

    board = models.ForeignKey("Board", models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="board_memberships")
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.MEMBER)
    # The board's revision at the latest change of this person's name, picture or role; another one for each person.
    shown_revision = models.PositiveBigIntegerField(default=0, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "user"], name="one_membership_per_person_and_board")
        ]

    def __str__(self):
        return f"{self.user} on {self.board} ({self.role})"
