"""A label is a coloured word on cards."""

from django.db import models


class Label(models.Model):
    class Colour(models.TextChoices):
        RED = "red", "Red"
        ORANGE = "orange", "Orange"
        YELLOW = "yellow", "Yellow"
        GREEN = "green", "Green"
        BLUE = "blue", "Blue"
        INDIGO = "indigo", "Indigo"
        VIOLET = "violet", "Violet"

    board = models.ForeignKey("Board", models.CASCADE, related_name="labels")
    name = models.CharField(max_length=40)
    colour = models.CharField(max_length=6, choices=Colour.choices, default=Colour.VIOLET)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="one_label_per_name_and_board")]

    def __str__(self):
        return self.name
