"""How many parts (blocks, segments, chunks) a picture may have. Ordinary pictures have hundreds; each takes time."""

MOST_PARTS = 50_000


def limited_count():
    """Yields a number for each part; ValueError once there are too many."""
    yield from range(MOST_PARTS)
    raise ValueError("too many parts")
