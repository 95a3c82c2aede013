"""What a picture of a stranger may cost to be unpacked, as it can be told before that is begun."""

MOST_SCANS = 50  # of a JPEG; each goes over the whole picture, and real ones have a dozen
JPEG, SCAN = b"\xff\xd8", b"\xff\xda"


def has_many_scans(data):
    """A few bytes are enough for a scan that says nothing, so some megabytes of them would take hours."""
    return data.startswith(JPEG) and data.count(SCAN) > MOST_SCANS
