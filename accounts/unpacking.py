"""Whether an uploaded picture is too costly to decode, told from its bytes before decoding begins."""

MOST_SCANS = 50  # of a JPEG; each goes over the whole picture, and ordinary files have a dozen
JPEG, SCAN = b"\xff\xd8", b"\xff\xda"


def has_many_scans(data):
    """Whether a JPEG has so many scans. An empty scan takes a few bytes, so a few megabytes could take hours."""
    return data.startswith(JPEG) and data.count(SCAN) > MOST_SCANS
