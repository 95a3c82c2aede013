"""An invite link may lead onto a board: whoever makes an account by it is on the board from then on."""

from django.db import models

from .membership import BoardMembership


class BoardInvite(models.Model):
    link = models.OneToOneField("accounts.InviteLink", models.CASCADE, related_name="+")
    board = models.ForeignKey("Board", models.CASCADE, related_name="invites")
    role = models.CharField(max_length=6, choices=BoardMembership.Role.choices)

    def __str__(self):
        return f"{self.link} onto {self.board} ({self.role})"
