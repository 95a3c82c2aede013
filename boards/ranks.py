"""A rank is a card's place in its column, as a text of digits. There is always another rank between two.

Digits only, because databases compare text by the rules of a language, and all languages agree on digits.
The first WIDTH digits are a whole number; the others are a decimal fraction, which makes room between neighbours.
"""

WIDTH = 16
STEP = 1_000_000
FIRST = 5 * 10**15
TOO_LONG = 120  # digits; beyond that, all cards of the column get new ranks


def between(lower, upper):
    """A rank after `lower` and before `upper`; None means that no card is on that side."""
    if lower is None and upper is None:
        return str(FIRST)
    if upper is None:
        return str(_place(lower) + STEP)
    if lower is None:
        return str(_place(upper) - STEP)
    if lower >= upper:
        raise ValueError(f"{lower} does not come before {upper}")
    return _middle(lower, upper)


def _place(rank):
    return int(rank[:WIDTH])


def _middle(lower, upper):
    digits = max(len(lower), len(upper)) + 1
    middle = (int(lower.ljust(digits, "0")) + int(upper.ljust(digits, "0"))) // 2
    rank = str(middle)
    return rank[:WIDTH] + rank[WIDTH:].rstrip("0")
