"""A morning is the day of which the people of one time zone were told last what is due."""

from django.db import models


class Morning(models.Model):
    # As people chose it; empty for those who go by the server's clock.
    zone = models.CharField(max_length=64, primary_key=True)
    day = models.DateField()

    def __str__(self):
        return f"{self.day} in {self.zone}"
