"""An id is a number that a database counts to."""

LARGEST_ID = 2**63 - 1
LONGEST_ID = 18  # digits in an address, all of which mean such a number


def is_id(value):
    return type(value) is int and 0 < value <= LARGEST_ID
