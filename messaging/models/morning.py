"""A morning notes the last day on which the people of one time zone were told what is due."""

from django.db import models


class Morning(models.Model):
    # A name as in User.time_zone; empty for people without one, who have the server's zone.
    zone = models.CharField(max_length=64, primary_key=True)
    day = models.DateField()

    def __str__(self):
        return f"{self.day} in {self.zone}"
