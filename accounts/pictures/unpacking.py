"""Whether an uploaded picture is too costly to decode, told from its bytes before decoding begins."""

MOST_SCANS = 50  # of a JPEG; each goes over the whole picture, and ordinary files have a dozen
JPEG, SCAN = b"\xff\xd8", b"\xff\xda"
MOST_PROFILES = 10  # colour profiles of a PNG; Pillow unpacks a megabyte of each, and there is to be one
PNG, PROFILE = b"\x89PNG", b"iCCP"


def is_costly(data):
    return has_many_scans(data) or has_many_profiles(data)


def has_many_scans(data):
    """Whether a JPEG has so many scans. An empty scan takes a few bytes, so a few megabytes could take hours."""
    return data.startswith(JPEG) and data.count(SCAN) > MOST_SCANS


def has_many_profiles(data):
    """Whether a PNG has so many colour profiles. Packed, it takes a kilobyte: a file of them could take a minute."""
    return data.startswith(PNG) and data.count(PROFILE) > MOST_PROFILES
