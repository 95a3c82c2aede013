"""A chart of delays, drawn on the server: a bar for each stretch of time, from what half of the changes took at most to
what 99 of 100 did, on a scale on which each line is ten times the one below.
"""

from dataclasses import dataclass
from math import log10

FASTEST, DECADES = 0.001, 4  # seconds at the bottom; ten at the top
LINES = ("10 s", "1 s", "100 ms", "10 ms", "1 ms")
STEP, HEIGHT, THINNEST = 10, 100, 2  # of the drawing's own units
SLOW = 1.0  # seconds


@dataclass(frozen=True)
class Bar:
    left: int
    top: float
    height: float
    stretch: object

    @property
    def is_slow(self):
        return self.stretch.most > SLOW


@dataclass(frozen=True)
class Chart:
    name: str
    whole: object  # a Stretch: the sum of all
    bars: list
    width: int
    marks: list  # moments to be told below, the first at the left end
    height: int = HEIGHT
    lines: tuple = LINES

    @property
    def levels(self):
        return [round(HEIGHT * n / DECADES, 2) for n in range(DECADES + 1)]


def drawn(name, stretches, whole, marks):
    """`marks` is how many moments are told below."""
    bars = [_bar(place, one) for place, one in enumerate(stretches) if one.total]
    every = len(stretches) // marks
    moments = [one.at for one in stretches[::every]]
    return Chart(name, whole, bars, STEP * len(stretches), moments)


def _bar(place, stretch):
    top, bottom = _height_of(stretch.most), _height_of(stretch.half)
    height = max(THINNEST, bottom - top)
    return Bar(place * STEP + 1, round(min(top, HEIGHT - height), 2), round(height, 2), stretch)


def _height_of(seconds):
    """From the top."""
    decades = log10(max(seconds, FASTEST) / FASTEST)
    return HEIGHT * (1 - min(decades / DECADES, 1.0))
