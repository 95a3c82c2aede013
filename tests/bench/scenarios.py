"""What is measured of the line. Each scenario takes a running product and yields what was done, and its figures."""

from statistics import median

from .peers.limits import JOINED_WRITES

SIZES, TURNS = (10, 100, 1_000, 10_000), 5  # of S8: members of a room, and how often each is measured


def fan_out(product, seconds):
    """S1: one large room, a few messages under way all the time."""
    for sockets in (100, 1_000, 2_000):
        for flight in (8, 64):
            told = product.driven(sockets=sockets, flight=flight, seconds=seconds)
            yield f"S1 {sockets:,} sockets, {flight} in flight", delivery(told)


def quiet_room(product, seconds):
    """S1: the same room at the pace of talk, and the limit: what the loop in C takes for it."""
    talk = {"sockets": 1_000, "rate": 20, "seconds": 2 * seconds}
    title = "S1 1,000 sockets, 20 messages/s"
    yield title, delays(product.driven(**talk))
    yield f"{title}, {JOINED_WRITES.title}", delays(JOINED_WRITES.measured(**talk))


def many_rooms(product, seconds):
    """S2: many small rooms."""
    told = product.driven(sockets=2_000, rooms=200, flight=4, seconds=seconds)
    yield "S2 200 rooms of 10", delivery(told)


def large_room_alone(hub, seconds):
    """S1 through the hub alone: the same frames, and nothing is kept."""
    for flight in (8, 64):
        told = hub.driven(sockets=1_000, flight=flight, seconds=seconds)
        yield f"S1 1,000 sockets, {flight} in flight, the hub alone", delivery(told)


def quiet_room_alone(hub, seconds):
    """S1 at the pace of talk through the hub alone."""
    told = hub.driven(sockets=1_000, rate=20, seconds=2 * seconds)
    yield "S1 1,000 sockets, 20 messages/s, the hub alone", delays(told)


def many_rooms_alone(hub, seconds):
    """S2 through the hub alone."""
    told = hub.driven(sockets=2_000, rooms=200, flight=4, seconds=seconds)
    yield "S2 200 rooms of 10, the hub alone", delivery(told)


def arrivals(product, seconds):
    """S3: sockets that are accepted by a process that has had some before, and what they cost while nothing happens."""
    product.driven(sockets=100, seconds=0.5)
    for sockets in (1_000, 5_000):
        told = product.driven(sockets=sockets, seconds=1, settle=3)
        yield (
            f"S3 {sockets:,} signed-in sockets",
            {
                "accepted/s": told["opened"] / told["opening_s"],
                "KB a socket": told["server_grew"] / max(1, told["opened"]) / 1024,
                "refused": told["refused"],
            },
        )


def pings(product, seconds):
    """S4: pings that are answered."""
    told = product.driven(sockets=200, pings=200, seconds=seconds)
    yield "S4 200 sockets, a ping each under way", {"pongs/s": told["pongs"] / told["seconds"], **busy(told)}


def sends(product, seconds):
    """S5: messages that are kept and acknowledged, as many as can be and then half as many; and with more under way."""
    for rooms, flight, more in ((1, 64, ()), (200, 2, (4,))):
        crowd = {"sockets": 10 * rooms, "rooms": rooms, "seconds": seconds}
        title = f"S5 {rooms} room{'s' * (rooms > 1)} of 10"
        told = product.driven(**crowd, flight=flight)
        yield f"{title}, {flight} in flight in each", _sends(told)
        half = max(1, int(told["acks"] / told["seconds"] / 2))
        yield f"{title}, at half of it", _sends(product.driven(**crowd, rate=half))
        for flight in more:
            yield f"{title}, {flight} in flight in each", _sends(product.driven(**crowd, flight=flight))


def storm(product, seconds):
    """S6: 2,000 sockets come back at once, while 200 others go on talking."""
    told = product.driven(sockets=2_200, rooms=20, rate=40, storm=200, every=1, seconds=seconds)
    yield (
        "S6 2,000 come back at once",
        {
            "all level after s": told["storm_s"],
            "turned away meanwhile": told["turned_away"],
            "others' p50 ms": told["p50_ms"],
            "others' p99 ms": told["p99_ms"],
            "missing": told["undelivered"] + told["unheard"],
            "doubled": told["doubled"],
        },
    )


def size_of_a_room(product, seconds):
    """S8: what one send costs when more and more are members, of whom ten look on; in turns, and of each the median.

    One after another would tell how fast the machine was meanwhile: sizes differ by less than that does.
    """
    rooms = {people: product.crowd(people, 1) for people in SIZES}
    told = {people: [] for people in SIZES}
    for _ in range(TURNS):
        for people, first in rooms.items():
            told[people].append(product.driven(sockets=10, first=first, flight=1, seconds=seconds / TURNS))
    costs = []
    for people in SIZES:
        costs.append(median(one["server_cpu"] / max(1, one["acks"]) * 1e6 for one in told[people]))
        delay = median(one["ack_p50_ms"] for one in told[people])
        yield f"S8 a send among {people:,} members", {"us CPU a send": costs[-1], "p50 ms": delay}
    yield "S8 a send, largest to smallest", {"ratio": costs[-1] / costs[0]}


# -- figures -------------------------------------------------------------------------------------------------------


def delivery(told):
    return {
        "deliveries/s": told["deliveries"] / told["seconds"],
        "us CPU a delivery": told["server_cpu"] / max(1, told["deliveries"]) * 1e6,
        **delays(told),
        **busy(told),
    }


def delays(told):
    return {"p50 ms": told["p50_ms"], "p99 ms": told["p99_ms"], "missing": told["undelivered"]}


def busy(told):
    return {"generator busy": told["generator_busy"]}


def _sends(told):
    return {
        "acknowledged/s": told["acks"] / told["seconds"],
        "us CPU a send": told["server_cpu"] / max(1, told["acks"]) * 1e6,
        "p50 ms": told["ack_p50_ms"],
        "p99 ms": told["ack_p99_ms"],
        "errors": told["errors"],
        "generator busy": told["generator_busy"],
    }


SCENARIOS = {
    "S1": (fan_out, quiet_room),
    "S2": (many_rooms,),
    "S3": (arrivals,),
    "S4": (pings,),
    "S5": (sends,),
    "S6": (storm,),
    "S8": (size_of_a_room,),
}
ALONE = {"S1": (large_room_alone, quiet_room_alone), "S2": (many_rooms_alone,)}  # of the hub alone
