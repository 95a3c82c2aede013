"""What a second web process adds, or takes, with the same database and the same Redis.

On two cores the first process has one to itself, and the second shares the other with the database, Redis and the
generator: what it would do on a core of its own is not told here.
"""

from .product import installation, serving
from .scenarios import busy, delays


def one_and_two(server, database, seconds):
    """S9: yields (title, figures) of 200 rooms of 10, of whom five are at each of the two."""
    rates = []
    with installation(database) as house:
        for count in (1, 2):
            with serving(house, server, count) as product:
                told = product.driven(sockets=2_000, rooms=200, flight=4, seconds=seconds)
            rates.append({f"{what}/s": told[key] / told["seconds"] for what, key in WHAT.items()})
            title = f"S9 200 rooms of 10, {count} web process{'es' * (count > 1)}"
            yield title, rates[-1] | delays(told) | busy(told)
    one, two = rates
    yield "S9 two processes to one", {what: two[what] / max(1, one[what]) for what in one}


WHAT = {"deliveries": "deliveries", "acknowledged": "acks"}
