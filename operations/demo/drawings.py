"""The pictures that people of the demo send each other."""

import io

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, FAINT = "#ffffff", "#2b2230", "#e4e0ea"
P50, P99 = "#5b3fb0", "#e0793a"
TIMES = [(100, 3, 9), (500, 4, 18), (1000, 6, 41), (2000, 8, 60)]  # people, p50, p99
FLOOR, PIXELS_PER_MS = 770, 10


def load_chart():
    """The load test as bars: the bytes of a PNG."""
    picture = Image.new("RGB", (1600, 900), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((100, 40), "From sending to seeing, in ms", font=_letters(44), fill=INK)
    for ms in range(0, 61, 20):
        y = FLOOR - ms * PIXELS_PER_MS
        draw.line((160, y, 1520, y), fill=FAINT, width=3)
        draw.text((140, y), str(ms), font=_letters(32), fill=INK, anchor="rm")
    for n, (people, p50, p99) in enumerate(TIMES):
        left = 240 + 330 * n
        _bar(draw, left, p50, P50)
        _bar(draw, left + 110, p99, P99)
        draw.text((left + 105, FLOOR + 30), f"{people} people", font=_letters(32), fill=INK, anchor="mt")
    for x, colour, name in ((1180, P50, "p50"), (1350, P99, "p99")):
        draw.rounded_rectangle((x, 50, x + 36, 86), 8, fill=colour)
        draw.text((x + 52, 68), name, font=_letters(32), fill=INK, anchor="lm")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _bar(draw, left, ms, colour):
    top = FLOOR - ms * PIXELS_PER_MS
    draw.rectangle((left, top, left + 100, FLOOR), fill=colour)
    draw.text((left + 50, top - 8), str(ms), font=_letters(30), fill=INK, anchor="mb")


def _letters(size):
    return ImageFont.load_default(size)
