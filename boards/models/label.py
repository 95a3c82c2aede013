"""A label is a coloured word that a board's cards can have."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Label(models.Model):
    class Colour(models.TextChoices):
        RED = "red", _("Red")
        ORANGE = "orange", _("Orange")
        YELLOW = "yellow", _("Yellow")
        GREEN = "green", _("Green")
        BLUE = "blue", _("Blue")
        INDIGO = "indigo", _("Indigo")
        VIOLET = "violet", _("Violet")

    board = models.ForeignKey("Board", models.CASCADE, related_name="labels")
    name = models.CharField(max_length=40)
    colour = models.CharField(max_length=6, choices=Colour.choices, default=Colour.VIOLET)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="one_label_per_name_and_board")]

    def __str__(self):
        return self.name
